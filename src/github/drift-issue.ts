import { z } from "zod";
import type { GitHub } from "./client";
import { jobsLogin } from "./pull-comment";
import { userSchema } from "./pull-request";

const issueSchema = z.looseObject({
  number: z.int(),
  state: z.enum(["open", "closed"]),
  title: z.string(),
  body: z.string().nullish(),
  user: userSchema.nullable(),
});

/** An issue that jobs wrote. */
export interface Issue {
  readonly number: number;
  readonly open: boolean;
  readonly title: string;
  readonly body: string;
}

/** The label of issues that jobs write. */
const LABEL = "amplitude-access";

/**
 * The open issue with a mark, else the one that was closed last. Only those that jobs wrote.
 * https://docs.github.com/en/rest/issues/issues#list-repository-issues
 */
export async function findIssue(github: GitHub, marker: string): Promise<Issue | undefined> {
  const rows = await github.list(
    github.repo(`/issues?state=all&labels=${LABEL}&sort=updated&direction=desc`),
    issueSchema,
  );
  const ours = rows.filter(
    ({ user, body }) => user?.login === jobsLogin && body?.startsWith(marker) === true,
  );
  const found = ours.find(({ state }) => state === "open") ?? ours[0];
  if (found === undefined) return undefined;
  return { number: found.number, open: found.state === "open", title: found.title, body: found.body ?? "" };
}

/** https://docs.github.com/en/rest/issues/issues#create-an-issue. Answers its number. */
export async function openIssue(github: GitHub, title: string, body: string): Promise<number> {
  const { number } = await github.send(
    "POST",
    github.repo("/issues"),
    { title, body, labels: [LABEL] },
    issueSchema,
  );
  return number;
}

/** https://docs.github.com/en/rest/issues/issues#update-an-issue */
export async function changeIssue(
  github: GitHub,
  number: number,
  change: { readonly title: string; readonly body: string; readonly state: "open" | "closed" },
): Promise<void> {
  await github.send("PATCH", github.repo(`/issues/${number}`), change, issueSchema);
}
