import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** One file of a worked example: all of a new one, or what is changed of one that is there. */
export interface ExampleFile {
  readonly path: string;
  readonly change: "new" | "diff";
  readonly text: string;
}

/** The files that a page shows: every block of code whose fence names one. */
export function exampleFiles(page: string): readonly ExampleFile[] {
  return [...page.matchAll(/^```(\w+) (\S+)\n([^]*?)^```$/gm)].map(
    ([, language, path = "", text = ""]): ExampleFile => ({
      path,
      change: language === "diff" ? "diff" : "new",
      text,
    }),
  );
}

/** Writes it below `root`. @throws Error where a new file is there already, or what is to be changed is not there exactly once */
export function writeExample(root: string, { path, change, text }: ExampleFile): void {
  const file = join(root, path);
  if (change === "new") {
    if (existsSync(file)) throw new Error(`${path} is there already.`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  const hunks = text.split(/^@@\n/m);
  writeFileSync(
    file,
    hunks.reduce((before, hunk) => changed(path, before, hunk), readFileSync(file, "utf8")),
  );
}

/** Lines begin with `-` (goes), `+` (comes) or a blank (stays); the last one may be the beginning of a line. */
function changed(path: string, before: string, hunk: string): string {
  const lines = hunk.replace(/\n$/, "").split("\n");
  const side = (sign: string): string =>
    lines
      .filter((line) => !line.startsWith(sign))
      .map((line) => line.slice(1))
      .join("\n");
  const [old, fresh] = [side("+"), side("-")];
  const parts = `\n${before}`.split(`\n${old}`);
  if (parts.length !== 2)
    throw new Error(`${path} has these lines ${parts.length - 1} times, and not once:\n${old}`);
  return parts.join(`\n${fresh}`).slice(1);
}
