import { resolve } from "node:path";
import {
  exitCodeOf,
  planFileText,
  refusesDeclarations,
  type LivePlan,
  type Plan,
  type RunOutcome,
} from "../reconcile";
import { orderText, viewOf, type Redaction } from "../report";
import { applyLine } from "./apply-line";
import { formatOf, renderPlan, shownPlan, type PlanFormat } from "./plan-formats";
import { writePrivate } from "./private-file";
import { verified } from "./second-lists";
import { openSession, planNow, type SessionOptions, type Surroundings } from "./session";

export interface PlanOptions extends SessionOptions {
  /** File of the sealed plan, for `apply`. */
  readonly out?: string | undefined;
  /** What is printed. */
  readonly format: PlanFormat;
  /** Files of further renderings; the ending says which. */
  readonly report: readonly string[];
  /** Where the HTML page will be found; the comment links to it. */
  readonly page?: string | undefined;
  /** Whether the HTML page shows the access of the whole organization. */
  readonly everyone?: boolean | undefined;
  readonly json?: boolean | undefined;
  /** Adds to the text why each step stands where it stands. */
  readonly explainOrder?: boolean | undefined;
  readonly detailedExitcode?: boolean | undefined;
  /** Asks for a second list of everything that is declared. */
  readonly verify?: boolean | undefined;
  /** The words after `plan`. */
  readonly argv: readonly string[];
}

/** `plan`: what an apply would do. Writes nothing to Amplitude. Answers the exit code. */
export async function planCommand(options: PlanOptions, surroundings: Surroundings): Promise<number> {
  const { out, page, everyone, argv } = options;
  const reports = options.report.map((file) => ({ file, format: formatOf(file) }));
  const session = await openSession({ ...options, readOnly: true }, surroundings);
  try {
    const planned = await planNow(session);
    const live = options.verify === true ? await verified(session, planned) : planned.live;
    const { terminal, directory } = surroundings;
    const command =
      live.plan.steps.length === 0 ? "nothing is to be run" : applyLine(argv, out, makesKeys(live));
    const { redaction } = surroundings;
    const shown = shownPlan(live, viewOf(live, command), redaction);
    const format = options.json === true ? "json" : options.format;
    terminal.result(renderPlan(shown, format, { color: terminal.color, page, everyone }));
    if (options.explainOrder === true && format === "text")
      terminal.result(`\n${hidden(orderText(live.plan, terminal), redaction)}`);
    if (redaction !== undefined && out !== undefined)
      terminal.note(`${out} holds names and e-mails: keep it from whom --redact is for.`);
    for (const { file, format: other } of reports)
      await writePrivate(
        resolve(directory, file),
        renderPlan(shown, other, { color: false, page, everyone }),
      );
    // Last: what could not be shown is not there to be approved.
    if (out !== undefined) await writePrivate(resolve(directory, out), planFileText(live.plan));
    return exitCodeOf(planOutcomes(live, options.detailedExitcode === true));
  } finally {
    await session.close();
  }
}

const hidden = (text: string, redaction: Redaction | undefined): string => redaction?.text(text) ?? text;

function makesKeys({ steps }: LivePlan): boolean {
  return steps.some(({ step, operation }) => step.actor === "write" && operation.seenOnce !== undefined);
}

/** What a plan alone says about the exit code: a refused plan is 3; changes are 2 where the caller asks. */
function planOutcomes({ plan }: LivePlan, detailed: boolean): RunOutcome[] {
  return [
    ...(blocksEverything(plan) || refusesDeclarations(plan.refusals) ? (["refused"] as const) : []),
    ...(detailed && plan.steps.length > 0 ? (["changes"] as const) : []),
  ];
}

/** Whether a refusal holds back the whole plan. */
export function blocksEverything({ refusals }: Plan): boolean {
  return refusals.some(({ steps }) => steps === undefined);
}
