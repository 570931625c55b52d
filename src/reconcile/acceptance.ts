import { canonicalEmail, Model, type Email, type Organization, type Unread } from "../access";
import type { Family } from "../api";
import { accept } from "../resources";
import type { Base } from "./base/base";
import type { Policy } from "./desired/declaration";
import type { LivePlan } from "./live-plan";
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
  const after = administratorsAfter(steps, live, { before, unread });
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

/** Whether a step takes administration from somebody, and from whom: canonical e-mails. */
function losingBy({ effects }: LiveStep): Email[] {
  return effects.flatMap((effect) =>
    effect.type === "remove_person" || (effect.type === "set_organization_role" && !administers(effect.role))
      ? [canonicalEmail(effect.email)]
      : [],
  );
}

/**
 * The record of a new policy comes after whoever the policy in effect names has lost administration: until then, or where a step of it is
 * refused, the base must not forget that they have it.
 */
export function afterAdministrators(
  stating: readonly LiveStep[],
  steps: readonly LiveStep[],
  { policy }: Base,
): LiveStep[] {
  const named = new Set((policy?.admins ?? []).map(canonicalEmail));
  const losing = steps.filter((step) => losingBy(step).some((email) => named.has(email)));
  const awaits = new Set(losing.map(({ step }) => step.id));
  return stating.map((live) => (live.step.values["what"] === "policy" ? { ...live, awaits } : live));
}

/**
 * The policy that a run is judged by. Who administers as the base has it, and does no more once steps of this plan are done, administers until
 * then, where no API shows roles: whatever the stack says now.
 */
export function policyDuring(
  steps: readonly LiveStep[],
  live: Organization,
  { base, policy }: { readonly base: Base; readonly policy: Policy },
): Policy {
  const named = new Set(policy.admins.map(canonicalEmail));
  const losing = new Set(steps.flatMap(losingBy));
  const still = (base.policy?.admins ?? []).filter((email) => {
    const person = live.person(email);
    return (
      person !== undefined &&
      person.organizationRole === undefined &&
      losing.has(canonicalEmail(email)) &&
      !named.has(canonicalEmail(email))
    );
  });
  return still.length === 0 ? policy : { ...policy, admins: [...policy.admins, ...still] };
}

/** Canonical e-mails of those for whose acceptance a plan waits. */
export function awaited({ plan }: Pick<LivePlan, "plan">): Email[] {
  return plan.steps.filter(({ operation }) => operation === accept.name).flatMap(({ people }) => people);
}

function administratorsAfter(
  steps: readonly LiveStep[],
  live: Organization,
  { before, unread }: { readonly before: Model; readonly unread: Unread },
): Set<Email> {
  const found = new Set<Email>();
  for (const { email } of live.people())
    if (before.administers(canonicalEmail(email))) found.add(canonicalEmail(email));
  for (const { effects } of steps)
    for (const effect of effects) {
      if (effect.type === "remove_person") found.delete(canonicalEmail(effect.email));
      if (effect.type === "invite" && unread.admins.has(canonicalEmail(effect.email)))
        found.add(canonicalEmail(effect.email));
      if (effect.type !== "set_organization_role") continue;
      if (administers(effect.role)) found.add(canonicalEmail(effect.email));
      else found.delete(canonicalEmail(effect.email));
    }
  return found;
}
