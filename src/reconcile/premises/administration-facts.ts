import { canonicalEmail, type Effect } from "../../access";
import type { AdministrationLog } from "../../resources";
import { administratorsWord } from "../administrators";
import { saidBy } from "../approval/confirmation";
import { administers } from "../unread";
import type { Fact } from "./premise";
import type { PremiseInput } from "./premises";

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
const value = "nobody else administers the organization";

function administrators({
  policy: { admins },
  snapshot,
  before,
  administration,
  told,
  confirmed,
}: PremiseInput): Fact[] {
  if (snapshot.management !== undefined)
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
  const log = snapshot.administration;
  const known =
    word === undefined
      ? ({ source: "declared", from: "`admins` of the provider block" } as const)
      : ({ source: "confirmed", from: saidBy(word) } as const);
  return [
    ...admins.map((email): Fact => ({ topic, subject: canonicalEmail(email), value, ...known })),
    ...(word === undefined || log !== undefined ? sinceThen(log, told.promoted) : []),
  ];
}

/** Whether somebody became one whom nobody declares. */
function sinceThen(log: AdministrationLog | undefined, promoted: ReadonlyMap<string, string>): Fact[] {
  const nobody = { topic, subject: "nobody else", value: "was made an administrator" } as const;
  if (log === undefined) return [{ ...nobody, source: "assumed", from: "the audit log was not read" }];
  const from = `the audit log since ${log.since.slice(0, 10)}`;
  if (promoted.size === 0) return [{ ...nobody, source: "read", from }];
  const might = "might administer the organization";
  return [...promoted.keys()].map((subject) => ({ topic, subject, value: might, source: "read", from }));
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
