import {
  canonicalEmail,
  organizationRoleNamed,
  type Email,
  type IdentityProvider,
  type Mapping,
  type Organization,
  type Unread,
} from "../access";
import type { Base } from "./base/base";
import type { Desired } from "./desired/desired";
import type { Instance } from "./instance";
import type { Administration } from "./order/safety";
import type { LiveStep } from "./step";

/** What no API shows and an order rests on: declared by the stacks, remembered from the base, or assumed. */
export function unreadOf(
  { policy }: Pick<Desired, "policy">,
  instances: readonly Instance[],
  base: Base,
  { baseKnown, done }: { readonly baseKnown: boolean; readonly done: readonly LiveStep[] },
): Unread {
  const accepted = new Set(base.present.map(canonicalEmail));
  // Somebody says so, in a reviewed file.
  for (const { effects } of done)
    for (const effect of effects) if (effect.type === "accept") accepted.add(canonicalEmail(effect.email));
  return {
    provider: providerOf(instances),
    admins: new Set(policy.admins.map(canonicalEmail)),
    hasAccepted: (email) => !baseKnown || accepted.has(email),
  };
}

/** What the stacks say of the identity provider. */
function providerOf(instances: readonly Instance[]): IdentityProvider {
  const mappings = new Map<string, Mapping>();
  let deprovisions = false;
  for (const { declaration, config } of instances) {
    const provides = declaration.kind.provides?.(config);
    if (provides === undefined) continue;
    mappings.set(provides.group, provides.mapping);
    deprovisions ||= provides.deprovisions;
  }
  return { mappings, deprovisions };
}

/** Who must keep administration, how many must be left, and everybody whose administration comes or goes. */
export function administrationOf(
  { policy }: Pick<Desired, "policy">,
  live: Organization,
  steps: readonly LiveStep[],
): Administration {
  const { admins, breakGlass, operator, minimumAdmins } = policy;
  const kept = new Set([...breakGlass, ...(operator === undefined ? [] : [operator])].map(canonicalEmail));
  const candidates = new Set<Email>([...kept, ...admins.map(canonicalEmail)]);
  for (const { email, organizationRole } of live.people())
    if (administers(organizationRole)) candidates.add(canonicalEmail(email));
  for (const { effects } of steps) {
    for (const effect of effects)
      if (effect.type === "set_organization_role" && administers(effect.role))
        candidates.add(canonicalEmail(effect.email));
  }
  return { minimum: minimumAdmins, kept, candidates };
}

/** Whether a role of the organization is one of its administrators'. */
export function administers(name: string | undefined): boolean {
  const role = name === undefined ? undefined : organizationRoleNamed(name);
  return role === "owner" || role === "admin";
}
