import { ApiFailure, type WriteApi } from "../api";
import { Unexpected, type Created, type Entry, type KeySink, type Operation } from "../resources";
import { unexpectedBefore } from "./look";

/** What atoms are carried out with. */
export interface Means {
  readonly api: WriteApi;
  /** Ids of what this process made, which later writes may need. */
  readonly created: Created;
  /** Where values of new keys go. */
  readonly sink: KeySink;
}

/** How one atom ended. */
export interface CarriedOut {
  readonly outcome: "done" | "failed" | "by hand";
  /** What the other side said, and what to do. */
  readonly said?: string;
  /** Whether a failed one may have happened all the same. */
  readonly happened?: "no" | "maybe";
  /** Somebody else has changed what it was to change: it failed for that, and wrote nothing over it. */
  readonly unexpected?: Unexpected;
}

/** Refusals that may be about one entry of several; a wrong credential is about all of them. */
const DIVISIBLE = new Set<number | undefined>([400, 404, 409, 422]);
/** Answers that say that there is no such thing here; a missing right or object says something else. */
const UNSUPPORTED = new Set<number | undefined>([400, 405, 422, 501]);

/**
 * Tries a batch as a whole: one result per entry, in their order. "apart": it was refused and nothing of it happened; one bad entry may be to
 * blame, so each is to be tried alone.
 */
export async function attempt(
  operation: Operation,
  entries: readonly Entry[],
  means: Means,
): Promise<readonly CarriedOut[] | "apart"> {
  const { api, created, sink } = means;
  try {
    const met = await Promise.all(entries.map((entry) => unexpectedBefore(operation, entry, api)));
    const left = entries.filter((_, index) => met[index] === undefined);
    const told = left.length === 0 ? undefined : await operation.perform?.(api, left, created, sink);
    return entries.map((entry, index): CarriedOut => {
      const unexpected = met[index] ?? told?.[left.indexOf(entry)];
      return unexpected === undefined ? { outcome: "done" } : failure(operation, entry, unexpected);
    });
  } catch (error) {
    const divisible =
      entries.length > 1 &&
      error instanceof ApiFailure &&
      error.happened === "no" &&
      DIVISIBLE.has(error.status);
    return divisible ? "apart" : entries.map((entry) => failure(operation, entry, error));
  }
}

/** Carries a batch out; a refused batch is taken apart, so that one bad entry fails alone. One result per entry, in their order. */
export async function carryOut(
  operation: Operation,
  entries: readonly Entry[],
  means: Means,
): Promise<readonly CarriedOut[]> {
  const whole = await attempt(operation, entries, means);
  if (whole !== "apart") return whole;
  const results: CarriedOut[] = [];
  for (const entry of entries) results.push(...(await carryOut(operation, [entry], means)));
  return results;
}

function failure(operation: Operation, { values, facts }: Entry, error: unknown): CarriedOut {
  const said = error instanceof Error ? error.message : String(error);
  // What no API said (a key's value that could not be put away) may come after the request.
  const { status, happened } =
    error instanceof ApiFailure ? error : { status: undefined, happened: "maybe" as const };
  if (UNSUPPORTED.has(status) && operation.undocumented?.(values) === true) {
    const how = operation.how(values, facts);
    return { outcome: "by hand", said: `${said} This Amplitude does not do it. ${how}`, happened: "no" };
  }
  return { outcome: "failed", said, happened, ...(error instanceof Unexpected ? { unexpected: error } : {}) };
}
