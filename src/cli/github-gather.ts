import { appendFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { Environment } from "../api";
import {
  artifactsOfRun,
  filesOf,
  folderAt,
  pullOfRun,
  refused,
  repositoryOf,
  runOf,
  type GitHub,
  type PullRequest,
} from "../github";
import { approvedByText, parseStack, reviewedDigest, unite } from "../reconcile";
import { DiagnosticError } from "../schema";
import { BASELINE } from "./drift-look";
import { githubOf, needed } from "./github-access";
import { readNeeded, writePrivate } from "./private-file";
import { APPROVALS, CONFIRMATIONS } from "./reviewed-files";
import type { Surroundings } from "./session";

/** What the synth workflow uploads: cdk.tf.json, one of every stack. */
export const SYNTH_ARTIFACT = "amplitude-access-synth";

export interface GitHubGatherOptions {
  /** Folder for what was gathered. */
  readonly out: string;
  /** Run that synthesized; that of the event where it is left out. */
  readonly run?: string | undefined;
}

const eventSchema = z.looseObject({ workflow_run: z.looseObject({ id: z.int() }) });

/**
 * `github gather`: what a pull request is planned from, as data: the synthesized files of the run, and its reviewed files as they are in its
 * head commit. None of it is run.
 */
export async function githubGatherCommand(
  { out, run: given }: GitHubGatherOptions,
  { env, directory, terminal }: Surroundings,
): Promise<number> {
  const github = githubOf(env);
  const folder = resolve(directory, out);
  if (given !== undefined) {
    await gatherConfig(github, Number(given), folder);
    return 0;
  }
  const event = await eventOf(env);
  const repository = await repositoryOf(github);
  const run = await runOf(github, event.workflow_run.id);
  const pull = await pullOfRun(github, run, repository);
  if (pull === undefined) {
    terminal.result(
      `No open pull request has ${run.head_sha} as its head any more: there is nothing to plan.\n`,
    );
    return 0;
  }
  const config = await gatherConfig(github, run.id, folder);
  const reviewed = await gatherReviewed(github, pull, folder);
  await gatherApproved(config, reviewed, join(folder, "approved.json"));
  await tell(env, { number: String(pull.number), head: pull.head.sha });
  terminal.result(
    `#${pull.number} at ${pull.head.sha}: ${config.size} stacks, ${reviewed.size} reviewed files.\n`,
  );
  return 0;
}

async function eventOf(env: Environment): Promise<z.infer<typeof eventSchema>> {
  const path = needed(env, "GITHUB_EVENT_PATH");
  const text = await readNeeded(path, "event of the job");
  const parsed = eventSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw refused(
    `The event of this job (${path})`,
    "It is not of a finished run",
    "Run this in a job on `workflow_run`.",
  );
}

async function gatherConfig(
  github: GitHub,
  run: number,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const [artifact, ...others] = await artifactsOfRun(github, run, SYNTH_ARTIFACT);
  if (artifact === undefined || others.length > 0) {
    const said = artifact === undefined ? "It has none" : "It has several";
    throw refused(
      `The artifact ${SYNTH_ARTIFACT} of run ${run}`,
      said,
      "Run the job again that synthesizes.",
    );
  }
  const files = await filesOf(github, artifact, (path) => path.endsWith(".json"));
  const config = new Map<string, string>();
  for (const [path, text] of files) {
    // Where it was says which stack it is, for messages. It is written nowhere but here.
    const name = path
      .replaceAll(/[^\w-]+/g, "-")
      .replace(/^-|-json$/g, "")
      .slice(0, 80);
    config.set(`${String(config.size + 1).padStart(2, "0")}-${name}.json`, text);
  }
  // Without one, a plan would be made of the stacks that are here.
  if (config.size === 0)
    throw refused(
      `The artifact ${SYNTH_ARTIFACT} of run ${run}`,
      "There is no stack in it",
      "Does the app synthesize one?",
    );
  for (const [name, text] of config) await writePrivate(join(folder, "config", name), text);
  return config;
}

async function gatherReviewed(
  github: GitHub,
  { head }: PullRequest,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const paths = [
    ...(await folderAt(github, APPROVALS, head.sha)),
    ...(await folderAt(github, CONFIRMATIONS, head.sha)),
    BASELINE,
  ];
  const found = new Map<string, string>();
  for (const path of paths) {
    const bytes = await github.file(path, head.sha);
    if (bytes === undefined) continue;
    const text = new TextDecoder().decode(bytes);
    await writePrivate(join(folder, path), text);
    found.set(path, text);
  }
  return found;
}

/** The plan is made as it will be once the pull request was reviewed. Nothing runs by this list: no plan and no step is in it. */
async function gatherApproved(
  config: ReadonlyMap<string, string>,
  reviewed: ReadonlyMap<string, string>,
  path: string,
): Promise<void> {
  try {
    const { orgId } = unite([...config].map(([name, text]) => parseStack(text, name)));
    const files = [...reviewed].map(([file, text]) => ({ file, digest: reviewedDigest(text) }));
    await writePrivate(path, approvedByText({ organization: orgId, plans: [], steps: [], files }));
  } catch (error) {
    // What is wrong with the stacks is for the plan to say.
    if (!(error instanceof DiagnosticError)) throw error;
  }
}

/** `github visibility`: tells the job whether everybody may read the repository, and with it what its jobs write. */
export async function githubVisibilityCommand({ env, terminal }: Surroundings): Promise<number> {
  const isPublic = !(await repositoryOf(githubOf(env))).private;
  await tell(env, { public: String(isPublic) });
  terminal.result(
    isPublic
      ? "Everybody may read this repository: names are redacted.\n"
      : "This repository is not public.\n",
  );
  return 0;
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-output-parameter */
async function tell(env: Environment, outputs: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  await appendFile(needed(env, "GITHUB_OUTPUT"), lines.join(""));
}
