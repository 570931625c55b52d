import { z } from "zod";
import { refused, type GitHub } from "./client";
import { pullsOfCommit, shaSchema, type PullRequest } from "./pull-request";

/** A pull request that was merged, and the commit that it was merged into. */
export interface MergedPull {
  readonly pull: PullRequest;
  readonly base: string;
}

/** Pull requests that were merged; of those whose base nobody tells, why they count for nothing. */
export interface Merged {
  readonly merged: readonly MergedPull[];
  /** In words that begin with the pull request's number. */
  readonly leftOut: readonly string[];
}

const commitSchema = z.looseObject({ sha: shaSchema, parents: z.array(z.looseObject({ sha: shaSchema })) });
const comparisonSchema = z.looseObject({ status: z.string() });

/**
 * What was merged into a branch after one of its commits, up to another, oldest first.
 * https://docs.github.com/en/rest/commits/commits#compare-two-commits
 *
 * @throws DiagnosticError when the first commit is no ancestor of the second: history was rewritten
 */
export async function mergedSince(
  github: GitHub,
  { since, until, branch }: { readonly since: string; readonly until: string; readonly branch: string },
): Promise<Merged> {
  const route = github.repo(`/compare/${since}...${until}`);
  const { status } = await github.get(`${route}?per_page=1`, comparisonSchema);
  if (status === "identical") return { merged: [], leftOut: [] };
  if (status !== "ahead") {
    const what = `Cannot say what was merged since ${since.slice(0, 8)}`;
    const todo = `Correct the commit in the state branch to one of ${branch}; what was approved before it is approved again by a new review.`;
    throw refused(
      what,
      `${until.slice(0, 8)} is ${status} of it: the history of ${branch} was rewritten`,
      todo,
    );
  }
  const commits = await github.list(route, commitSchema, "commits");
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const line: string[] = [];
  for (let at = bySha.get(until); at !== undefined; at = bySha.get(at.parents[0]?.sha ?? ""))
    line.push(at.sha);
  const merged = new Map<number, MergedPull>();
  const leftOut = new Set<string>();
  for (const commit of line.reverse()) {
    const brought = await mergedBy(github, commit, { branch, into: new Set(line) });
    for (const found of brought.merged) merged.set(found.pull.number, found);
    for (const note of brought.leftOut) leftOut.add(note);
  }
  return { merged: [...merged.values()], leftOut: [...leftOut] };
}

/**
 * Merged pull requests that brought a commit into a branch.
 *
 * @param into the commits that they may have been merged as; any where it is left out
 */
export async function mergedBy(
  github: GitHub,
  commit: string,
  { branch, into }: { readonly branch: string; readonly into?: ReadonlySet<string> },
): Promise<Merged> {
  const pulls = (await pullsOfCommit(github, commit)).filter(
    ({ merged_at: merged, merge_commit_sha: sha, base }) =>
      merged !== null &&
      sha !== null &&
      base.ref === branch &&
      base.repo?.full_name === github.repository &&
      into?.has(sha) !== false,
  );
  const merged: MergedPull[] = [];
  const leftOut: string[] = [];
  for (const pull of pulls) {
    const base = await baseOf(github, pull);
    if (typeof base === "string") merged.push({ pull, base });
    else leftOut.push(`#${pull.number}: ${base.why}. What it asks for is not run: make the change anew`);
  }
  return { merged, leftOut };
}

/**
 * The commit of the branch before a pull request: what it brought itself has no say in who may approve it. A rebase leaves several commits
 * in a row (https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/about-pull-request-merges).
 */
async function baseOf(
  github: GitHub,
  { number, merge_commit_sha: merge, head }: PullRequest,
): Promise<string | { readonly why: string }> {
  // A fast-forward: GitHub calls it merged, and tells of nothing that it was merged into.
  if (merge === head.sha)
    return { why: "its branch was pushed as it is, so nobody can say what it was merged into" };
  let at = merge;
  for (let commits = 0; at !== null && commits < 250; commits++) {
    const { parents }: z.infer<typeof commitSchema> = await github.get(
      github.repo(`/commits/${at}`),
      commitSchema,
    );
    const [first, second] = parents.map(({ sha }) => sha);
    if (first === undefined) break;
    const isOwn =
      second === undefined && (await pullsOfCommit(github, first)).some((pull) => pull.number === number);
    if (!isOwn) return first;
    at = first;
  }
  return { why: "its commits have no end, so nobody can say what it was merged into" };
}
