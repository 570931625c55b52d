import { z } from "zod";
import type { GitHub } from "./client";

/** What a check says of a commit. */
export interface Check {
  readonly name: string;
  readonly commit: string;
  /** `neutral`: people or the identity provider have something to do, and nothing is wrong. */
  readonly conclusion: "success" | "neutral" | "failure";
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
}

/** What a summary may hold: https://docs.github.com/en/rest/checks/runs says 65,535 characters. */
const MOST = 65_000;

/** Writes a check that is completed: https://docs.github.com/en/rest/checks/runs#create-a-check-run. */
export async function writeCheck(
  github: GitHub,
  { name, commit, conclusion, title, summary }: Check,
): Promise<void> {
  const cut =
    summary.length > MOST
      ? `${summary.slice(0, MOST)}\n\n*Cut here: it is longer than a check may be.*`
      : summary;
  await github.send(
    "POST",
    github.repo("/check-runs"),
    { name, head_sha: commit, status: "completed", conclusion, output: { title, summary: cut } },
    z.looseObject({ id: z.int() }),
  );
}
