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

/** A leaver's line that no run has brought into effect yet. */
interface OpenLeaver {
  readonly address: string;
  /** Canonical. */
  readonly email: string;
  /** Whether a run has done some of it already: then it met somebody. */
  readonly begun: boolean;
}

/** Leavers' lines that no run has brought into effect yet. */
export function openLeavers(instances: readonly Instance[], base: Base): readonly OpenLeaver[] {
  return instances.flatMap(({ declaration: { address, kind }, key, naming }) => {
    const entry = base.entries[address];
    const begun = entry?.kind === kind.type && entry.key === key;
    if (begun && entry.complete) return [];
    return naming.absent.map((email) => ({ address, email: canonicalEmail(email), begun }));
  });
}

/**
 * A line that takes everything from somebody and meets nobody, here or in the state, is a slip of the pen or somebody who is gone for long:
 * only a person knows. So it is where somebody new may be the one who is gone. It stays open until somebody confirms it.
 */
export function unmetLeavers({ instances, live, base, families, alike }: UnmetInput): LiveStep[] {
  if (!families.has("scim")) return [];
  const known = knownPeople(base);
  return openLeavers(instances, base).flatMap(({ address, email, begun }) => {
    if (hasTrace(live, email)) return [];
    const perhaps = alike.filter(({ gone }) => gone === email).map(({ found }) => found);
    if (perhaps.length === 0 && (begun || known.has(email))) return [];
    const facts = perhaps.length === 0 ? { near: nearestAddresses(email, live) } : { near: [], perhaps };
    return [stepOf(confirmAbsent.draft({ email }, facts), { address }, families, live)];
  });
}

/** Canonical e-mails of the leavers who are there, or hold something, before a run: gone after it, they are no slip of the pen. */
export function metLeavers(leavers: ReadonlySet<string>, live: Organization): string[] {
  return [...leavers].filter((email) => hasTrace(live, email)).sort();
}
