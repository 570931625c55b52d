import { z } from "zod";
import type { WorkflowRun } from "./artifact";
import { refused, type GitHub } from "./client";
import { pullsOfBranch, type PullRequest, type Repository } from "./pull-request";

/** `base_ref_changed`, `automatic_base_change_succeeded`: https://docs.github.com/en/rest/using-the-rest-api/issue-event-types. */
const BASE_CHANGED = /base_(?:ref_)?change/;

/**
 * The open pull request that a run was for: the one whose head is the run's commit. Undefined when it was closed, or has moved on, since.
 *
 * Such a run is of the head merged with the base, so of a commit that was also offered to another branch, nobody can say what was run for which:
 * such a pull request cannot speak for the first one.
 *
 * @throws DiagnosticError when the run was of no pull request, or of one that cannot be told from another
 */
export async function pullOfRun(
  github: GitHub,
  run: WorkflowRun,
  { default_branch: branch }: Repository,
): Promise<PullRequest | undefined> {
  const what = `Run ${run.id} of ${github.repository}`;
  const { head_branch: head, head_repository: from, head_sha: commit } = run;
  if (run.event !== "pull_request" || head === null || from === null)
    throw refused(what, `It was started by ${run.event}, not by a pull request`, "Nothing was planned.");
  const pulls = (await pullsOfBranch(github, from.owner.login, head)).filter(
    (pull) => pull.head.sha === commit && pull.head.repo?.id === from.id,
  );
  const elsewhere = pulls.filter(({ base }) => base.ref !== branch);
  const open = pulls.filter(({ state, base }) => state === "open" && base.ref === branch);
  if (elsewhere.length > 0) {
    const numbers = elsewhere.map(({ number }) => `#${number}`).join(", ");
    throw refused(
      what,
      `Its commit ${commit.slice(0, 8)} is also the head of ${numbers}, into another branch than ${branch}`,
      "Nothing was planned: what was run may be of that one. Push one more commit.",
    );
  }
  const [pull] = open;
  if (pull === undefined) return undefined;
  const events = await github.list(
    github.repo(`/issues/${pull.number}/events`),
    z.looseObject({ event: z.string(), created_at: z.string() }),
  );
  const moved = events.filter(
    ({ event, created_at: at }) => BASE_CHANGED.test(event) && Date.parse(at) >= Date.parse(run.created_at),
  );
  if (moved.length === 0) return pull;
  throw refused(
    what,
    `#${pull.number} was moved to another branch after it was started`,
    "Nothing was planned: it was run for the branch before. Push one more commit.",
  );
}
