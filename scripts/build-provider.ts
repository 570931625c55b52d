import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { version } from "../src/api";

/**
 * `npm run build:provider`: the Terraform provider as one file of JavaScript, with what starts it. What is loaded after the handshake is in
 * the same file, and runs only then.
 */

const ROOT = join(__dirname, "..");
export const PROVIDER = join(ROOT, "lib", "provider");
const ENTRY = join(ROOT, "src", "terraform", "main.ts");

/** The name that terraform looks for. */
export const EXECUTABLE = `terraform-provider-amplitude_v${version}`;

/** Not `dirname`, and no link followed: each would be a process before ours. */
const WRAPPER = '#!/bin/sh\nexec node "${0%/*}/provider.cjs" "$@"\n';

/** Writes the provider into a folder that is made anew. */
export function buildProvider(folder: string, entry = ENTRY): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: [entry],
    outfile: join(folder, "provider.cjs"),
    bundle: true,
    minify: true,
    keepNames: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "warning",
    legalComments: "none",
  });
  // A file without an extension is of the type that the nearest package.json says.
  writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  writeFileSync(join(folder, EXECUTABLE), WRAPPER);
  chmodSync(join(folder, EXECUTABLE), 0o755);
}

if (require.main === module) {
  buildProvider(PROVIDER);
  console.log(`${PROVIDER}: ${EXECUTABLE}`);
}
