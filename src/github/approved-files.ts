import { z } from "zod";
import { reviewed } from "./approver";
import { isCovered, type Authority } from "./approved-plans";
import { refused, type GitHub } from "./client";
import { mergedBy } from "./merged";
import { shaSchema } from "./pull-request";

/** A file of the repository, as it is at the commit that is applied. */
export interface RepositoryFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Whether a file counts, and through whom. */
export interface FileApproval {
  readonly path: string;
  readonly counts: boolean;
  /** In words. */
  readonly because: string;
}

/**
 * Whether the pull request that brought a file as it is was approved. `Who last changed it` is asked of the commit that is applied:
 * https://docs.github.com/en/rest/commits/commits#list-commits.
 */
export async function fileApproval(
  { github, repository, teams }: Authority,
  { path, bytes }: RepositoryFile,
  commit: string,
): Promise<FileApproval> {
  const no = (because: string): FileApproval => ({ path, counts: false, because });
  const route = github.repo(`/commits?sha=${commit}&path=${encodeURIComponent(path)}`);
  const [latest] = await github.get(`${route}&per_page=1`, z.array(z.looseObject({ sha: shaSchema })));
  if (latest === undefined) return no(`it is not in ${commit.slice(0, 8)}`);
  const brought = await mergedBy(github, latest.sha, { branch: repository.default_branch });
  const [merged, ...others] = brought.merged;
  if (brought.leftOut[0] !== undefined) return no(brought.leftOut[0]);
  if (merged === undefined || others.length > 0) return no("it was not brought by one pull request");
  const { pull, base } = merged;
  const before = await github.file(path, pull.head.sha);
  if (before === undefined || Buffer.compare(before, bytes) !== 0)
    return no(`it is not as it was reviewed in #${pull.number}`);
  const reviews = await reviewed(github, pull, { base, teams });
  if (!isCovered(reviews)) return no(`#${pull.number}, which brought it, was not approved by an owner`);
  return {
    path,
    counts: true,
    because: `#${pull.number}, approved by ${reviews.approvers.map(({ login }) => login).join(", ")}`,
  };
}

/** At most this many are listed: https://docs.github.com/en/rest/repos/contents#get-repository-content. */
const MOST_LISTED = 1000;

/** Paths of the JSON files that lie directly in a folder at a commit; none where there is no folder. Throws DiagnosticError. */
export async function folderAt(github: GitHub, folder: string, commit: string): Promise<string[]> {
  const row = z.looseObject({ type: z.string(), name: z.string() });
  const rows = await github.find(github.repo(`/contents/${folder}?ref=${commit}`), z.array(row));
  if (rows !== undefined && rows.length >= MOST_LISTED)
    throw refused(`The folder ${folder}`, `It has ${MOST_LISTED} files or more`, "Take out what has ended.");
  return (rows ?? [])
    .filter(({ type, name }) => type === "file" && /^[\w.-]+\.json$/.test(name))
    .map(({ name }) => `${folder}/${name}`);
}
