import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, posix, relative, resolve, sep } from "node:path";
import {
  approvedPlans,
  fileApproval,
  filesOf,
  headOf,
  mergedSince,
  refused,
  repositoryOf,
  type Authority,
  type GitHub,
  type MergedPull,
} from "../github";
import {
  approvedByText,
  approvedIn,
  parseStack,
  reviewedDigest,
  savedPlan,
  unite,
  type ApprovedBy,
  type Plan,
  type ReceiptStep,
} from "../reconcile";
import { cleanText } from "../report";
import { DiagnosticError } from "../schema";
import { receiptsOf } from "./evidence";
import { githubOf, needed, teamsOf } from "./github-access";
import { readNeeded, writePrivate } from "./private-file";
import { APPROVALS, CONFIRMATIONS, namesOfReviewed } from "./reviewed-files";
import type { Surroundings } from "./session";

export interface GitHubApprovedOptions {
  /** Synthesized files of the commit that is applied: they say for which organization. */
  readonly config: readonly string[];
  /** The commit of the last apply that left nothing to do. */
  readonly since: string;
  /** Where the list goes, for `--approved-by`. */
  readonly out: string;
  /** Folder for the plans that were approved, for `apply`. */
  readonly plans: string;
  readonly approvals?: string | undefined;
  readonly confirmations?: string | undefined;
  /** A path whose owners answer for every plan. */
  readonly owns: string;
  /** Folder of receipts: what an approval was used for is not approved once more. */
  readonly receipts?: string | undefined;
}

/** `github approved`: what GitHub's reviews approve of what was merged since a commit. Asks GitHub, and believes no file. */
export async function githubApprovedCommand(
  options: GitHubApprovedOptions,
  { env, directory, terminal }: Surroundings,
): Promise<number> {
  const github = githubOf(env);
  const commit = needed(env, "GITHUB_SHA");
  const organization = await organizationOf(options.config, directory);
  const repository = await repositoryOf(github);
  const authority = { github, path: options.owns, repository, teams: teamsOf(env) };
  const branch = repository.default_branch;
  await mustBeHead(github, branch, commit);
  const { merged, leftOut } = await mergedSince(github, { since: options.since, until: commit, branch });
  const say = (line: string): void => terminal.result(`${cleanText(line)}\n`);
  for (const note of leftOut) say(note);
  const plans: Plan[] = [];
  const steps = new Set<string>();
  const doneOn = new Map<string, readonly ReceiptStep[]>();
  for (const each of merged) {
    for (const { plan, text, name, madeAt } of await plansOf(authority, each, organization, say)) {
      plans.push(plan);
      const { host } = plan.organization;
      const done = doneOn.get(host) ?? (await doneSteps(options.receipts, plan, directory));
      doneOn.set(host, done);
      // What was done since a plan was made has used its approval up.
      const used = new Set(
        done.filter(({ at }) => Date.parse(at) > Date.parse(madeAt)).map(({ step }) => step),
      );
      for (const id of approvedIn(plan).keys()) if (!used.has(id)) steps.add(id);
      await writePrivate(resolve(directory, options.plans, `${name}.json`), text);
    }
  }
  const files = await countingFiles(authority, options, { commit, directory, say });
  const list: ApprovedBy = {
    organization,
    plans: [...new Set(plans.map(({ digest }) => digest))],
    steps: [...steps],
    files,
  };
  await writePrivate(resolve(directory, options.out), approvedByText(list));
  say(
    `${merged.length} pull requests merged since ${options.since.slice(0, 8)}: ${list.plans.length} plans with ${list.steps.length} steps are approved, and ${files.length} files count.`,
  );
  return 0;
}

async function organizationOf(config: readonly string[], directory: string): Promise<string> {
  const stacks = await Promise.all(
    config.map(async (file) => parseStack(await readNeeded(resolve(directory, file), "configuration"), file)),
  );
  return unite(stacks).orgId;
}

/** An old run that is started once more would bring an old commit about. */
async function mustBeHead(github: GitHub, branch: string, commit: string): Promise<void> {
  const head = await headOf(github, branch);
  if (head === commit) return;
  throw refused(
    `What is approved of ${commit.slice(0, 8)}`,
    `${branch} is at ${head.slice(0, 8)} by now`,
    "Nothing was approved: the run of that commit applies what is on the branch.",
  );
}

/** Steps that earlier runs have done in a plan's organization. */
async function doneSteps(
  folder: string | undefined,
  { organization }: Plan,
  directory: string,
): Promise<readonly ReceiptStep[]> {
  const path = folder === undefined ? undefined : resolve(directory, folder);
  if (path === undefined || !existsSync(path)) return [];
  const { receipts, notes } = await receiptsOf(path, organization);
  if (notes.length > 0)
    throw refused(
      "What was done already",
      notes.join("; "),
      "Nothing was approved. Restore the receipts as they were written.",
    );
  return receipts.flatMap((receipt) => receipt.steps).filter(({ outcome }) => outcome === "done");
}

interface Found {
  readonly plan: Plan;
  readonly text: string;
  /** Of the file. */
  readonly name: string;
  readonly madeAt: string;
}

/** The plans that one pull request was approved for. One that cannot be used is told, and stops no other. */
async function plansOf(
  authority: Authority,
  merged: MergedPull,
  organization: string,
  say: (line: string) => void,
): Promise<Found[]> {
  const { number } = merged.pull;
  const found: Found[] = [];
  try {
    const { plans, notes } = await approvedPlans(authority, merged);
    for (const note of notes) say(`#${number}: ${note}`);
    for (const { artifact, approvers } of plans) {
      const files = await filesOf(authority.github, artifact, (path) =>
        /^(?:plan\.json|comment\.md)$/.test(path),
      );
      const [text, comment] = [files.get("plan.json"), files.get("comment.md")];
      if (text === undefined || comment === undefined) {
        say(`#${number}: its plan could not be made`);
        continue;
      }
      const plan = savedPlan(text, `plan.json of #${number}`);
      if (plan.organization.orgId !== organization) {
        say(`#${number}: its plan is of organization ${plan.organization.orgId}`);
        continue;
      }
      const who = approvers.map(({ login, review }) => `${login} (review ${review})`).join(", ");
      say(`#${number}: plan ${plan.digest.slice(0, 12)}, approved by ${who}`);
      found.push({ plan, text, name: `${number}-${artifact.id}`, madeAt: artifact.created_at });
    }
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    say(`#${number}: ${error.message}`);
    return [];
  }
  return found;
}

async function countingFiles(
  authority: Authority,
  { approvals = APPROVALS, confirmations = CONFIRMATIONS }: GitHubApprovedOptions,
  {
    commit,
    directory,
    say,
  }: { readonly commit: string; readonly directory: string; readonly say: (line: string) => void },
): Promise<ApprovedBy["files"]> {
  const counting: ApprovedBy["files"] = [];
  for (const folder of [approvals, confirmations]) {
    for (const name of await namesOfReviewed(resolve(directory, folder))) {
      const bytes = new Uint8Array(await readFile(resolve(directory, folder, name)));
      const path = posix.join(...relative(directory, resolve(directory, folder)).split(sep), name);
      // One that cannot be judged stops no other.
      const { counts, because } = await fileApproval(authority, { path, bytes }, commit).catch(
        (error: unknown) => {
          if (!(error instanceof DiagnosticError)) throw error;
          return { counts: false, because: error.message };
        },
      );
      say(`${join(folder, name)}: ${counts ? "counts" : "does not count"}: ${because}`);
      if (counts) counting.push({ file: path, digest: reviewedDigest(new TextDecoder().decode(bytes)) });
    }
  }
  return counting;
}
