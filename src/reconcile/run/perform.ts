import { ApiFailure, type WriteApi } from "../../api";
import { noSink, type Created, type KeySink } from "../../resources";
import type { Outcome } from "./run";
import type { LiveStep } from "../step";

/** What became of a step that was tried. */
export interface Finished {
  readonly live: LiveStep;
  readonly outcome: Outcome;
  readonly said?: string;
  /** Nobody knows whether it happened: the answer was lost. */
  readonly uncertain?: true;
}

/** Neighbours that one request can carry. A batch of records sends none. */
export function* batches(steps: readonly LiveStep[]): Iterable<LiveStep[]> {
  let batch: LiveStep[] = [];
  for (const next of steps) {
    const [first] = batch;
    if (first !== undefined && !mergeable(first, next)) {
      yield batch;
      batch = [];
    }
    batch.push(next);
  }
  if (batch.length > 0) yield batch;
}

/** Whether one request can carry both; of records, none is sent. */
export function mergeable(a: LiveStep, b: LiveStep): boolean {
  if (a.step.operation !== b.step.operation || a.step.actor !== b.step.actor) return false;
  if (a.step.actor === "record") return true;
  const { operation } = a;
  return operation.batch !== undefined && operation.batch(a.step.values) === operation.batch(b.step.values);
}

/**
 * Carries a batch out. "apart": it was refused as a whole and nothing of it happened; one bad entry may be to blame, so each is to be
 * tried alone.
 */
export async function perform(
  batch: readonly LiveStep[],
  { api, sink = noSink }: { readonly api: WriteApi; readonly sink?: KeySink },
  created: Created,
): Promise<readonly Finished[] | "apart"> {
  const [first] = batch;
  if (first === undefined) return [];
  try {
    await first.operation.perform?.(
      api,
      batch.map(({ step: { values, facts } }) => ({ values, facts })),
      created,
      sink,
    );
    return batch.map((live) => ({ live, outcome: "done" }));
  } catch (error) {
    const divisible =
      batch.length > 1 &&
      error instanceof ApiFailure &&
      error.happened === "no" &&
      DIVISIBLE.has(error.status);
    return divisible ? "apart" : batch.map((live) => failure(live, error));
  }
}

/** Refusals that may be about one entry of several; a wrong credential is about all of them. */
const DIVISIBLE = new Set<number | undefined>([400, 404, 409, 422]);
/** Answers that say that there is no such thing here; a missing right or object says something else. */
const UNSUPPORTED = new Set<number | undefined>([400, 405, 422, 501]);

function failure(live: LiveStep, error: unknown): Finished {
  const { operation, step } = live;
  const said = error instanceof Error ? error.message : String(error);
  const status = error instanceof ApiFailure ? error.status : undefined;
  if (UNSUPPORTED.has(status) && operation.undocumented?.(step.values) === true) {
    return {
      live,
      outcome: "by hand",
      said: `${said} This Amplitude does not do it. ${operation.how(step.values, step.facts)}`,
    };
  }
  const uncertain = !(error instanceof ApiFailure) || error.happened === "maybe";
  return { live, outcome: "failed", said, ...(uncertain ? { uncertain } : {}) };
}
