import type { Kind } from "../resources";
import { instantOf } from "../schema";
import type { Values } from "./compare";

/**
 * What is left of a declaration at `now` (milliseconds since the epoch): all of it, a part, or, past its end, undefined.
 */
export function currentOf(kind: Kind, config: Values, now: number): Values | undefined {
  if (kind.current !== undefined) return kind.current(config, now);
  const until = config["expires_at"];
  return typeof until === "string" && (instantOf(until) ?? Infinity) <= now ? undefined : config;
}

/**
 * Where a thing stands that can end. Planning in Terraform must not look at the clock, so reading does: past its end a live object is
 * `overdue` and a gone one `expired`.
 */
export type Term = "present" | "overdue" | "expired";

/** The computed attribute that says so; every kind that can end has it. */
export const TERM = "status";

export function canEnd(kind: Kind): boolean {
  return kind.attributes["expires_at"] !== undefined || kind.current !== undefined;
}

/** What an overdue thing is planned to become: a whole that ends is gone then, of a whole with ended parts the rest stays. */
export function afterOverdue(kind: Kind): Term {
  return kind.current === undefined ? "expired" : "present";
}
