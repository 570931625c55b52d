import { z } from "zod";
import type { WorkflowRun } from "./artifact";
import { refused, type GitHub } from "./client";
import { pullsOfBranch, type PullRequest, type Repository } from "./pull-request";

/** `base_ref_changed`, `automatic_base_change_succeeded`: https://docs.github.com/en/rest/using-the-rest-api/issue-event-types. */
const MOVED = /base_(?:ref_)?change|^reopened$/;
/** Milliseconds between what starts a run and its being there, at most. */
const MARGIN = 5 * 60 * 1000;

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
  const began = Date.parse(run.created_at);
  const pulls = (await pullsOfBranch(github, from.owner.login, head)).filter(
    (pull) => pull.head.repo?.id === from.id,
  );
  const pull = pulls.find(
    ({ state, base, head: { sha } }) => state === "open" && base.ref === branch && sha === commit,
  );
  if (pull === undefined) return undefined;
  // Their heads may have been another commit then: what counts is that they were there.
  const others = pulls.filter(
    (other) => other !== pull && (other.closed_at === null || Date.parse(other.closed_at) >= began - MARGIN),
  );
  if (others.length > 0 || Date.parse(pull.created_at) > began + MARGIN) {
    const numbers = others.map(({ number }) => `#${number}`).join(", ");
    throw refused(
      what,
      others.length > 0
        ? `Its branch ${head} was also that of ${numbers} when it was started`
        : `It was started before #${pull.number} was opened`,
      "Nothing was planned: what was run may be of another pull request. Close the others, wait some minutes, and push one more commit.",
    );
  }
  const events = await github.list(
    github.repo(`/issues/${pull.number}/events`),
    z.looseObject({ event: z.string(), created_at: z.string() }),
  );
  const moved = events.filter(
    ({ event, created_at: at }) =>
      MOVED.test(event) && Date.parse(at) >= began - (event === "reopened" ? 0 : MARGIN),
  );
  if (moved.length === 0) return pull;
  throw refused(
    what,
    `#${pull.number} was moved to another branch, or closed and opened, about when it was started`,
    "Nothing was planned: it may have been run for the branch before. Wait some minutes, and push one more commit.",
  );
}
