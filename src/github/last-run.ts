import { z } from "zod";
import { runSchema } from "./artifact";
import type { GitHub } from "./client";
import type { Repository } from "./pull-request";

/** A pull request's own copy of a workflow runs on these, under the same file's name. */
const OTHERS = /^pull_request/;

/**
 * When the newest run of a workflow began that ended well, of the default branch's own file; undefined where none of the latest hundred is one.
 * https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-workflow
 *
 * @param file `amplitude-access-apply.yml`
 * @returns RFC 3339
 */
export async function lastGoodRun(
  github: GitHub,
  { id, default_branch: branch }: Repository,
  file: string,
): Promise<string | undefined> {
  const query = `branch=${encodeURIComponent(branch)}&status=success&per_page=100`;
  const route = github.repo(`/actions/workflows/${file}/runs?${query}`);
  const answer = await github.find(route, z.looseObject({ workflow_runs: z.array(runSchema) }));
  const good = (answer?.workflow_runs ?? []).filter(
    ({ event, conclusion, repository, head_repository: head, head_branch: at }) =>
      conclusion === "success" &&
      repository.id === id &&
      head?.id === id &&
      at === branch &&
      !OTHERS.test(event),
  );
  return good
    .map(({ created_at: at }) => at)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
}
