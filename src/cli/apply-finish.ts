import type { AuditEvent } from "../api";
import {
  exitCodeOf,
  leftOverOf,
  recordedFound,
  refusesDeclarations,
  settled,
  type Ledger,
  type LeftOver,
  type LivePlan,
  type RunOutcome,
  type StepResult,
} from "../reconcile";
import { leftOverText, runText, tallyText } from "../report";
import type { Snapshot } from "../resources";
import { planNow, type Session } from "./session";

/** How a run ended, for its receipt. */
export interface Finished {
  readonly exitCode: number;
  readonly snapshot: Snapshot;
  readonly left: readonly string[];
}

/**
 * Reads again: after an apply a fresh plan is empty, but for what is said to be waiting, by hand or refused, or the run failed. What others
 * changed meanwhile is named with both sides, and is not written again.
 */
export async function finish(
  session: Session,
  ledger: Ledger,
  results: readonly StepResult[],
  { lapsed, startedAt }: { readonly lapsed: boolean; readonly startedAt: number },
): Promise<Finished> {
  const { terminal } = session;
  terminal.result(`\n${runText(results, terminal)}`);
  let after = await planNow(session, ledger.base());
  // A reading may be older than the last write: what it lacks is looked at once more.
  if (isOpen(after.live, results)) after = await planNow(session, ledger.base());
  const settledBase = settled(ledger.base(), after.live.live, after.live.instances, after.logins, after.live);
  const base = {
    ...settledBase,
    found: recordedFound(after.live, session.desired, settledBase),
    at: new Date(session.api().now()).toISOString(),
  };
  await session.base.settle(base);
  const events =
    isOpen(after.live, results) || hasFailed(results) ? await eventsSince(session, startedAt) : [];
  const left = leftOverOf(after.live, results, events);
  const outcomes = [
    ...runOutcomes(results, left, lapsed),
    ...(refusesDeclarations(after.live.plan.refusals) ? (["refused"] as const) : []),
  ];
  const good = !outcomes.includes("error") && left.clashes.length === 0;
  terminal.result(`\n${tallyText(results)}.${good ? " Read again: as planned." : ""}\n`);
  terminal.result(leftOverText(left, terminal));
  return {
    exitCode: exitCodeOf(outcomes),
    snapshot: after.snapshot,
    left: after.live.plan.steps.filter(({ actor }) => actor !== "record").map(({ text }) => text),
  };
}

/** Whether a fresh plan holds what this run did not announce as open. */
function isOpen(after: LivePlan, results: readonly StepResult[]): boolean {
  return leftOverOf(after, results, []).steps.length > 0;
}

const hasFailed = (results: readonly StepResult[]): boolean =>
  results.some(({ outcome }) => outcome === "failed");

/** Amplitude's clock and ours may differ by as much. */
const SLACK = 60_000;

async function eventsSince(session: Session, startedAt: number): Promise<readonly AuditEvent[]> {
  const api = session.api();
  if (!api.families.has("audit-log")) return [];
  try {
    const [from, to] = [startedAt - SLACK, api.now() + SLACK].map((time) => new Date(time).toISOString());
    return (await api.events(from ?? "", to ?? "")).items;
  } catch {
    // Without the log it is told as left over.
    return [];
  }
}

function runOutcomes(
  results: readonly StepResult[],
  { clashes, steps }: LeftOver,
  lapsed: boolean,
): RunOutcome[] {
  const clashing = new Set(
    clashes.flatMap(({ step, met }) => [step.id, ...(met === undefined ? [] : [met.id])]),
  );
  const has = (...wanted: StepResult["outcome"][]): boolean =>
    results.some(({ outcome, step }) => wanted.includes(outcome) && !clashing.has(step.id));
  return [
    ...(has("failed", "skipped", "stopped") || steps.length > 0 ? (["error"] as const) : []),
    ...(lapsed || clashes.length > 0 ? (["moved facts"] as const) : []),
    ...(has("refused") ? (["refused"] as const) : []),
    ...(has("waiting") ? (["waiting"] as const) : []),
    ...(results.some(
      ({ step, outcome }) => outcome === "by hand" || (outcome === "later" && step.actor !== "record"),
    )
      ? (["by hand"] as const)
      : []),
  ];
}
