import { z } from "zod";
import { refused, type GitHub } from "./client";
import { codeOwnersBytes, codeOwnersPlaces, ownersOf, parseCodeOwners, type CodeOwners } from "./code-owners";
import {
  mostFiles,
  pathsOf,
  pushersOf,
  reviewsOf,
  type GitHubUser,
  type PullRequest,
  type Review,
} from "./pull-request";

/** Somebody whose approval counts. */
export interface Approver {
  readonly login: string;
  readonly review: number;
  /** When it was given, by GitHub's clock: RFC 3339. */
  readonly at: string;
  /** Which of the paths they own. */
  readonly owns: ReadonlySet<string>;
}

/** What the reviews of a pull request come to. */
export interface Reviews {
  /** What needs an owner: what the pull request changes, and what was asked for beside it. */
  readonly paths: readonly string[];
  readonly approvers: readonly Approver[];
  /** Approvals that do not count, and why; a clause each. */
  readonly others: readonly string[];
}

/**
 * Whose approval of a pull request counts: the latest word of each reviewer is an approval of the commit that is its head, by a person who may
 * write here, is neither its author nor pushed to it, and owns something that it changes, according to CODEOWNERS of the commit that it is merged into.
 *
 * @param path one more that needs an owner
 * @param teams asks GitHub about teams, which a job's own token cannot
 */
export async function reviewed(
  github: GitHub,
  pull: PullRequest,
  {
    base,
    teams,
    path,
  }: { readonly base: string; readonly teams?: GitHub | undefined; readonly path?: string },
): Promise<Reviews> {
  const [reviews, changed] = [await reviewsOf(github, pull), await pathsOf(github, pull)];
  const paths = [...new Set([...changed, ...(path === undefined ? [] : [path])])];
  if (changed.length >= mostFiles) {
    const what = `The files of pull request #${pull.number}`;
    throw refused(what, `There are ${mostFiles} or more, and GitHub lists no more`, "Make it smaller.");
  }
  const approving = lastWords(reviews).filter(({ state }) => state === "APPROVED");
  if (approving.length === 0) return { paths, approvers: [], others: [] };
  const owners = await codeOwners(github, base);
  const pushers = await pushersOf(github, pull);
  const approvers: Approver[] = [];
  const others: string[] = [];
  for (const { id, user, commit_id: commit, submitted_at: at } of approving) {
    const why =
      unfit(user, pull, pushers) ??
      (commit === pull.head.sha
        ? undefined
        : `approved ${(commit ?? "another commit").slice(0, 8)}, an older commit`) ??
      (at === undefined ? "has no time" : undefined) ??
      ((await mayWrite(github, user)) ? undefined : "may not write to this repository");
    const owned = why === undefined ? await ownedBy(user, paths, owners, { github, teams }) : undefined;
    if (owned === undefined) others.push(`${user.login} ${why ?? ""}`);
    else if (owned.paths.size === 0)
      others.push(
        `${user.login} owns nothing of what changes, by CODEOWNERS of ${base.slice(0, 8)}${owned.unasked.length === 0 ? "" : `; teams were not asked (${owned.unasked.join(", ")}): AMPLITUDE_ACCESS_TEAMS_TOKEN is not set`}`,
      );
    else approvers.push({ login: user.login, review: id, at: at ?? "", owns: owned.paths });
  }
  return { paths, approvers, others };
}

/** The latest word of every reviewer. A comment takes nothing back; a dismissal and a request for changes do. */
function lastWords(reviews: readonly Review[]): (Review & { readonly user: GitHubUser })[] {
  const words = new Map<number, Review & { readonly user: GitHubUser }>();
  for (const review of reviews) {
    const { user, state } = review;
    if (user !== null && ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"].includes(state))
      words.set(user.id, { ...review, user });
  }
  return [...words.values()];
}

/** Why somebody cannot approve this pull request, whatever they own. */
function unfit(
  user: GitHubUser,
  { user: author, number }: PullRequest,
  pushers: ReadonlySet<number> | undefined,
): string | undefined {
  if (user.type !== "User") return "is not a person";
  if (author === null || user.id === author.id) return `is the author of #${number}`;
  if (author.type !== "User") return `may be behind ${author.login}, who opened #${number}`;
  if (pushers === undefined) return `may have pushed to #${number}: GitHub does not tell who did`;
  return pushers.has(user.id) ? `pushed to #${number}` : undefined;
}

/** An owner who may not write has no say: https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user. */
async function mayWrite(github: GitHub, { login, id }: GitHubUser): Promise<boolean> {
  const schema = z.looseObject({
    permission: z.string(),
    user: z.looseObject({ id: z.int() }).nullish(),
  });
  const found = await github.find(
    github.repo(`/collaborators/${encodeURIComponent(login)}/permission`),
    schema,
  );
  return found?.user?.id === id && ["admin", "write"].includes(found.permission);
}

async function codeOwners(github: GitHub, commit: string): Promise<CodeOwners> {
  for (const place of codeOwnersPlaces) {
    const bytes = await github.file(place, commit);
    if (bytes === undefined) continue;
    if (bytes.length > codeOwnersBytes)
      throw refused(
        `${place} of ${commit.slice(0, 8)}`,
        "It is larger than 3 MB, and GitHub ignores it",
        "Make it smaller.",
      );
    return parseCodeOwners(new TextDecoder().decode(bytes));
  }
  throw refused(
    `Cannot say who may approve: ${commit.slice(0, 8)} of ${github.repository} has no CODEOWNERS`,
    `It was looked for in ${codeOwnersPlaces.join(", ")}`,
    "Merge one that names an owner for the stacks.",
  );
}

async function ownedBy(
  { login }: GitHubUser,
  paths: readonly string[],
  owners: CodeOwners,
  { github, teams }: { readonly github: GitHub; readonly teams: GitHub | undefined },
): Promise<{ readonly paths: ReadonlySet<string>; readonly unasked: readonly string[] }> {
  const memberships = new Map<string, boolean>();
  const unasked = new Set<string>();
  const isOwner = async (owner: string): Promise<boolean> => {
    if (owner === `@${login.toLowerCase()}`) return true;
    const [, org, team] = /^@([^/]+)\/([^/]+)$/.exec(owner) ?? [];
    if (org === undefined || team === undefined) return false;
    // A team of another organization is nobody's owner here.
    if (org !== github.repository.split("/")[0]?.toLowerCase()) return false;
    if (teams === undefined) unasked.add(owner);
    const known =
      memberships.get(owner) ?? (teams !== undefined && (await isMember(teams, org, team, login)));
    memberships.set(owner, known);
    return known;
  };
  const owned = new Set<string>();
  for (const path of paths) {
    for (const owner of ownersOf(owners, path)) {
      if (!(await isOwner(owner))) continue;
      owned.add(path);
      break;
    }
  }
  return { paths: owned, unasked: [...unasked] };
}

/** https://docs.github.com/en/rest/teams/members#get-team-membership-for-a-user: child teams count, an invitation does not. */
async function isMember(teams: GitHub, org: string, team: string, login: string): Promise<boolean> {
  const route = `/orgs/${encodeURIComponent(org)}/teams/${encodeURIComponent(team)}/memberships/${encodeURIComponent(login)}`;
  const found = await teams.find(route, z.looseObject({ state: z.string() }));
  return found?.state === "active";
}
