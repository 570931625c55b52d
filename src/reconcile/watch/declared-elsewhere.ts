import { canonicalEmail, type Effect, type Organization } from "../../access";
import { compare, idsReferredTo, type Values } from "../../lifecycle";
import type { Kind } from "../../resources";
import type { Desired } from "../desired/desired";
import type { Instance } from "../instance";
import { administers } from "../unread";
import { groupsStatedBy } from "./watched";

/** Tells what is declared by something else than its own line. */
type IsDeclared = (kind: Kind, state: Values) => boolean;

/**
 * What no line of its own declares and what is declared all the same: members of a group whose whole set is declared (the plan takes others out),
 * administrators whom the provider block names, and roles that an identity provider is declared to set.
 */
export function declaredElsewhere(
  { policy }: Desired,
  instances: readonly Instance[],
  live: Organization,
): IsDeclared {
  const whole = new Set<string>();
  const mapped = new Set<string>();
  for (const instance of instances) {
    const { current } = instance;
    const { kind } = instance.declaration;
    if (current === undefined) continue;
    if (kind.group?.(current, live).members === "all")
      for (const id of groupsStatedBy(instance, live)) whole.add(id);
    const provided = kind.provides?.(current);
    if (provided === undefined) continue;
    const { organizationRole, projectRoles } = provided.mapping;
    const members = groupsStatedBy(instance, live).flatMap((id) => [...(live.group(id)?.members ?? [])]);
    for (const email of members) {
      if (organizationRole !== undefined) mapped.add(roleText(email, organizationRole));
      for (const [project, role] of projectRoles)
        for (const { id } of live.projectsNamed(project)) mapped.add(roleText(email, role, id));
    }
  }
  const { admins, breakGlass, operator } = policy;
  const administrators = new Set(
    [...admins, ...breakGlass, ...(operator === undefined ? [] : [operator])].map(canonicalEmail),
  );
  const isDeclared = (effect: Effect): boolean => {
    if (effect.type === "set_organization_role") {
      const role = live.person(effect.email)?.organizationRole ?? "";
      const email = canonicalEmail(effect.email);
      return mapped.has(roleText(email, role)) || (administers(role) && administrators.has(email));
    }
    if (effect.type !== "revoke" || effect.principal.type !== "user") return false;
    const email = canonicalEmail(effect.principal.email);
    const held = live.grant({ type: "user", id: email }, effect.projectId);
    const role = held === undefined ? "" : (live.role(held.roleId)?.name ?? held.roleId);
    return mapped.has(roleText(email, role, effect.projectId));
  };
  return (kind, state) =>
    kind.group === undefined
      ? removalOf(kind, state, live).some((draft) => draft.effects.some(isDeclared))
      : idsReferredTo(kind, state, "group").some((id) => whole.has(id));
}

/** The steps that would take a live object away. */
export function removalOf(kind: Kind, state: Values, live: Organization) {
  return kind
    .steps(compare(kind, state, undefined), { live, now: 0 })
    .map((draft) => ({ draft, effects: draft.operation.effects(draft.values, draft.facts) }));
}

const roleText = (email: string, role: string, project = ""): string =>
  JSON.stringify([email, role.toLowerCase(), project]);
