import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The Chromium of this machine, or undefined: then it says loudly what was not tested. */
export function chromiumPath(what: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = folders
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (found === undefined)
    process.stderr.write(
      `\nSKIPPED, NOT TESTED: ${what}. There is no Chromium on the PATH (${NAMES.join(", ")}).\n\n`,
    );
  return found;
}
