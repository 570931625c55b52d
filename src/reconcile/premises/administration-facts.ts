import { canonicalEmail, type Effect } from "../../access";
import type { AdministrationLog } from "../../resources";
import { administratorsWord } from "../administrators";
import { saidBy, type ConfirmedStep } from "../approval/confirmation";
import { administers } from "../unread";
import type { Fact } from "./premise";
import type { PremiseInput } from "./premise-input";

/** Who administers, and which of them can log in: where a step gives or takes administration, or shuts people out. */
export function administrationFacts(input: PremiseInput, effects: readonly Effect[]): Fact[] {
  const { candidates } = input.administration;
  const asked = effects.some((effect) => {
    if (effect.type === "setting") return effect.name === "sso_enforced";
    if (effect.type === "idp_gain" || effect.type === "idp_lose")
      return candidates.has(canonicalEmail(effect.email));
    return effect.type === "remove_person" || effect.type === "set_organization_role";
  });
  return asked ? [...administrators(input), ...acceptances(input)] : [];
}

const topic = "administrators";
const value = "administers the organization";

function administrators(input: PremiseInput): Fact[] {
  const {
    policy: { admins },
    snapshot,
    before,
    administration,
    confirmed,
  } = input;
  if (snapshot.members !== undefined)
    return [...administration.candidates]
      .filter((email) => administers(before.person(email)?.organizationRole))
      .map((subject) => ({ topic, subject, value, source: "read", from: "the list of members" }));
  if (admins.length === 0) {
    const from = "no API shows organization roles, and no stack says `admins`";
    return [
      { topic, subject: "anybody", value: "might administer the organization", source: "assumed", from },
    ];
  }
  const word = administratorsWord(confirmed);
  const known =
    word === undefined
      ? ({ source: "declared", from: "`admins` of the provider block" } as const)
      : ({ source: "confirmed", from: saidBy(word) } as const);
  const declared = admins.map((email): Fact => ({ topic, subject: canonicalEmail(email), value, ...known }));
  return [...declared, ...others(input, word)];
}

/** Whether there are some whom nobody declares: the log has seen them made, somebody has looked, or nobody knows. */
function others(
  { snapshot: { administration: log }, told }: PremiseInput,
  word: ConfirmedStep | undefined,
): Fact[] {
  const nobody = { topic, subject: "nobody else", value } as const;
  if (log !== undefined) {
    const day = log.since.slice(0, 10);
    const known = { source: "read", from: `the audit log since ${day}` } as const;
    const might = { topic, value: "might administer the organization" } as const;
    const { promoted, anybody } = told;
    const unnamed = { ...might, subject: "anybody", source: "assumed", from: anybody?.why ?? "" } as const;
    const since = { ...nobody, value: `was made an administrator since ${day}`, ...known } as const;
    const seen = [
      ...[...promoted.keys()].map((subject) => ({ ...might, subject, ...known })),
      ...(anybody === undefined ? [] : [unnamed]),
    ];
    const demoted = log.unnamed.demoted?.slice(0, 10);
    const fewer = {
      topic,
      subject: "somebody",
      value: "might administer no more",
      source: "assumed",
      from: `a demotion of ${demoted ?? ""} in the audit log, of no address`,
    } as const;
    return [
      ...(demoted === undefined ? [] : [fewer]),
      ...(seen.length === 0 ? [since] : seen),
      { ...nobody, value: `was one before ${day}`, ...beforeThe(log, word) },
    ];
  }
  return word === undefined
    ? [{ ...nobody, source: "assumed", from: "the audit log was not read" }]
    : [{ ...nobody, source: "confirmed", from: saidBy(word) }];
}

function acceptances({ administration, before, told }: PremiseInput): Fact[] {
  return [...administration.candidates].flatMap((subject): Fact[] => {
    const person = before.person(subject);
    if (person === undefined) return [];
    const { accepted, source, from } =
      person.accepted === undefined
        ? told.acceptanceOf(subject)
        : { accepted: person.accepted, source: "read" as const, from: "the list of members" };
    const value = accepted ? "has accepted the invitation" : "has not accepted the invitation yet";
    return [{ topic: "acceptance", subject, value, source, from }];
  });
}

/** Of what was before it, the log says nothing: only somebody who looked when it begins, or later, does. */
function beforeThe(
  { since }: AdministrationLog,
  word: ConfirmedStep | undefined,
): Pick<Fact, "source" | "from"> {
  return word !== undefined && Date.parse(word.on) >= Date.parse(since)
    ? { source: "confirmed", from: saidBy(word) }
    : { source: "assumed", from: "the audit log keeps 90 days" };
}
