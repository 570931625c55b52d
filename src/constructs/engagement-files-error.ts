import type { Attempt } from "./stack-error";

/** Something wrong in a file, and where. */
export interface FileProblem {
  /** As the pattern leads to it: `engagements/nova.yaml`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** What is wrong and what to do. */
  readonly text: string;
}

/** Every problem of every file of a folder; nothing of the folder may be used. */
export class EngagementFilesError extends Error {
  constructor(
    { what, path }: Attempt,
    readonly problems: readonly FileProblem[],
  ) {
    const listed = problems.map(({ file, line, column, text }) => `  ${file}:${line}:${column}: ${text}`);
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super(
      `Cannot declare ${what} at ${path}: ${count}. Correct the files.\n${listed.map(visible).join("\n")}`,
    );
    this.name = "EngagementFilesError";
  }
}

/** On one line, and without what a terminal would act upon: names of files and fields are whoever's who wrote them. */
function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
