import { canonicalEmail, groupOf, isRefusal, type Effect, type Organization } from "../../access";
import { limitsOf, UNCOUNTED_REMOVALS } from "../desired/limits";
import type { GuardFinding, GuardFacts, GuardRule } from "./guard";

/** A removal of somebody from something, by one step. */
interface Removal {
  readonly email: string;
  readonly step: string;
}

/** People who are to leave the organization. A pending invitation is one of its people: withdrawing it is a removal. */
export const removals: GuardRule = {
  name: "removals",
  opens: "approval",
  advice:
    "Is the stack whole, and the base the right one? If all of them are to go, have the removal approved.",
  judge(facts) {
    const removed = removedPeople(facts);
    const people = [...facts.before.people()].length;
    return [shareOf("people", removed, people, facts)];
  },
};

/** Invitations that are to be withdrawn, as far as a family shows who has not joined. */
export const pendingRemovals: GuardRule = {
  name: "pending-removals",
  opens: "approval",
  advice: "An invitation that is withdrawn must be sent again. If all of them are to go, have it approved.",
  judge(facts) {
    const { members } = facts.snapshot;
    if (members === undefined) {
      const text = "not shown by Amplitude: invitations are counted as people";
      return [{ found: 0, text, verdict: "passes", people: [], steps: [] }];
    }
    const pending = new Set(
      members.filter(({ status }) => status === "pending").map(({ email }) => canonicalEmail(email)),
    );
    const removed = removedPeople(facts).filter(({ email }) => pending.has(email));
    return [shareOf("pending invitations", removed, pending.size, facts)];
  },
};

/** Members whom one group loses; a group that is deleted loses all of them. Each group that loses too many is a finding of its own. */
export const groupRemovals: GuardRule = {
  name: "group-removals",
  opens: "approval",
  advice: "If all of them are to leave the group, have it approved.",
  judge(facts) {
    const groups = [...removedMembers(facts)];
    const findings = groups.map(([name, { removed, members }]) => ({
      subject: name,
      ...shareOf(`members of ${name}`, removed, members, facts),
    }));
    const held = findings.filter(({ verdict }) => verdict !== "passes");
    if (held.length > 0) return held;
    const [most] = findings.sort((a, b) => b.found - a.found || (a.subject < b.subject ? -1 : 1));
    if (most === undefined)
      return [{ found: 0, text: "no group loses a member", verdict: "passes", people: [], steps: [] }];
    const { subject: _subject, ...finding } = most;
    return [{ ...finding, text: `at most ${finding.text}` }];
  },
};

/** A number that nobody passes, whatever the shares are: people who leave the organization or one of its groups. */
export const removalsInAll: GuardRule = {
  name: "removals-in-all",
  opens: "approval",
  advice: "Do it in several plans, or have it approved.",
  judge(facts) {
    const { removals: limit } = limitsOf(facts.base.policy, facts.policy);
    const members = [...removedMembers(facts).values()].flatMap(({ removed }) => removed);
    const all = [...removedPeople(facts), ...members];
    const people = peopleIn(all);
    const found = people.length;
    const text = `${found === 1 ? "1 person leaves" : `${found} people leave`} the organization or a group; ${limit === undefined ? "no limit is set" : `limit ${limit}`}`;
    return [
      {
        found,
        ...(limit === undefined ? {} : { limit }),
        text,
        verdict: limit !== undefined && found > limit ? "holds" : "passes",
        people,
        steps: stepsIn(all),
      },
    ];
  },
};

function shareOf(what: string, removed: readonly Removal[], of: number, facts: GuardFacts): GuardFinding {
  const { removalPercent } = limitsOf(facts.base.policy, facts.policy);
  const people = peopleIn(removed);
  const found = people.length;
  const limit = Math.max(UNCOUNTED_REMOVALS, Math.floor((of * removalPercent) / 100));
  const percent = of === 0 ? "" : ` (${Math.round((100 * found) / of)} %)`;
  return {
    found,
    of,
    limit,
    text: `${found} of ${of} ${what}${percent}; limit ${removalPercent} %, counted above ${UNCOUNTED_REMOVALS}`,
    verdict: found > limit ? "holds" : "passes",
    people,
    steps: stepsIn(removed),
  };
}

function removedPeople({ steps, before }: GuardFacts): Removal[] {
  return steps.flatMap(({ step, effects }) =>
    effects.flatMap((effect) =>
      effect.type === "remove_person" && before.person(effect.email) !== undefined
        ? [{ email: canonicalEmail(effect.email), step: step.id }]
        : [],
    ),
  );
}

/** By the name of the group, in the order of their first step. */
function removedMembers({
  steps,
  before,
}: GuardFacts): Map<string, { removed: Removal[]; readonly members: number }> {
  const groups = new Map<string, { removed: Removal[]; readonly members: number }>();
  for (const { step, effects } of steps) {
    if (step.actor === "idp") continue;
    for (const effect of effects) {
      const lost = lostMembers(before, effect);
      if (lost === undefined) continue;
      const known = groups.get(lost.name) ?? { removed: [], members: lost.members };
      for (const email of lost.emails) known.removed.push({ email, step: step.id });
      groups.set(lost.name, known);
    }
  }
  return groups;
}

function lostMembers(
  before: Organization,
  effect: Effect,
): { readonly name: string; readonly members: number; readonly emails: Iterable<string> } | undefined {
  if (effect.type !== "remove_member" && effect.type !== "delete_group") return undefined;
  const group = groupOf(before, effect.group);
  if (isRefusal(group)) return undefined;
  const emails = effect.type === "delete_group" ? group.members : [canonicalEmail(effect.email)];
  return { name: group.name, members: group.members.size, emails };
}

const peopleIn = (all: readonly Removal[]): string[] => [...new Set(all.map(({ email }) => email))].sort();
const stepsIn = (all: readonly Removal[]): string[] => [...new Set(all.map(({ step }) => step))];
