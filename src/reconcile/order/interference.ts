import {
  affectedBySync,
  affectedKeys,
  affectedPeople,
  canonicalEmail,
  groupOf,
  isRefusal,
  type Effect,
  type Email,
  type GroupReference,
  type IdentityProvider,
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
 * another person has a part in counts as mixed. A key is a holder like a person, by its name: its generations add up like grants.
 */
export function mixedPeople(
  steps: readonly LiveStep[],
  before: Organization,
  provider: IdentityProvider,
): Set<Email> {
  const directions = new Map<Email, number>();
  const joining = joiningOf(steps, before);
  const everyone = new Set<Email>();
  let projectsMove = false;
  // Whoever comes before single sign-on is enforced could get in with a password.
  const signOnMoves = steps.some(({ effects }) =>
    effects.some((effect) => effect.type === "setting" && effect.name === "sso_enforced"),
  );
  for (const { step, effects } of steps) {
    for (const effect of effects) {
      const direction = step.actor === "write" ? directionOf(effect, before) : BOTH;
      if (effect.type === "archive_project" || effect.type === "restore_project") projectsMove = true;
      for (const email of peopleOf(effect, before, provider, joining)) {
        everyone.add(email);
        directions.set(email, (directions.get(email) ?? 0) | direction);
      }
    }
  }
  const mixed = new Set<Email>();
  for (const email of everyone) {
    const provided = (): boolean => before.groupsOf(email).some(({ writer }) => writer === "idp");
    if (projectsMove || signOnMoves || directions.get(email) === BOTH || provided()) mixed.add(email);
  }
  return mixed;
}

/** Everybody whom a step touches, or could touch once others have joined its group; keys among them. */
export function concerned(
  steps: readonly LiveStep[],
  before: Organization,
  provider: IdentityProvider,
): (live: LiveStep) => ReadonlySet<Email> {
  const joining = joiningOf(steps, before);
  const known = new Map<LiveStep, ReadonlySet<Email>>();
  return (live) => {
    const found =
      known.get(live) ??
      new Set(live.effects.flatMap((effect) => [...peopleOf(effect, before, provider, joining)]));
    known.set(live, found);
    return found;
  };
}

/** Whom a step of others is about, by its own words: people, and keys. */
export function holdersOf({ step: { people }, effects }: LiveStep, live: Organization): Email[] {
  return [...people, ...effects.flatMap((effect) => [...affectedKeys(live, effect)])];
}

/** Who joins a group by some step, by the group's id; and the keys that are made in a project, or who joins a group that has it. */
function joiningOf(steps: readonly LiveStep[], before: Organization): ReadonlyMap<string, readonly Email[]> {
  const joining = new Map<string, Email[]>();
  const join = (key: string, holder: Email): void => {
    const known = joining.get(key);
    if (known === undefined) joining.set(key, [holder]);
    else known.push(holder);
  };
  for (const { effects } of steps) {
    for (const effect of effects) {
      if (effect.type === "create_key") {
        for (const holder of affectedKeys(before, effect)) join(`project ${effect.projectId ?? ""}`, holder);
      } else if (effect.type === "add_member" || effect.type === "idp_gain")
        join(groupKey(effect.group, before), canonicalEmail(effect.email));
    }
  }
  for (const [project, groups] of grantedGroups(steps, before))
    for (const group of groups)
      for (const email of joining.get(group) ?? []) join(`project ${project}`, email);
  return joining;
}

/** Groups that have something on a project that is closed or opened, before or by some step. */
function grantedGroups(steps: readonly LiveStep[], before: Organization): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { effects } of steps)
    for (const effect of effects)
      if (effect.type === "archive_project" || effect.type === "restore_project")
        found.set(effect.projectId, new Set());
  if (found.size === 0) return found;
  for (const { principal, projectId } of before.grants())
    if (principal.type === "group") found.get(projectId)?.add(principal.id);
  for (const { effects } of steps)
    for (const effect of effects)
      if (effect.type === "grant" && effect.principal.type === "group")
        found.get(effect.projectId)?.add(groupKey(effect.principal.group, before));
  return found;
}

function groupKey(reference: GroupReference, before: Organization): string {
  const group = groupOf(before, reference);
  return isRefusal(group) ? `new:${reference.name}` : group.id;
}

function* peopleOf(
  effect: Effect,
  before: Organization,
  provider: IdentityProvider,
  joining: ReadonlyMap<string, readonly Email[]>,
): Iterable<Email> {
  yield* affectedPeople(before, effect);
  yield* affectedBySync(before, effect, provider);
  yield* affectedKeys(before, effect);
  if (effect.type === "archive_project" || effect.type === "restore_project")
    yield* joining.get(`project ${effect.projectId}`) ?? [];
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
    case "create_key":
    case "hand_over_key":
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
    case "delete_key":
      return TAKES;
    case "accept":
    case "set_organization_role":
      return BOTH;
    case "create_group":
    case "rename_group":
    case "rename_person":
    case "rename_project":
    case "setting":
      return 0;
  }
}
