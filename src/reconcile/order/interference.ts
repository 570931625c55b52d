import {
  affectedPeople,
  canonicalEmail,
  groupOf,
  isRefusal,
  type Effect,
  type Email,
  type GroupReference,
  type Organization,
} from "../../access";
import type { LiveStep } from "../step";

const GIVES = 1;
const TAKES = 2;
const BOTH = GIVES | TAKES;

/**
 * Whose steps can get in each other's way: from whom some take and to whom some give, over all that can happen. Nobody else needs a look.
 * Access is a union of grants: to whom every step only gives, or from whom every step only takes, no order and no failure gives
 * more than the whole plan, or leaves less. Members that a group gains on the way count as its members; whom an identity provider or
 * another person has a part in counts as mixed.
 */
export function mixedPeople(steps: readonly LiveStep[], before: Organization): Set<Email> {
  const directions = new Map<Email, number>();
  const joining = joiningOf(steps, before);
  const everyone = new Set<Email>();
  let projectsMove = false;
  for (const { step, effects } of steps) {
    for (const effect of effects) {
      const direction = step.actor === "write" ? directionOf(effect, before) : BOTH;
      if (effect.type === "archive_project" || effect.type === "restore_project") projectsMove = true;
      for (const email of peopleOf(effect, before, joining)) {
        everyone.add(email);
        directions.set(email, (directions.get(email) ?? 0) | direction);
      }
    }
  }
  const mixed = new Set<Email>();
  for (const email of everyone) {
    const provided = (): boolean => before.groupsOf(email).some(({ writer }) => writer === "idp");
    if (projectsMove || directions.get(email) === BOTH || provided()) mixed.add(email);
  }
  return mixed;
}

/** Everybody whom a step touches, or could touch once others have joined its group. */
export function concerned(
  steps: readonly LiveStep[],
  before: Organization,
): (live: LiveStep) => ReadonlySet<Email> {
  const joining = joiningOf(steps, before);
  const known = new Map<LiveStep, ReadonlySet<Email>>();
  return (live) => {
    const found =
      known.get(live) ?? new Set(live.effects.flatMap((effect) => [...peopleOf(effect, before, joining)]));
    known.set(live, found);
    return found;
  };
}

/** Who joins a group by some step, by the group's id. */
function joiningOf(steps: readonly LiveStep[], before: Organization): ReadonlyMap<string, readonly Email[]> {
  const joining = new Map<string, Email[]>();
  for (const { effects } of steps) {
    for (const effect of effects) {
      if (effect.type !== "add_member" && effect.type !== "idp_gain") continue;
      const key = groupKey(effect.group, before);
      const known = joining.get(key);
      if (known === undefined) joining.set(key, [canonicalEmail(effect.email)]);
      else known.push(canonicalEmail(effect.email));
    }
  }
  return joining;
}

function groupKey(reference: GroupReference, before: Organization): string {
  const group = groupOf(before, reference);
  return isRefusal(group) ? `new:${reference.name}` : group.id;
}

function* peopleOf(
  effect: Effect,
  before: Organization,
  joining: ReadonlyMap<string, readonly Email[]>,
): Iterable<Email> {
  yield* affectedPeople(before, effect);
  const group =
    "principal" in effect
      ? effect.principal.type === "group"
        ? effect.principal.group
        : undefined
      : effect.type === "delete_group"
        ? effect.group
        : undefined;
  if (group !== undefined) yield* joining.get(groupKey(group, before)) ?? [];
}

/** Whether an effect adds to access, takes from it, or may do either. */
function directionOf(effect: Effect, before: Organization): number {
  switch (effect.type) {
    case "invite":
    case "add_member":
    case "idp_gain":
    case "grant_module":
    case "create_project":
    case "restore_project":
      return GIVES;
    case "grant": {
      const { principal } = effect;
      const id =
        principal.type === "user" ? canonicalEmail(principal.email) : groupKey(principal.group, before);
      return before.grant({ type: principal.type, id }, effect.projectId) === undefined ? GIVES : BOTH;
    }
    case "remove_member":
    case "idp_lose":
    case "revoke":
    case "revoke_module":
    case "delete_group":
    case "archive_project":
    case "remove_person":
      return TAKES;
    case "accept":
    case "set_organization_role":
      return BOTH;
    case "create_group":
    case "rename_group":
    case "rename_person":
    case "rename_project":
    case "create_key":
    case "hand_over_key":
    case "delete_key":
    case "setting":
      return 0;
  }
}
