import { onPath } from "./programs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The Chromium of this machine, or undefined: then it says loudly what was not tested. */
export function chromiumPath(what: string): string | undefined {
  const found = onPath(...NAMES);
  if (found === undefined)
    process.stderr.write(
      `\nSKIPPED, NOT TESTED: ${what}. There is no Chromium on the PATH (${NAMES.join(", ")}).\n\n`,
    );
  return found;
}
