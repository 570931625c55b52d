import { canonicalEmail, Model, type Email, type Organization, type Unread } from "../access";
import type { Family } from "../api";
import { accept } from "../resources";
import { stepOf, type LiveStep } from "./step";
import { administers } from "./unread";

/**
 * Where somebody is to lose administration, and too few of those who are left could log in: whoever is to administer and has not accepted
 * yet must do so first. Only they can; where no API shows that they have, a person says so.
 *
 * @param steps of the whole plan
 * @param minimum how many administrators must be left
 */
export function acceptanceSteps(
  steps: readonly LiveStep[],
  live: Organization,
  unread: Unread,
  { minimum, families }: { readonly minimum: number; readonly families: ReadonlySet<Family> },
): LiveStep[] {
  const before = new Model(live, unread);
  const after = administratorsAfter(steps, live, before);
  const losing = [...live.people()]
    .map(({ email }) => canonicalEmail(email))
    .filter((email) => before.administers(email) && !after.has(email));
  const pending = [...after].filter((email) => !before.hasAccepted(email));
  if (losing.length === 0 || after.size - pending.length >= minimum) return [];
  const because = `to stand in for ${losing.sort().join(", ")}`;
  return pending
    .sort()
    .map((email) => stepOf(accept.draft({ email }, {}, { because }), { because }, families, live));
}

function administratorsAfter(steps: readonly LiveStep[], live: Organization, before: Model): Set<Email> {
  const found = new Set<Email>();
  for (const { email } of live.people())
    if (before.administers(canonicalEmail(email))) found.add(canonicalEmail(email));
  for (const { effects } of steps)
    for (const effect of effects) {
      if (effect.type === "remove_person") found.delete(canonicalEmail(effect.email));
      if (effect.type !== "set_organization_role") continue;
      if (administers(effect.role)) found.add(canonicalEmail(effect.email));
      else found.delete(canonicalEmail(effect.email));
    }
  return found;
}
