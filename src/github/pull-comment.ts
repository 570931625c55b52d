import { z } from "zod";
import type { GitHub } from "./client";
import { userSchema } from "./pull-request";

/** Who comments with the token of a job: https://docs.github.com/en/actions/concepts/security/github_token. */
export const jobsLogin = "github-actions[bot]";

const commentSchema = z.looseObject({
  id: z.int(),
  user: userSchema.nullable(),
  body: z.string().optional(),
});

const MARKER = /<!-- amplitude-access:[\w.:%!~*'()-]* -->/;

/** The mark by which a comment is found again; undefined where a text has none. */
export function markerIn(text: string): string | undefined {
  return MARKER.exec(text)?.[0];
}

/**
 * Writes the one comment of a mark, or edits it in place. Only a comment that jobs wrote is edited: one with the same mark by somebody else
 * stays theirs, as does the right to edit it.
 * https://docs.github.com/en/rest/issues/comments
 *
 * @param bodyOf the text, given the mark that is there already
 */
export async function writeComment(
  github: GitHub,
  pull: number,
  bodyOf: (present: string | undefined) => string,
): Promise<void> {
  const comments = await github.list(github.repo(`/issues/${pull}/comments`), commentSchema);
  const ours = comments.filter(
    ({ user, body }) =>
      user?.login === jobsLogin && user.type === "Bot" && markerIn(body ?? "") !== undefined,
  );
  const wanted = markerIn(bodyOf(undefined));
  const same =
    ours.find(({ body }) => markerIn(body ?? "") === wanted) ?? ours.find(({ body }) => isPlaceless(body));
  const present = same ?? (wanted === placeless ? ours[0] : undefined);
  const body = bodyOf(markerIn(present?.body ?? ""));
  const schema = z.looseObject({ id: z.int() });
  if (present === undefined)
    await github.send("POST", github.repo(`/issues/${pull}/comments`), { body }, schema);
  else await github.send("PATCH", github.repo(`/issues/comments/${present.id}`), { body }, schema);
}

/** The mark of a comment that could not say for which stacks it is. */
export const placeless = "<!-- amplitude-access: -->";

const isPlaceless = (body: string | undefined): boolean => markerIn(body ?? "") === placeless;
