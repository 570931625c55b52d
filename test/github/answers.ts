import type { Context } from "hono";
import type { Pull, Repository } from "./repository";

/** Rows of one page, whatever is asked for: every list of a test has several. */
const PAGE = 2;

/** Files that a pull request changes; of a merged one, what it changed. */
export function filesOf(repository: Repository, pull: Pull): string[] {
  if (pull.mergeCommit === undefined) return Object.keys(repository.changeOf(pull));
  const first = [...pull.commits][0] ?? "";
  const before = repository.commits.get(repository.commits.get(first)?.parents[0] ?? "")?.files;
  const after = repository.commits.get(pull.head)?.files;
  const paths = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
  return paths.filter((path) => before?.get(path) !== after?.get(path));
}

export const commitJson = ({ sha, parents }: { sha: string; parents: readonly string[] }): object => ({
  sha,
  parents: parents.filter((parent) => parent !== "").map((parent) => ({ sha: parent })),
});

export function paged(
  context: Context,
  all: readonly object[],
  wrapped = (rows: readonly object[]): object => rows,
): Response {
  const url = new URL(context.req.url);
  const page = Number(url.searchParams.get("page") ?? "1");
  if (page * PAGE < all.length) {
    url.searchParams.set("page", String(page + 1));
    context.header("link", `<${url.href}>; rel="next"`);
  }
  return context.json(wrapped(all.slice((page - 1) * PAGE, page * PAGE)));
}
