import type { Family } from "../api";
import type { Context, Created, StepDraft } from "../resources";
import { problem, type Diagnostic } from "../schema";
import type { CarriedOut } from "./carry-out";
import type { LiveReads } from "./live-reads";
import type { WriteQueue } from "./write-queue";

/** What carries out the changes of single instances. */
export interface Applier {
  readonly reads: LiveReads;
  readonly queue: WriteQueue;
  readonly created: Created;
  readonly families: ReadonlySet<Family>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Rejects when the run is to stop. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Asked before every atom: a run that is to stop finishes the request in flight and sends no other. */
  readonly stopped: () => boolean;
  /** Why an atom must not happen, judged from what is live; undefined when it may. */
  readonly refusal: (draft: StepDraft) => Promise<Diagnostic | undefined>;
}

/** How the atoms of one instance ended. */
export interface Run {
  /** Whether anything was, or may have been, changed. */
  readonly touched: boolean;
  readonly errors: readonly Diagnostic[];
  /** What others have to do. */
  readonly open: readonly Diagnostic[];
}

/**
 * Neighbours that one request can carry are sent at once; everything else waits for what is before it, and for its success unless they are
 * said to be `apart`.
 */
export async function carryOutAll(
  drafts: readonly StepDraft[],
  context: Context,
  applier: Applier,
  apart = false,
): Promise<Run> {
  const errors: Diagnostic[] = [];
  const open: Diagnostic[] = [];
  const waiting = new Set<string>();
  let touched = false;
  const ends = (): boolean => errors.length > 0 && (!apart || applier.stopped());
  for (let at = 0; at < drafts.length;) {
    const first = drafts[at];
    if (first === undefined) break;
    const end = drafts.findIndex((draft, index) => index > at && !goesWith(first, draft));
    const batch = drafts.slice(at, end === -1 ? drafts.length : end);
    at += batch.length;
    const runnable: StepDraft[] = [];
    for (const draft of batch) {
      const held = await reasonToWait(draft, { context, applier, waiting });
      if (held === undefined) {
        runnable.push(draft);
        continue;
      }
      if (held.severity === "error") {
        errors.push(held);
        continue;
      }
      open.push(held);
      for (const person of draft.operation.people(draft.values)) waiting.add(person);
    }
    if (ends()) break;
    const results = await Promise.all(
      runnable.map((draft) => applier.reads.writes.run(() => applier.queue.run(draft))),
    );
    results.forEach((result, index) => {
      touched ||= result.outcome === "done" || result.happened === "maybe";
      const draft = runnable[index];
      if (draft !== undefined && result.outcome !== "done") errors.push(failureOf(draft, result));
    });
    if (ends()) break;
  }
  return { touched, errors, open };
}

function goesWith(a: StepDraft, b: StepDraft): boolean {
  const { batch } = a.operation;
  return a.operation === b.operation && batch !== undefined && batch(a.values) === batch(b.values);
}

interface Waiting {
  readonly context: Context;
  readonly applier: Applier;
  /** People for whom somebody else has to do something first. */
  readonly waiting: ReadonlySet<string>;
}

/** Why an atom is not carried out now: refused, somebody else's, or too early. */
async function reasonToWait(
  draft: StepDraft,
  { context, applier, waiting }: Waiting,
): Promise<Diagnostic | undefined> {
  const { operation, values, facts, notBefore } = draft;
  const text = operation.text(values, facts);
  if (applier.stopped()) return problem(`${text}: not sent`, "Terraform was told to stop. Apply again.");
  const open = (why: string): Diagnostic => problem(text, why, { severity: "warning" });
  if (operation.actor !== "write") return open(operation.how(values, facts));
  if (operation.family !== undefined && !applier.families.has(operation.family))
    return open(`By hand: ${operation.how(values, facts)}`);
  if (notBefore !== undefined && Date.parse(notBefore) > context.now)
    return open(`Not before ${notBefore}. Apply again then.`);
  // What an identity provider still holds it would make again.
  const removes = operation.effects(values, facts).some(({ type }) => type === "remove_person");
  if (removes && operation.people(values).some((person) => waiting.has(person)))
    return open("Waits until the identity provider has let them go. Apply again then.");
  return applier.refusal(draft);
}

function failureOf({ operation, values, facts }: StepDraft, { said = "" }: CarriedOut): Diagnostic {
  return problem(`${operation.text(values, facts)}: failed`, said);
}
