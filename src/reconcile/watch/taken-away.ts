import { canonicalEmail, type Effect } from "../../access";
import type { Values } from "../../lifecycle";
import type { Kind } from "../../resources";
import type { LivePlan } from "../live-plan";
import { stepId } from "../step";
import { removalOf } from "./declared-elsewhere";

/** What the steps of a plan take away: nobody may be told that it is never touched. */
export interface TakenAway {
  /** Canonical e-mails of who is removed. */
  readonly people: ReadonlySet<string>;
  /** Ids of groups that are deleted. */
  readonly groups: ReadonlySet<string>;
  /** Whether a step takes a live object away, or the person or the group that it is about. */
  takes(kind: Kind, state: Values): boolean;
}

export function takenAway({ decisions, live }: LivePlan): TakenAway {
  const steps = decisions.flatMap((decision) => decision.steps);
  const ids = new Set(steps.map(({ step }) => step.id));
  const people = new Set<string>();
  const groups = new Set<string>();
  for (const effect of steps.flatMap(({ effects }) => effects)) {
    if (effect.type === "remove_person") people.add(canonicalEmail(effect.email));
    if (effect.type === "delete_group" && effect.group.id !== undefined) groups.add(effect.group.id);
  }
  const goes = (effect: Effect): boolean => {
    const { email, groupId } = subjectOf(effect);
    return (
      (email !== undefined && people.has(canonicalEmail(email))) ||
      (groupId !== undefined && groups.has(groupId))
    );
  };
  return {
    people,
    groups,
    takes: (kind, state) =>
      removalOf(kind, state, live).some(
        ({ draft, effects }) => ids.has(stepId(draft.operation.name, draft.values)) || effects.some(goes),
      ),
  };
}

function subjectOf(effect: Effect): {
  readonly email?: string | undefined;
  readonly groupId?: string | undefined;
} {
  const holder = "principal" in effect ? effect.principal : undefined;
  if (holder?.type === "user") return { email: holder.email };
  const group = holder?.group ?? ("group" in effect ? effect.group : undefined);
  return { email: "email" in effect ? effect.email : undefined, groupId: group?.id };
}
