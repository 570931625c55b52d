import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync, type BuildOptions } from "esbuild";
import { version } from "../src/api";

/**
 * `npm run build:provider`: the Terraform provider as JavaScript without dependencies, with what starts it.
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

/** What core waits for, and what answers it afterwards: reading a megabyte of code takes longer than everything before the handshake. */
export const PROGRAM = "provider.cjs";
const ANSWERS = "answers.cjs";

/** How the process asks for what is loaded after the handshake. */
const LATER = 'import("./provider.js")';

/**
 * What libraries ask the global object for while they are loaded, to see whether they could use fetch. They do not here, and only asking makes
 * Node compile its own, which takes as long as much of what is ours.
 */
const UNASKED = ["Request", "Response", "FormData"];
const without = UNASKED.map((name) => `${name}:{value:void 0}`).join();
const unasking = {
  banner: { js: `(function(globalThis,${UNASKED.join()}){` },
  footer: { js: `})(Object.create(globalThis,{${without}}));` },
};

/** What a folder of the provider holds: two files of JavaScript, or one for an executable, which can load no second one. */
function bundles(entry: string, files: 1 | 2): Record<string, string> {
  if (files === 1) return { [PROGRAM]: compiled(entry, unasking) };
  const program = compiled(entry, { external: ["./provider.js"] });
  if (!program.includes(LATER)) return { [PROGRAM]: program };
  return {
    [PROGRAM]: program.replace(LATER, `Promise.resolve().then(()=>require("./${ANSWERS}"))`),
    [ANSWERS]: compiled(join(ROOT, "src", "terraform", "provider.ts"), unasking),
  };
}

/** Names stay: errors are told by them, and to give them back at run time costs at every closure. */
function compiled(entry: string, options: Pick<BuildOptions, "external" | "banner" | "footer">): string {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minifyWhitespace: true,
    minifySyntax: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    alias: { "form-data": join(__dirname, "no-form-data.cjs") },
    logLevel: "warning",
    legalComments: "none",
    ...options,
  });
  return outputFiles[0]?.text ?? "";
}

/** Writes the provider into a folder that is made anew. */
export function buildProvider(
  folder: string,
  { entry = ENTRY, files = 2 }: { readonly entry?: string; readonly files?: 1 | 2 } = {},
): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(bundles(entry, files))) writeFileSync(join(folder, name), text);
  // A file without an extension is of the type that the nearest package.json says.
  writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  writeFileSync(join(folder, EXECUTABLE), WRAPPER);
  chmodSync(join(folder, EXECUTABLE), 0o755);
}

if (require.main === module) {
  buildProvider(PROVIDER);
  console.log(`${PROVIDER}: ${EXECUTABLE}`);
}
