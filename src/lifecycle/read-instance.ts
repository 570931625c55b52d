import type { Organization } from "../access";
import type { Kind } from "../resources";
import { attributesOf, sameValue, type Values } from "./compare";
import { identify, liveState } from "./identity";
import { canEnd, currentOf, TERM } from "./term";
import { VERIFIED } from "./plan-instance";

/** What one instance is now, for a host that keeps state of its own. */
export interface ReadOptions {
  /** Whether every attribute is wanted, managed or not: after an import. */
  readonly everything: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * The state of one instance after a look at what is live; undefined when it is gone. What nobody manages stays absent, what Amplitude
 * never sees stays as it was declared, and an equal value stays as it was spelled.
 *
 * @param state what was known of it
 */
export function readInstance(
  kind: Kind,
  state: Values,
  live: Organization,
  { everything, now }: ReadOptions,
): Values | undefined {
  const current = currentOf(kind, state, now);
  const known = { id: kind.id(state as never), config: state };
  const identity = identify(kind, state, { live, known });
  if (identity.answer === "hidden") return state;
  const found = liveState(identity);
  if (found === undefined && current !== undefined) return undefined;
  if (current === undefined)
    return { ...state, [TERM]: found === undefined ? "expired" : "overdue", [VERIFIED]: true };
  const read: Record<string, unknown> = {};
  let overdue = false;
  for (const [name, attribute] of attributesOf(kind)) {
    const before = state[name];
    const now = found?.[name];
    if (attribute.origin === "declared") read[name] = before;
    else if (attribute.presence === "computed" && now === undefined) read[name] = before;
    else if (attribute.presence === "optional" && before === undefined && !everything) continue;
    else if (sameValue(attribute, now, current[name])) read[name] = before ?? now;
    else if (before !== undefined && sameValue(attribute, now, before)) {
      read[name] = before;
      // What of it has ended is still there.
      overdue ||= attribute.presence !== "computed";
    } else read[name] = now;
  }
  if (canEnd(kind)) read[TERM] = overdue ? "overdue" : "present";
  return { ...read, [VERIFIED]: true };
}
