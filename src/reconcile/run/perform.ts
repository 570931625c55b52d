import type { WriteApi } from "../../api";
import { attempt, type CarriedOut } from "../../lifecycle";
import { noSink, type Created, type KeySink } from "../../resources";
import type { Outcome } from "./outcome";
import type { LiveStep } from "../step";

/** What became of a step that was tried. */
export interface Finished {
  readonly live: LiveStep;
  readonly outcome: Outcome;
  readonly said?: string;
  /** "maybe": nobody knows, the answer was lost. */
  readonly happened?: CarriedOut["happened"];
  /** Somebody else has changed what it was to change. */
  readonly unexpected?: CarriedOut["unexpected"];
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

/** Carries a batch out; "apart" as in `attempt`. */
export async function perform(
  batch: readonly LiveStep[],
  { api, sink = noSink }: { readonly api: WriteApi; readonly sink?: KeySink },
  created: Created,
): Promise<readonly Finished[] | "apart"> {
  const [first] = batch;
  if (first === undefined) return [];
  const entries = batch.map(({ step: { values, facts } }) => ({ values, facts }));
  const results = await attempt(first.operation, entries, { api, created, sink });
  if (results === "apart") return results;
  return results.flatMap((result, index) => {
    const live = batch[index];
    return live === undefined ? [] : [{ live, ...result }];
  });
}
