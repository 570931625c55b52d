import {
  affectedPeople,
  applyEffects,
  Draft,
  effectiveAccess,
  reachesEveryProject,
  type Effect,
  type Organization,
} from "../../access";
import { unreadGrants } from "../unread-access";
import type { GuardFinding, GuardFacts, GuardRule } from "./guard";

/** A group that is deleted while it still gives access to its members, or while a list that would tell so failed. */
export const groupsInUse: GuardRule = {
  name: "groups-in-use",
  opens: "approval",
  advice: "Take its grants away first, so that the plan says who loses what, or have it approved.",
  judge: (facts) => {
    const { failed, absent } = unreadGrants(facts.snapshot);
    const unknown = failed.length === 0 ? [] : unknownGifts(failed, facts);
    const found = inUse("delete_group", "group", facts, absent);
    return unknown.length === 0
      ? found
      : [...found.filter(({ verdict }) => verdict !== "passes"), ...unknown];
  },
};

/** A project that is archived while somebody still has a role on it. */
export const projectsInUse: GuardRule = {
  name: "projects-in-use",
  opens: "approval",
  advice: "Take the grants on it away first, so that the plan says who loses what, or have it approved.",
  judge: (facts) => inUse("archive_project", "project", facts),
};

type Ending = Extract<Effect, { type: "delete_group" | "archive_project" }>;

/** Whoever would lose something at the moment when it goes: what the steps before it took counts as taken. */
function inUse(
  type: Ending["type"],
  what: string,
  { steps, before }: GuardFacts,
  unread: readonly string[] = [],
): GuardFinding[] {
  const last = steps.findLastIndex(({ effects }) => effects.some((effect) => effect.type === type));
  const draft = new Draft(before);
  const findings: GuardFinding[] = [];
  for (const { step, effects } of steps.slice(0, last + 1)) {
    for (const effect of effects) {
      if (effect.type !== type) continue;
      const people = losing(draft, effect);
      const subject = effect.type === "delete_group" ? effect.group.name : nameOf(draft, effect.projectId);
      findings.push({
        subject,
        found: people.length,
        limit: 0,
        text: `${what} ${subject} still gives access to ${people.length} ${people.length === 1 ? "person" : "people"}; limit 0`,
        verdict: people.length > 0 ? "holds" : "passes",
        people,
        steps: [step.id],
      });
    }
    applyEffects(draft, effects);
  }
  const held = findings.filter(({ verdict }) => verdict !== "passes");
  if (held.length > 0) return held;
  const gone = findings.length;
  return [
    {
      found: 0,
      limit: 0,
      text:
        gone === 0
          ? `no ${what} goes`
          : `${gone} ${what}${gone === 1 ? " goes" : "s go"}, none gives access${notJudged(unread)}; limit 0`,
      verdict: "passes",
      people: [],
      steps: findings.flatMap(({ steps: ids }) => ids),
    },
  ];
}

const notJudged = (unread: readonly string[]): string =>
  unread.length === 0 ? "" : ` that is known (${unread.join(" and ")} are not judged: nobody can read them)`;

/** Groups that go with somebody in them, while nobody could read what they give. Whom the plan takes out before counts: it loses the same. */
function unknownGifts(failed: readonly string[], { steps, before }: GuardFacts): GuardFinding[] {
  return steps.flatMap(({ step, effects }) =>
    effects.flatMap((effect): GuardFinding[] => {
      if (effect.type !== "delete_group") return [];
      const { id, name } = effect.group;
      const people = [...(before.group(id ?? "")?.members ?? [])].sort();
      if (people.length === 0) return [];
      return [
        {
          subject: name,
          found: people.length,
          limit: 0,
          text: `what group ${name} gives to ${people.length} ${people.length === 1 ? "person" : "people"} is not known: ${failed.join(" and ")} could not be read; limit 0`,
          verdict: "unjudged",
          people,
          steps: [step.id],
          advice: `Read again once ${failed.join(" and ")} can be read (see "Not checked"), or have it approved.`,
        },
      ];
    }),
  );
}

/** Owners and administrators reach every project without a grant. */
function losing(draft: Draft, effect: Ending): string[] {
  const people = [...affectedPeople(draft, effect)].filter(
    (email) => !reachesEveryProject(effectiveAccess(draft, email).organizationRole),
  );
  const held = new Map(people.map((email) => [email, rights(draft, email)]));
  const mark = draft.mark();
  applyEffects(draft, [effect]);
  const lost = people.filter((email) => {
    const left = rights(draft, email);
    return [...(held.get(email) ?? [])].some((right) => !left.has(right));
  });
  draft.rollback(mark);
  return lost.sort();
}

function rights(organization: Organization, email: string): Set<string> {
  const { projects } = effectiveAccess(organization, email);
  return new Set(
    [...projects.values()].flatMap(({ projectId, capabilities, customRoles, modules }) => [
      ...[...capabilities].map((capability) => `${projectId} ${capability}`),
      ...customRoles.map(({ id }) => `${projectId} role ${id}`),
      ...modules.map((module) => `${projectId} module ${module}`),
    ]),
  );
}

function nameOf(organization: Organization, projectId: string): string {
  return organization.project(projectId)?.name ?? projectId;
}
