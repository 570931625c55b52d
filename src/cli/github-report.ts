import { resolve } from "node:path";
import { refused, markerIn, placeless, writeCheck, writeComment, type Check } from "../github";
import { exitCodeOf, savedPlan, type Plan } from "../reconcile";
import { cleanText, commandLabel, commentBytes } from "../report";
import { DiagnosticError } from "../schema";
import { githubOf } from "./github-access";
import { readIfThere } from "./private-file";
import type { Surroundings } from "./session";

export interface GitHubReportOptions {
  readonly pullRequest: string;
  /** Head commit that was planned. */
  readonly commit: string;
  /** What `plan` ended with. */
  readonly exitCode: string;
  /** File of the saved plan. */
  readonly plan: string;
  /** File of the comment. */
  readonly comment: string;
  /** File of what `plan` said beside it. */
  readonly log: string;
}

/** `github report`: the comment of a pull request, edited in place, and the check of its head commit. */
export async function githubReportCommand(
  options: GitHubReportOptions,
  { env, directory, terminal }: Surroundings,
): Promise<number> {
  const github = githubOf(env);
  const { commit } = options;
  const number = Number(options.pullRequest);
  if (!Number.isInteger(number) || number < 1)
    throw refused(
      `--pull-request ${options.pullRequest}`,
      "It is no number",
      "Give what github gather told.",
    );
  const read = async (file: string): Promise<string | undefined> =>
    await readIfThere(resolve(directory, file));
  const [planText, text, log = ""] = [
    await read(options.plan),
    await read(options.comment),
    await read(options.log),
  ];
  const plan = planOf(planText);
  if (plan === undefined || text === undefined || markerIn(text) === undefined) {
    const said = `No plan of \`${commit.slice(0, 12)}\` could be made (exit code ${cleanText(options.exitCode)}). Whoever approves now approves nothing.`;
    const summary = `${said}\n\n${fenced(log)}\n`;
    await writeComment(
      github,
      number,
      (present = placeless) => `### Amplitude access · no plan ${present}\n\n${summary}`,
    );
    const title = `#${number}: no plan could be made`;
    await writeCheck(github, { name: CHECK, commit, conclusion: "failure", title, summary });
    terminal.result(`#${number}: no plan.\n`);
    return 0;
  }
  const body = forReviewers(text, commit);
  await writeComment(github, number, () => body);
  const said = planConclusion(plan, options.exitCode);
  await writeCheck(github, {
    name: CHECK,
    commit,
    ...said,
    title: `#${number}: ${said.title}`,
    summary: text,
  });
  terminal.result(`#${number}: ${said.title} (${said.conclusion}).\n`);
  return 0;
}

const CHECK = "amplitude-access/plan";

/** Nobody runs a plan of a pull request by hand: what is to be run becomes what is to be approved, unless it does not fit. */
function forReviewers(text: string, commit: string): string {
  const approve = `**To approve,** approve this pull request. Your approval is for this plan, of commit \`${commit.slice(0, 12)}\`: what is no step of it does not run, and a step whose facts move lapses.`;
  const lines = text.split("\n").filter((line) => !line.startsWith(commandLabel));
  const at = lines.findLastIndex((line) => line.startsWith("**Cost:**"));
  lines.splice(at + 2, 0, approve);
  const body = lines.join("\n");
  return Buffer.byteLength(body, "utf8") <= commentBytes ? body : text;
}

function planOf(text: string | undefined): Plan | undefined {
  try {
    return text === undefined ? undefined : savedPlan(text, "plan.json");
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}

/** Waiting and what people do by hand is nobody's mistake: neutral. A refusal is a failure. */
function planConclusion(plan: Plan, exitCode: string): Pick<Check, "conclusion" | "title"> {
  const { steps, refusals, digest } = plan;
  const counted = steps.filter(({ actor }) => actor !== "record");
  const others = counted.filter(({ actor }) => actor !== "write").length;
  const what = `plan ${digest.slice(0, 12)}: ${counted.length} steps`;
  if (refusals.length > 0 || exitCode !== "0")
    return { conclusion: "failure", title: `${what}, ${refusals.length} refusals` };
  if (others > 0)
    return { conclusion: "neutral", title: `${what}, ${others} of them by people or the identity provider` };
  return { conclusion: "success", title: what };
}

export interface GitHubOutcomeOptions {
  readonly exitCode: string;
  /** File of what `apply` printed. */
  readonly log: string;
}

const OUTCOMES: Readonly<Record<string, Pick<Check, "conclusion" | "title">>> = {
  0: { conclusion: "success", title: "Everything that was approved is done" },
  [exitCodeOf(["by hand"])]: { conclusion: "neutral", title: "Steps remain that people do by hand" },
  [exitCodeOf(["waiting"])]: { conclusion: "neutral", title: "Waiting for the identity provider" },
  [exitCodeOf(["refused"])]: { conclusion: "failure", title: "Refused, or not approved" },
  [exitCodeOf(["moved facts"])]: { conclusion: "failure", title: "Not approved, or facts moved since" },
  [exitCodeOf(["incomplete read"])]: { conclusion: "failure", title: "Amplitude could not be read whole" },
};

/** `github outcome`: the check of the commit that was applied. Answers the exit code for the job: waiting and steps by hand are no failures. */
export async function githubOutcomeCommand(
  { exitCode, log }: GitHubOutcomeOptions,
  { env, directory }: Surroundings,
): Promise<number> {
  const github = githubOf(env);
  const said = OUTCOMES[exitCode] ?? { conclusion: "failure", title: `Ended with ${cleanText(exitCode)}` };
  const printed = (await readIfThere(resolve(directory, log))) ?? "";
  const commit = env["GITHUB_SHA"] ?? "";
  await writeCheck(github, { name: "amplitude-access/apply", commit, ...said, summary: fenced(printed) });
  return said.conclusion === "failure" ? Number(exitCode) || 1 : 0;
}

const LONGEST = 30_000;

/** A text in which nothing is interpreted: its end, where it is long. */
function fenced(text: string): string {
  const lines = text.split("\n").map(cleanText).join("\n").trim().slice(-LONGEST);
  const fence = "`".repeat(Math.max(3, ...[...lines.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}text\n${lines}\n${fence}`;
}
