import type { Clock } from "./clock";

/** Counts requests of one kind over the last minute. */
export interface RateLimit {
  /** Takes one of `perMinute` (0: no limit); answers the seconds to wait when there is none left. */
  take(perMinute: number, window: "fixed" | "sliding"): number | undefined;
  reset(): void;
}

const MINUTE = 60_000;

/**
 * A limit a minute. SCIM documents 100 requests a minute and organization
 * (https://amplitude.com/docs/apis/analytics/scim) but not what kind of window that is: switch rate-limit-window.
 */
export function createRateLimit(clock: Clock): RateLimit {
  let taken: number[] = [];
  return {
    take(perMinute, window) {
      if (perMinute === 0) return undefined;
      const now = clock.now();
      const first = taken[0];
      if (window === "sliding") taken = taken.filter((at) => at > now - MINUTE);
      else if (first !== undefined && first <= now - MINUTE) taken = [];
      const oldest = taken[0];
      if (taken.length < perMinute || oldest === undefined) {
        taken.push(now);
        return undefined;
      }
      const freed = window === "sliding" ? (taken[taken.length - perMinute] ?? oldest) : oldest;
      return Math.max(1, Math.ceil((freed + MINUTE - now) / 1000));
    },
    reset() {
      taken = [];
    },
  };
}
