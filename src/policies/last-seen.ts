import { canonicalEmail } from "../access";
import type { AuditEvent } from "../api";

/** The last act of everybody in the log, by canonical e-mail; who was invited is as fresh as the invitation. Events oldest first. */
export function lastSeenIn(events: readonly AuditEvent[]): ReadonlyMap<string, string> {
  const seen = new Map<string, string>();
  for (const { at, actor, action, target, error } of events) {
    // A login that failed is no login.
    if (error === undefined && actor.includes("@")) seen.set(canonicalEmail(actor), at);
    if (/invite/i.test(action) && target.includes("@")) seen.set(canonicalEmail(target), at);
  }
  return seen;
}
