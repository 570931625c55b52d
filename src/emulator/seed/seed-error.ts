import type { z } from "zod";

/** A seed that cannot be used; `problems` are all of them, each with its path (`people[3].email: ...`). */
export class SeedError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The seed cannot be used (${problems.length} ${problems.length === 1 ? "problem" : "problems"}); ` +
        `docs/emulator.md describes its format:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
    );
    this.name = "SeedError";
  }
}

/** A path as people write it: `people[3].email`. */
export function pathText(path: readonly PropertyKey[]): string {
  return (
    path
      .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
      .join("")
      .replace(/^\./, "") || "(root)"
  );
}

/** Every problem that zod found, one line each. */
export function zodProblems(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => `${pathText([...issue.path, key])}: not a field of this format`)
      : [`${pathText(issue.path)}: ${issue.message}`],
  );
}
