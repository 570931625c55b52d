import type { Clock } from "./clock";

/** Requests that SCIM allows an organization in one minute: https://amplitude.com/docs/apis/analytics/scim. */
export const scimRequestsPerMinute = 100;

/** Share of that limit which is left to the identity provider, unless somebody says otherwise. */
export const defaultIdpShare = 0.3;

const windowMs = 60_000;

/** Told before every wait: how many seconds, and why. */
export type OnWait = (seconds: number, why: string) => void;

/** Turns of one host, in the order they were asked for. */
export interface Budget {
  /** Requests a minute. */
  readonly limit: number;
  /** Resolves when a request may be sent. Rejects when sleeping does. */
  take(): Promise<void>;
  /** The other side asked for silence: nobody gets a turn for so many milliseconds. */
  hold(ms: number): void;
}

/**
 * Requests a minute that are ours when the identity provider, which shares the limit, keeps its share.
 * @param idpShare 0.3 = 30 %
 */
export function ourShare(idpShare: number): number {
  return Math.max(1, Math.round(scimRequestsPerMinute * (1 - idpShare)));
}

/**
 * A sliding window of one minute over all requests to one host, whichever family they are of: who holds a limit of its own is
 * undocumented except for SCIM, so all count against SCIM's number (assumed).
 */
export function budgetOf(host: string, limit: number, clock: Clock, onWait: OnWait): Budget {
  const starts: number[] = [];
  let heldUntil = 0;
  let queue: Promise<void> = Promise.resolve();

  const turn = async (): Promise<void> => {
    for (;;) {
      const now = clock.now();
      while (starts[0] !== undefined && starts[0] <= now - windowMs) starts.shift();
      const free = starts.length < limit ? now : (starts[starts.length - limit] ?? now) + windowMs;
      const at = Math.max(free, heldUntil);
      if (at <= now) {
        starts.push(now);
        return;
      }
      const why =
        heldUntil >= free
          ? `${host} asks to wait (429)`
          : `${host}: ${limit} requests a minute are ours, the rest is left to the identity provider`;
      onWait(Math.ceil((at - now) / 1000), why);
      await clock.sleep(at - now);
    }
  };

  return {
    limit,
    take() {
      const mine = queue.then(turn);
      // One who gave up waiting does not stop the queue.
      queue = mine.catch(() => undefined);
      return mine;
    },
    hold(ms) {
      heldUntil = Math.max(heldUntil, clock.now() + ms);
    },
  };
}
