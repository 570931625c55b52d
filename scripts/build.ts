import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import * as ts from "typescript";

/**
 * Compiles src to lib, then writes cdktn: what the constructs' entry needs, compiled for CDK Terrain by the exchange of one module's name.
 * Both cores cannot be mixed in one program, and one package with two entries keeps them apart. `npm run check` checks the types of both.
 */
const ROOT = join(__dirname, "..");
const LIB = join(ROOT, "lib");
const CDKTN = join(ROOT, "cdktn");
const CONFIG = join(ROOT, "tsconfig.build.json");

/** Every way to name a module in compiled code and in declarations: the module itself and what is inside of it. */
const CDKTF = /(\brequire\(|\bfrom |\bimport\()(["'])cdktf(\/[^"']*)?\2/g;
const RELATIVE = /(?:\brequire\(|\bfrom |\bimport\()["'](\.[^"']*)["']/g;

/** The text of a compiled file or declaration with the other core's name. */
export function forCdktn(text: string): string {
  return text.replace(CDKTF, "$1$2cdktn$3$2");
}

function compilerOptions(): ts.ParsedCommandLine {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (problem: ts.Diagnostic) => fail([problem]),
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(CONFIG, {}, host);
  if (parsed === undefined)
    throw new Error(`Cannot read ${relative(ROOT, CONFIG)}: it is not there or not JSON. Restore it.`);
  return parsed;
}

function fail(problems: readonly ts.Diagnostic[]): never {
  const host = {
    getCanonicalFileName: (name: string) => name,
    getCurrentDirectory: () => ROOT,
    getNewLine: () => "\n",
  };
  console.error(ts.formatDiagnostics(problems, host));
  process.exit(1);
}

function compile(rootNames: readonly string[], options: ts.CompilerOptions): void {
  const program = ts.createProgram(rootNames, options);
  const { diagnostics } = program.emit();
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length > 0) fail(problems);
}

/** Files of lib that the entry needs, itself included: compiled code and declarations. */
function closure(entry: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (module: string): void => {
    for (const file of filesOf(module)) {
      if (found.has(file)) continue;
      found.add(file);
      for (const [, target = ""] of readFileSync(join(LIB, file), "utf8").matchAll(RELATIVE))
        visit(join(dirname(file), target));
    }
  };
  visit(entry);
  return found;
}

/** What a module is compiled to: `role`, a folder with an index, or a JSON file. */
function filesOf(module: string): readonly string[] {
  if (module.endsWith(".json")) return [module];
  const stem = existsSync(join(LIB, `${module}.js`)) ? module : join(module, "index");
  return [`${stem}.js`, `${stem}.d.ts`];
}

function build(): void {
  rmSync(LIB, { recursive: true, force: true });
  rmSync(CDKTN, { recursive: true, force: true });
  const { fileNames, options } = compilerOptions();
  // `npm ci` builds, and `npm test` checks the types of these files and all others anyway.
  compile(fileNames, { ...options, noCheck: true });
  const files = closure("index");
  for (const file of files) {
    mkdirSync(dirname(join(CDKTN, file)), { recursive: true });
    writeFileSync(join(CDKTN, file), forCdktn(readFileSync(join(LIB, file), "utf8")));
  }
  // npm makes what it installs executable; a clone has to do so itself.
  for (const bin of ["cli/main.js", "emulator/main.js"]) chmodSync(join(LIB, bin), 0o755);
  console.log(`lib: ${fileNames.length} sources; cdktn: ${files.size} files`);
}

if (require.main === module) build();
