import { join } from "node:path";
import { buildSync } from "esbuild";
import { builtOnce } from "./built-once";

/** The path of a program in one file, which starts in a third of the time. */
export function bundled(name: string, entry: string): string {
  const build = (folder: string): void => {
    buildSync({
      entryPoints: [entry],
      bundle: true,
      platform: "node",
      target: "node20",
      outfile: join(folder, "main.cjs"),
      logLevel: "warning",
    });
  };
  return join(builtOnce(name, build), "main.cjs");
}
