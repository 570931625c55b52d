import { z } from "zod";
import type { GitHub } from "./client";

/** https://docs.github.com/en/rest/users: the id stays when a login is changed. */
export const userSchema = z.looseObject({ id: z.int(), login: z.string(), type: z.string() });
export type GitHubUser = z.infer<typeof userSchema>;

export const shaSchema = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
const refSchema = z.looseObject({
  ref: z.string(),
  sha: shaSchema,
  repo: z.looseObject({ id: z.int(), full_name: z.string() }).nullable(),
});

/** A pull request in a list: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests. */
const pullSchema = z.looseObject({
  number: z.int(),
  state: z.enum(["open", "closed"]),
  user: userSchema.nullable(),
  created_at: z.string(),
  closed_at: z.string().nullable(),
  merged_at: z.string().nullable(),
  merge_commit_sha: z.string().nullable(),
  head: refSchema,
  base: refSchema,
});
export type PullRequest = z.infer<typeof pullSchema>;

const repositorySchema = z.looseObject({
  id: z.int(),
  default_branch: z.string(),
  private: z.boolean(),
});
export type Repository = z.infer<typeof repositorySchema>;

/** https://docs.github.com/en/rest/repos/repos#get-a-repository */
export async function repositoryOf(github: GitHub): Promise<Repository> {
  return await github.get(github.repo(""), repositorySchema);
}

/** The commit that a branch is at: https://docs.github.com/en/rest/git/refs#get-a-reference. */
export async function headOf(github: GitHub, branch: string): Promise<string> {
  const route = github.repo(`/git/ref/heads/${branch.split("/").map(encodeURIComponent).join("/")}`);
  return (await github.get(route, z.looseObject({ object: z.looseObject({ sha: shaSchema }) }))).object.sha;
}

/** Pull requests of one branch, open or not: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests. */
export async function pullsOfBranch(github: GitHub, owner: string, branch: string): Promise<PullRequest[]> {
  const head = encodeURIComponent(`${owner}:${branch}`);
  return await github.list(github.repo(`/pulls?state=all&head=${head}`), pullSchema);
}

/** Pull requests that brought a commit: https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit. */
export async function pullsOfCommit(github: GitHub, commit: string): Promise<PullRequest[]> {
  return await github.list(github.repo(`/commits/${commit}/pulls`), pullSchema);
}

const reviewSchema = z.looseObject({
  id: z.int(),
  user: userSchema.nullable(),
  state: z.string(),
  commit_id: z.string().nullable(),
  submitted_at: z.string().optional(),
});
export type Review = z.infer<typeof reviewSchema>;

/** In the order in which they were given: https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request. */
export async function reviewsOf(github: GitHub, { number }: PullRequest): Promise<Review[]> {
  return await github.list(github.repo(`/pulls/${number}/reviews`), reviewSchema);
}

const fileSchema = z.looseObject({ filename: z.string(), previous_filename: z.string().optional() });

/** At most this many files of a pull request are listed: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files. */
export const mostFiles = 3000;

/** Every path that a pull request changes, under both names where it renames. */
export async function pathsOf(github: GitHub, { number }: PullRequest): Promise<string[]> {
  const files = await github.list(github.repo(`/pulls/${number}/files`), fileSchema);
  return [
    ...new Set(
      files.flatMap(({ filename, previous_filename: before }) =>
        before === undefined ? [filename] : [filename, before],
      ),
    ),
  ];
}

const activitySchema = z.looseObject({
  after: z.string(),
  timestamp: z.string(),
  activity_type: z.string(),
  actor: userSchema.nullable(),
});

/**
 * Ids of everybody who pushed to the branch of a pull request, from its beginning to the commit that is its head; undefined where that
 * is not told, or where a program pushed: who was behind it is not told. Newest first: https://docs.github.com/en/rest/repos/repos#list-repository-activities.
 */
export async function pushersOf(
  github: GitHub,
  { head }: PullRequest,
): Promise<ReadonlySet<number> | undefined> {
  if (head.repo === null) return undefined;
  const ref = encodeURIComponent(`refs/heads/${head.ref}`);
  const activities = await github.list(`/repos/${head.repo.full_name}/activity?ref=${ref}`, activitySchema);
  const from = activities.findIndex(({ after }) => after === head.sha);
  if (from < 0) return undefined;
  const since = activities.slice(from);
  const began = since.findIndex(({ activity_type: type }) => type === "branch_creation");
  const pushes = began < 0 ? since : since.slice(0, began + 1);
  if (pushes.some(({ actor }) => actor?.type !== "User")) return undefined;
  return new Set(pushes.flatMap(({ actor }) => (actor === null ? [] : [actor.id])));
}
