import { existsSync, mkdtempSync, renameSync } from "node:fs";
import { join } from "node:path";

/**
 * A folder that is built by the first suite of this run that asks for it, and shared by all others: nobody writes into it.
 *
 * @param build writes what the folder is to hold into the path that it gets
 */
export function builtOnce(name: string, build: (folder: string) => void): string {
  const run = process.env["TEST_RUN_FOLDER"];
  if (run === undefined) throw new Error("TEST_RUN_FOLDER is not set: jest.config.cjs names what sets it.");
  const folder = join(run, name);
  if (existsSync(folder)) return folder;
  const own = join(mkdtempSync(join(run, "building-")), name);
  build(own);
  try {
    renameSync(own, folder);
  } catch (error) {
    // Two suites at once: the other one was first, and built the same.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
