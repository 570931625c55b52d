/** How one attempt of one request ended. */
export type Outcome =
  | {
      readonly kind: "answer";
      readonly status: number;
      /** `Retry-After` as it came: seconds, or an HTTP date. */
      readonly retryAfter?: string | undefined;
      /** `retry_after_seconds` of the body (https://amplitude.com/docs/apis/user-management). */
      readonly retryAfterSeconds?: number | undefined;
    }
  /** Sent, and no answer came in time. */
  | { readonly kind: "timeout" }
  /** The connection ended before a whole answer was there. */
  | { readonly kind: "reset" }
  /** No connection was made: nothing was sent. */
  | { readonly kind: "unreachable" };

/** Wait, then send again; or stop. */
export type NextTry = { readonly retryAfterMs: number } | "stop";

/** Attempts of a request that met timeouts, resets or 5xx. */
const attemptsInDoubt = 4;
/** Attempts of a request that was told to wait. */
const attemptsWhenLimited = 10;
/** A request waits this long in all; an organization's window is one minute (https://amplitude.com/docs/apis/analytics/scim). */
const totalWaitMs = 5 * 60_000;

/**
 * Whether a request is sent again, and when. Pure.
 *
 * Every PUT, PATCH and DELETE of this client says what shall be, not what shall change, so saying it twice does no harm.
 * A POST creates: after anything but 429 nobody knows whether it did (see `ensure`). Amplitude documents no idempotency header.
 */
export function nextTry(state: {
  /** 1 for the first. */
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly method: string;
  /** A POST that only reads (the audit log's). */
  readonly reads: boolean;
  /** Milliseconds that this request has waited before. */
  readonly waitedMs: number;
  /** Milliseconds since 1970, for a `Retry-After` that is a date. */
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
}): NextTry {
  const { attempt, outcome, waitedMs } = state;
  const limited = outcome.kind === "answer" && outcome.status === 429;
  if (!limited && !(passing(outcome) && (state.reads || state.method !== "POST"))) return "stop";
  if (attempt >= (limited ? attemptsWhenLimited : attemptsInDoubt)) return "stop";
  const retryAfterMs =
    (outcome.kind === "answer" ? askedToWait(outcome, state.now) : undefined) ??
    backoff(attempt, state.random);
  return waitedMs + retryAfterMs > totalWaitMs ? "stop" : { retryAfterMs };
}

/** Decides whether a request is sent again. */
export type RetryRule = typeof nextTry;

/** Whether Amplitude may have acted on a request that ended so. Pure. */
export function mayHaveHappened(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case "timeout":
    case "reset":
      return true;
    case "unreachable":
      return false;
    case "answer":
      // 408 is a timeout at the other side; a redirect may follow the act (303); 4xx is a refusal.
      return outcome.status === 408 || outcome.status < 400 || outcome.status >= 500;
  }
}

/** Whether waiting can help. */
function passing(outcome: Outcome): boolean {
  if (outcome.kind !== "answer") return outcome.kind !== "unreachable";
  return (
    outcome.status === 408 || (outcome.status >= 500 && outcome.status !== 501 && outcome.status !== 505)
  );
}

/** Milliseconds that an answer asks to wait: `Retry-After`, else `retry_after_seconds`; undefined where it does not say. Pure. */
export function askedToWait(
  outcome: { readonly retryAfter?: string | undefined; readonly retryAfterSeconds?: number | undefined },
  now: number,
): number | undefined {
  const header = outcome.retryAfter?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(header)) return Math.ceil(Number(header) * 1000);
  // Date.parse also accepts "-5" and the like.
  const date = /[A-Za-z]{3}/.test(header) ? Date.parse(header) : NaN;
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const seconds = outcome.retryAfterSeconds;
  return seconds !== undefined && Number.isFinite(seconds) && seconds >= 0
    ? Math.ceil(seconds * 1000)
    : undefined;
}

/** 1, 2, 4, 8, 16, then 30 seconds, of which the upper half is random. */
function backoff(attempt: number, random: number): number {
  const ceiling = Math.min(30_000, 1000 * 2 ** (attempt - 1));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
