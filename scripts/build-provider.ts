import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { version } from "../src/api";

/**
 * `npm run build:provider`: the Terraform provider as one file of JavaScript, with what starts it.
 */

const ROOT = join(__dirname, "..");
export const PROVIDER = join(ROOT, "lib", "provider");
const ENTRY = join(ROOT, "src", "terraform", "main.ts");

/** The name that terraform looks for. */
export const EXECUTABLE = `terraform-provider-amplitude_v${version}`;

/**
 * Not `dirname`, and no link followed: each would be a process before ours. A line on stdout before the handshake is what terraform shows to
 * people; what a shell says on stderr is not.
 */
const WRAPPER = `#!/bin/sh
command -v node >/dev/null || { echo "amplitude-access needs Node.js 20.9 or later on the PATH"; exit 1; }
exec node "\${0%/*}/provider.cjs" "$@"
`;

/** How the process asks for what is loaded after the handshake. */
const LATER = 'import("./provider.js")';

/**
 * What libraries ask the global object for while they are loaded, to see whether they could use fetch. They do not here, and only asking makes
 * Node compile its own, which takes as long as much of what is ours.
 */
const UNASKED = ["Request", "Response", "FormData"];

/**
 * One file. What the handshake needs is code; the rest is a text in it that is compiled when it is asked for, because reading a megabyte
 * of code takes longer than everything before the handshake.
 */
function bundle(entry: string): string {
  const main = compiled(entry, ["./provider.js"]);
  if (!main.includes(LATER)) return main;
  const rest = JSON.stringify(compiled(join(ROOT, "src", "terraform", "provider.ts"), []));
  const without = UNASKED.map((name) => `${name}:{value:void 0}`).join();
  const load =
    "Promise.resolve().then(()=>{const m={exports:{}};" +
    `new Function("module","exports","require","globalThis",${JSON.stringify(UNASKED).slice(1, -1)},${rest})` +
    `(m,m.exports,require,Object.create(globalThis,{${without}}));return m.exports})`;
  return main.replace(LATER, () => load);
}

function compiled(entry: string, external: string[]): string {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    keepNames: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external,
    alias: { "form-data": join(__dirname, "no-form-data.cjs") },
    logLevel: "warning",
    legalComments: "none",
  });
  return outputFiles[0]?.text ?? "";
}

/** Writes the provider into a folder that is made anew. */
export function buildProvider(folder: string, entry = ENTRY): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "provider.cjs"), bundle(entry));
  // A file without an extension is of the type that the nearest package.json says.
  writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  writeFileSync(join(folder, EXECUTABLE), WRAPPER);
  chmodSync(join(folder, EXECUTABLE), 0o755);
}

if (require.main === module) {
  buildProvider(PROVIDER);
  console.log(`${PROVIDER}: ${EXECUTABLE}`);
}
