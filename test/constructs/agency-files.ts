import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Engagement, EngagementFilesError, Project, type AccessStack } from "amplitude-access";
import { synthesize, type Result } from "./synthesis";

/** An agency's file without a problem. */
export const LINES = [
  "agency: Nova Analytics GmbH", // 1
  "domains: [nova.agency]",
  "sow: SOW-2231",
  "dpa: DPA-0917",
  "owner: priya@acme.com", // 5
  "from: 2026-11-30",
  "until: 2027-03-31",
  "groups:",
  "  agency-nova:",
  "    members: [jo@nova.agency, sam@nova.agency]", // 10
  "    may: { production: member }",
];
export const GOOD = `${LINES.join("\n")}\n`;
/** The good file with lines exchanged, by number; with what follows them. */
export const file = (changes: Readonly<Record<number, string | null>>, ...more: string[]): string =>
  [...LINES.map((line, i) => changes[i + 1] ?? (changes[i + 1] === null ? undefined : line)), ...more]
    .filter((line) => line !== undefined)
    .join("\n");

type Files = Readonly<Record<string, string | Uint8Array>>;

export function inFolder<T>(files: Files, act: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "amplitude-engagements-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function declare(folder: string, before: (stack: AccessStack) => unknown = () => undefined): Result {
  return synthesize((stack) => {
    before(stack);
    const production = Project.named(stack, "Client Production");
    const reporting = Project.named(stack, "Client Reporting");
    Engagement.fromFiles(stack, `${folder}/*.yaml`, { production, reporting });
  });
}

/** `nova.yaml:4:1: what is wrong`, one each. */
export function problems(files: Files | string, before?: (stack: AccessStack) => unknown): string[] {
  const all = typeof files === "string" ? { "nova.yaml": files } : files;
  return inFolder(all, (folder) => {
    try {
      declare(folder, before);
    } catch (error) {
      if (!(error instanceof EngagementFilesError)) throw error;
      expect(error.message.split("\n")).toHaveLength(1 + error.problems.length);
      return error.problems.map(
        ({ file: path, line, column, text }) => `${path.slice(folder.length + 1)}:${line}:${column}: ${text}`,
      );
    }
    return [];
  });
}
