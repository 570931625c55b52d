import { resolve } from "node:path";
import { exitCodeOf, planFileText, type LivePlan, type Plan, type RunOutcome } from "../reconcile";
import { planText } from "../report";
import { writePrivate } from "./private-file";
import { openSession, planNow, type SessionOptions, type Surroundings } from "./session";

export interface PlanOptions extends SessionOptions {
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
  readonly detailedExitcode?: boolean | undefined;
}

/** `plan`: what an apply would do. Writes nothing to Amplitude. Answers the exit code. */
export async function planCommand(options: PlanOptions, surroundings: Surroundings): Promise<number> {
  const session = await openSession({ ...options, readOnly: true }, surroundings);
  try {
    const { live } = await planNow(session);
    const { terminal } = surroundings;
    terminal.result(
      options.json === true ? `${JSON.stringify(live.plan, undefined, 2)}\n` : planText(live, terminal),
    );
    if (live.plan.steps.length > 0 && options.json !== true) terminal.result(`${howToRun(options.out)}\n`);
    if (options.out !== undefined)
      await writePrivate(resolve(surroundings.directory, options.out), planFileText(live.plan));
    return exitCodeOf(planOutcomes(live, options.detailedExitcode === true));
  } finally {
    await session.close();
  }
}

function howToRun(out: string | undefined): string {
  return out === undefined
    ? "To run exactly this: plan again with --out plan.json, then apply plan.json, each with the options of this plan."
    : `To run exactly this: apply ${out}, with the options of this plan.`;
}

/** What a plan alone says about the exit code: a refused plan is 3; changes are 2 where the caller asks. */
function planOutcomes({ plan }: LivePlan, detailed: boolean): RunOutcome[] {
  return [
    ...(blocksEverything(plan) ? (["refused"] as const) : []),
    ...(detailed && plan.steps.length > 0 ? (["changes"] as const) : []),
  ];
}

/** Whether a refusal holds back the whole plan. */
export function blocksEverything({ refusals }: Plan): boolean {
  return refusals.some(({ steps }) => steps === undefined);
}
