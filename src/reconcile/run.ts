import { ApiFailure, type WriteApi } from "../api";
import { noSink, type Created, type KeySink } from "../resources";
import { HeldBack } from "./held-back";
import { withoutSink } from "./key-sinks";
import type { LivePlan } from "./plan";
import type { LiveStep, Step } from "./step";

/** How one step ended. */
export type Outcome =
  "done" | "failed" | "waiting" | "by hand" | "later" | "refused" | "not approved" | "skipped" | "stopped";

export interface StepResult {
  readonly step: Step;
  readonly outcome: Outcome;
  /** What the other side said, or why nothing was sent. */
  readonly said?: string;
}

/** What a run needs beside the plan. */
export interface RunOptions {
  readonly api: WriteApi;
  /** Ids of steps that may run; undefined: all that the plan does not refuse. */
  readonly approved?: ReadonlySet<string>;
  /** Why a step is not approved, by its id. */
  readonly lapsed?: ReadonlyMap<string, string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Asked before every request: a run that is to stop finishes the request in flight and sends no other. */
  readonly stopped: () => boolean;
  /** Where values of new keys go; undefined: no key is made. */
  readonly sink?: KeySink;
  /** Called before a key is made, whose value is seen once: that it was begun is written down before it returns. */
  readonly onBegin: (steps: readonly Step[], created: Created) => Promise<void>;
  /** Called when steps have finished, in order; what must not be lost is written before it returns. */
  readonly onDone: (results: readonly StepResult[], created: Created) => Promise<void>;
}

/**
 * Executes a plan's steps in their order. One failing step does not stop the others: it holds back what takes something
 * away from the same people, and the record of its own declaration. Nothing is sent for what is waiting, by hand or refused.
 */
export async function runSteps(
  { plan, steps, before, after }: LivePlan,
  options: RunOptions,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const created: Created = new Map();
  const held = new HeldBack(before, after);
  const unfinished = new Set<string>();
  const refusals = new Map([
    ...plan.refusals.flatMap(({ steps: ids, summary }) => (ids ?? []).map((id) => [id, summary] as const)),
    ...(await withoutSink(steps, options)),
  ]);
  const texts = new Map(steps.map(({ step }) => [step.id, step.text]));
  for (const batch of batches(steps)) {
    const reasons = batch.map((step) => notRunning(step, { ...options, refusals, texts, held, unfinished }));
    const runnable = batch.filter((_, index) => reasons[index] === undefined);
    const skipped = batch.flatMap((step, index) => {
      const reason = reasons[index];
      return reason === undefined ? [] : [{ live: step, ...reason }];
    });
    const once = runnable.filter(({ operation }) => operation.seenOnce !== undefined);
    if (once.length > 0)
      await options.onBegin(
        once.map(({ step }) => step),
        created,
      );
    const finished: Finished[] = [...(await perform(runnable, options, created)), ...skipped];
    for (const { live: step, outcome } of finished) {
      if (outcome === "done") {
        held.done(step);
        continue;
      }
      for (const address of step.step.addresses) unfinished.add(address);
      held.hold(step, outcome);
    }
    const batchResults = finished.map(({ live: { step }, outcome, said }) => ({
      step,
      outcome,
      ...(said === undefined ? {} : { said }),
    }));
    results.push(...batchResults);
    await options.onDone(batchResults, created);
  }
  return results;
}

interface Finished {
  readonly live: LiveStep;
  readonly outcome: Outcome;
  readonly said?: string;
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

function mergeable(a: LiveStep, b: LiveStep): boolean {
  if (a.step.operation !== b.step.operation || a.step.actor !== b.step.actor) return false;
  if (a.step.actor === "record") return true;
  const { operation } = a;
  return operation.batch !== undefined && operation.batch(a.step.values) === operation.batch(b.step.values);
}

interface Reasons extends RunOptions {
  /** Of every step, by its id. */
  readonly texts: ReadonlyMap<string, string>;
  readonly refusals: ReadonlyMap<string, string>;
  readonly held: HeldBack;
  readonly unfinished: ReadonlySet<string>;
}

/** Why a step does not run now; undefined when it may. */
function notRunning(
  live: LiveStep,
  { refusals, texts, approved, lapsed, held, unfinished, now, stopped }: Reasons,
): { outcome: Outcome; said?: string } | undefined {
  const { step } = live;
  const refusal = refusals.get(step.id);
  if (refusal !== undefined) return { outcome: "refused", said: refusal };
  if (approved !== undefined && !approved.has(step.id)) {
    return { outcome: "not approved", said: lapsed?.get(step.id) ?? "nobody approved this step" };
  }
  if (stopped()) return { outcome: "stopped", said: "the run was stopped" };
  switch (step.actor) {
    case "idp":
      return { outcome: "waiting", ...(step.how === undefined ? {} : { said: step.how }) };
    case "hand":
      return { outcome: "by hand", ...(step.how === undefined ? {} : { said: step.how }) };
    case "record": {
      const open = step.addresses.some((address) => unfinished.has(address));
      return open ? { outcome: "later", said: "other steps of it are still to be done" } : undefined;
    }
    case "write": {
      if (step.notBefore !== undefined && Date.parse(step.notBefore) > now)
        return { outcome: "later", said: `not before ${step.notBefore}` };
      if (step.notBefore === undefined && step.unless !== undefined)
        return { outcome: "later", said: `it waits for this: ${texts.get(step.unless) ?? step.unless}` };
      return held.reason(live);
    }
  }
}

/** Carries a batch out; a refused batch is taken apart, so that one bad entry fails alone. */
async function perform(
  batch: readonly LiveStep[],
  options: RunOptions,
  created: Created,
): Promise<Finished[]> {
  const [first] = batch;
  if (first === undefined) return [];
  if (first.step.actor === "record") return batch.map((live) => ({ live, outcome: "done" }));
  try {
    await first.operation.perform?.(
      options.api,
      batch.map(({ step: { values, facts } }) => ({ values, facts })),
      created,
      options.sink ?? noSink,
    );
    return batch.map((live) => ({ live, outcome: "done" }));
  } catch (error) {
    if (
      batch.length > 1 &&
      error instanceof ApiFailure &&
      error.happened === "no" &&
      DIVISIBLE.has(error.status)
    ) {
      const parts: Finished[] = [];
      for (const live of batch) parts.push(...(await perform([live], options, created)));
      return parts;
    }
    return batch.map((live) => failure(live, error));
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
  return { live, outcome: "failed", said };
}
