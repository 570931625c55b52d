import { z } from "zod";
import { refused, type GitHub } from "./client";
import { pullsOfCommit, shaSchema, type PullRequest } from "./pull-request";

/** A pull request that was merged, and the commit that it was merged into. */
export interface MergedPull {
  readonly pull: PullRequest;
  readonly base: string;
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
): Promise<MergedPull[]> {
  const route = github.repo(`/compare/${since}...${until}`);
  const { status } = await github.get(`${route}?per_page=1`, comparisonSchema);
  if (status === "identical") return [];
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
  for (const commit of line.reverse()) {
    for (const found of await mergedBy(github, commit, branch)) {
      if (line.includes(found.pull.merge_commit_sha ?? "")) merged.set(found.pull.number, found);
    }
  }
  return [...merged.values()];
}

/** Merged pull requests that brought a commit into a branch. */
export async function mergedBy(github: GitHub, commit: string, branch: string): Promise<MergedPull[]> {
  const pulls = (await pullsOfCommit(github, commit)).filter(
    ({ merged_at: merged, merge_commit_sha: sha, base }) =>
      merged !== null && sha !== null && base.ref === branch && base.repo?.full_name === github.repository,
  );
  const found: MergedPull[] = [];
  for (const pull of pulls) found.push({ pull, base: await baseOf(github, pull) });
  return found;
}

/**
 * The commit of the branch before a pull request: what it brought itself has no say in who may approve it. A rebase leaves several commits
 * in a row (https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/about-pull-request-merges).
 */
async function baseOf(
  github: GitHub,
  { number, merge_commit_sha: merge, head }: PullRequest,
): Promise<string> {
  // Pushed to the branch by hand: what it was merged into is not told.
  let at = merge === head.sha ? null : merge;
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
  throw refused(
    `Cannot say what pull request #${number} was merged into`,
    "Its commits have no end",
    "What it asks for is not run. Make the change anew.",
  );
}
