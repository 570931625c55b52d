import { resolve } from "node:path";
import {
  approvalOf,
  exitCodeOf,
  isClosed,
  Ledger,
  parsePlan,
  runSteps,
  settled,
  type LivePlan,
  type Plan,
  type RunOutcome,
  type StepResult,
} from "../reconcile";
import { cleanText, planText, runText, tallyText, viewOf } from "../report";
import { keySink } from "./key-sink";
import { blocksEverything } from "./plan-command";
import { readNeeded } from "./private-file";
import { openSession, planNow, type Session, type SessionOptions, type Surroundings } from "./session";

export interface ApplyOptions extends SessionOptions {
  /** A saved plan: only steps that it holds, and whose facts are as they were, run. */
  readonly file?: string | undefined;
  readonly yes?: boolean | undefined;
  /** A new file for the values of keys whose store the environment does not name. */
  readonly keysOut?: string | undefined;
}

/** Interrupts a run between two requests. */
export interface Stop {
  readonly requested: boolean;
}

/** `apply`: plans again and runs what was approved. Answers the exit code. */
export async function applyCommand(
  options: ApplyOptions,
  surroundings: Surroundings,
  stop: Stop,
): Promise<number> {
  const session = await openSession(options, surroundings);
  try {
    return await applyIn(session, options, surroundings, stop);
  } finally {
    await session.base.close();
    await session.close("keep");
  }
}

async function applyIn(
  session: Session,
  options: ApplyOptions,
  { terminal, directory, env }: Surroundings,
  stop: Stop,
): Promise<number> {
  const { live } = await planNow(session);
  const { plan } = live;
  const approved =
    options.file === undefined ? undefined : await savedPlan(resolve(directory, options.file), plan);
  terminal.result(planText(viewOf(live, "this run, once it is approved"), terminal));
  if (blocksEverything(plan)) return exitCodeOf(["refused"]);
  if (plan.steps.length === 0) return 0;
  if (plan.guards.some((guard) => guard.guard === "organization" && isClosed(guard))) {
    terminal.note(
      `Nothing was written: it is not proved that the SCIM key is of organization ${plan.organization.orgId} (${plan.fingerprint.how}). ` +
        `Look at the people above. If it is the right one, run again with --trust-organization.`,
    );
    return exitCodeOf(["refused"]);
  }
  const approval = approved === undefined ? undefined : approvalOf(approved, plan);
  if (approval === undefined && !(await confirmed(options, terminal))) {
    terminal.note("Nothing was written.");
    return exitCodeOf(["refused"]);
  }
  await session.base.start();
  const ledger = new Ledger(session.base.base, live.lines, session.desired);
  const lapsed = new Map(approval?.lapsed.map(({ step, why }) => [step.id, why]));
  const progress = terminal.progress("Applying, steps", plan.steps.length);
  let done = 0;
  const sink = keySink(options.keysOut, session.desired.credentials, { env, directory });
  const results = await runSteps(live, {
    api: session.api(),
    ...(approval === undefined ? {} : { approved: approval.holds, lapsed }),
    now: session.api().now(),
    stopped: () => stop.requested,
    sink,
    onBegin: async (steps, created) =>
      await session.base.append(steps.map((step) => ledger.begin(step, created))),
    async onDone(finished, created) {
      const finishedSteps = finished.filter(({ outcome }) => outcome === "done");
      await session.base.append(finishedSteps.map(({ step }) => ledger.advance(step, created)));
      done += finished.length;
      progress.step(done);
    },
  }).finally(async () => {
    progress.end();
    await sink.close();
  });
  return await finish(session, ledger, results, {
    terminal,
    lapsed: approval !== undefined && approval.lapsed.length > 0,
  });
}

async function savedPlan(path: string, now: Plan): Promise<Plan> {
  return parsePlan(await readNeeded(path, "plan file"), path, now);
}

async function confirmed({ yes }: ApplyOptions, terminal: Session["terminal"]): Promise<boolean> {
  if (yes === true) return true;
  if (!terminal.interactive) {
    terminal.note(
      "Nobody can approve this plan: there is no terminal to ask at. Give --yes, or a saved plan that was reviewed: apply plan.json.",
    );
    return false;
  }
  return /^y(es)?$/i.test((await terminal.ask("Run these steps? Only yes runs them: ")).trim());
}

/** Reads again: after an apply a fresh plan is empty, but for what is said to be waiting, by hand or refused, or the run failed. */
async function finish(
  session: Session,
  ledger: Ledger,
  results: readonly StepResult[],
  { terminal, lapsed }: { readonly terminal: Session["terminal"]; readonly lapsed: boolean },
): Promise<number> {
  terminal.result(`\n${runText(results, terminal)}`);
  const after = await planNow(session, ledger.base());
  const base = settled(ledger.base(), after.live.live, after.live.instances);
  await session.base.settle(base);
  const left = leftOver(after.live, results);
  const outcomes = runOutcomes(results, { lapsed, leftOver: left.length > 0 });
  terminal.result(
    `\n${tallyText(results)}.${outcomes.includes("error") ? "" : " Read again: as planned."}\n`,
  );
  for (const text of left) terminal.result(`  left over: ${cleanText(text)}\n`);
  return exitCodeOf(outcomes);
}

/** Steps that the fresh plan has and that this run did not announce as open. */
function leftOver({ plan }: LivePlan, results: readonly StepResult[]): string[] {
  const open = new Set(results.filter(({ outcome }) => outcome !== "done").map(({ step }) => step.id));
  return plan.steps.filter(({ id, actor }) => !open.has(id) && actor !== "record").map(({ text }) => text);
}

function runOutcomes(
  results: readonly StepResult[],
  { lapsed, leftOver: hasLeft }: { readonly lapsed: boolean; readonly leftOver: boolean },
): RunOutcome[] {
  const has = (...wanted: StepResult["outcome"][]): boolean =>
    results.some(({ outcome }) => wanted.includes(outcome));
  return [
    ...(has("failed", "skipped", "stopped") || hasLeft ? (["error"] as const) : []),
    ...(lapsed ? (["moved facts"] as const) : []),
    ...(has("refused") ? (["refused"] as const) : []),
    ...(has("waiting") ? (["waiting"] as const) : []),
    ...(results.some(
      ({ step, outcome }) => outcome === "by hand" || (outcome === "later" && step.actor !== "record"),
    )
      ? (["by hand"] as const)
      : []),
  ];
}
