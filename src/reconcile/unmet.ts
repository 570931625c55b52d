import { canonicalEmail, type Organization } from "../access";
import type { Family } from "../api";
import { hasTrace, nearestAddresses } from "../lifecycle";
import { confirmAbsent } from "../resources";
import type { Base } from "./base/base";
import { knownPeople } from "./base/known-people";
import type { Instance } from "./instance";
import type { LookAlike } from "./look-alike";
import { stepOf, type LiveStep } from "./step";

/** What tells whether a line meets somebody. */
export interface UnmetInput {
  readonly instances: readonly Instance[];
  readonly live: Organization;
  readonly base: Base;
  readonly families: ReadonlySet<Family>;
  /** Who is new and may be somebody who is gone. */
  readonly alike: readonly LookAlike[];
}

/** Leavers' lines that no run has brought into effect yet, with the canonical e-mails that they name. */
export function openLeavers(
  instances: readonly Instance[],
  base: Base,
): readonly { readonly address: string; readonly email: string }[] {
  return instances.flatMap(({ declaration: { address, kind }, key, naming }) => {
    const entry = base.entries[address];
    if (entry?.complete === true && entry.kind === kind.type && entry.key === key) return [];
    return naming.absent.map((email) => ({ address, email: canonicalEmail(email) }));
  });
}

/**
 * A line that takes everything from somebody and meets nobody, here or in the state, is a slip of the pen or somebody who is gone for long:
 * only a person knows. So it is where somebody new may be the one who is gone. It stays open until somebody confirms it.
 */
export function unmetLeavers({ instances, live, base, families, alike }: UnmetInput): LiveStep[] {
  if (!families.has("scim")) return [];
  const known = knownPeople(base);
  return openLeavers(instances, base).flatMap(({ address, email }) => {
    if (hasTrace(live, email)) return [];
    const perhaps = alike.filter(({ gone }) => gone === email).map(({ found }) => found);
    if (perhaps.length === 0 && known.has(email)) return [];
    const facts = perhaps.length === 0 ? { near: nearestAddresses(email, live) } : { near: [], perhaps };
    return [stepOf(confirmAbsent.draft({ email }, facts), { address }, families, live)];
  });
}
