import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import type { Environment } from "../api";
import {
  ANSWER_CHANNEL,
  askedPeople,
  judge,
  ownVerdict,
  playbook,
  type Case,
  type HostAnswer,
} from "../policies";
import type { Verdict } from "../reconcile";
import { DiagnosticError, problem } from "../schema";
import { startForeign } from "./foreign-command";

/** Where policies are from, and how they are run. */
export interface PoliciesSource {
  /** What --policies names. */
  readonly named: string | undefined;
  readonly directory: string;
  readonly env: Environment;
  /** Told when the file's code could read credentials of this run. */
  readonly exposed: (line: string) => void;
}

/** Beside the stack, unless --policies says otherwise. */
const NAMES = ["policies.ts", "policies.mts", "policies.js", "policies.mjs", "policies.cjs"];
/** A policy that has not answered by then does not end. */
const LIMIT_MS = 60_000;
const SHOWN_LINES = 30;

/**
 * What policies say of a case: those of the policies file, or the playbook's as they come where there is none.
 *
 * @throws DiagnosticError when the file is not there, does not load, holds what is no policy, or does not end
 */
export async function verdictOf(judged: Case, source: PoliciesSource): Promise<Verdict> {
  const file = policiesFile(source);
  if (file === undefined) return judge(judged, playbook());
  const { live, desired } = judged;
  const { problems, playbook: rules, answers } = await run(file, askedPeople(live, desired), source);
  if (problems.length > 0) throw refused(file, problems.join("; "), "Correct it, and run again.");
  const [theirs, own] = [judge(judged, rules), ownVerdict(answers, live.plan.steps)];
  return {
    findings: [...theirs.findings, ...own.findings],
    outcomes: [...theirs.outcomes, ...own.outcomes],
  };
}

function policiesFile({ named, directory }: PoliciesSource): string | undefined {
  const found = (named === undefined ? NAMES : [named])
    .map((name) => resolve(directory, name))
    .find((path) => existsSync(path));
  if (found === undefined && named !== undefined)
    throw refused(resolve(directory, named), "There is no such file", "Check the path.");
  return found;
}

function refused(file: string, why: string, advice: string): DiagnosticError {
  return new DiagnosticError([
    problem(`Cannot use the policies in ${file}`, `${why}. Nothing was judged. ${advice}`),
  ]);
}

/** As stacks are: code that is not ours, in a process of its own. */
async function run(
  file: string,
  people: unknown,
  { directory, env, exposed }: PoliciesSource,
): Promise<HostAnswer> {
  const host = join(__dirname, "..", "policies", "own", `host${extname(__filename)}`);
  const child = startForeign([process.execPath, ...loader(file), host, file], {
    cwd: directory,
    env,
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    timeout: LIMIT_MS,
    exposed,
  });
  const stream = (channel: number): Readable => child.stdio[channel] as Readable;
  // One that ends early does not read what is written to it.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(JSON.stringify(people));
  const ended = new Promise<number | null>((done, fail) => {
    child.on("error", fail);
    child.on("close", done);
  });
  const [answer, printed, said, code] = await Promise.all([
    text(stream(ANSWER_CHANNEL)),
    text(stream(1)),
    text(stream(2)),
    ended,
  ]);
  if (code === null)
    throw refused(file, `It did not answer within ${LIMIT_MS / 1000} seconds`, "Does a policy not end?");
  if (code === 0 && answer !== "") return JSON.parse(answer) as HostAnswer;
  const shown = `${printed}${said}`.trim().split("\n").slice(-SHOWN_LINES).join("\n");
  throw refused(file, `It ended with ${code} and said:\n\n${shown}\n\n`, "Correct it, and run again.");
}

/** TypeScript needs tsx, as stacks do, or a Node.js that reads it itself. */
function loader(file: string): string[] {
  if (!/\.[cm]?ts$/.test(file) && extname(__filename) === ".js") return [];
  for (const from of [file, __filename]) {
    try {
      return ["--import", pathToFileURL(createRequire(from).resolve("tsx")).href];
    } catch {
      // The next one may have it.
    }
  }
  if ("typescript" in process.features) return [];
  throw refused(
    file,
    "It is TypeScript, and there is no tsx beside it",
    "Run npm install --save-dev tsx, or write JavaScript: policies.mjs.",
  );
}
