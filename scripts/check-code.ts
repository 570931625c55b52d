import { join } from "node:path";
import { ESLint } from "eslint";
import * as ts from "typescript";

/**
 * Checks types and lints, with one program for both: a linter that knows types would otherwise read and check everything a second time.
 */
const ROOT = join(__dirname, "..");
const PROJECTS = ["tsconfig.json", "src/report/client/tsconfig.json"];

function programOf(config: string): ts.Program {
  const unreadable = (problem: ts.Diagnostic): never => {
    throw new Error(textOf([problem]));
  };
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: unreadable };
  const parsed = ts.getParsedCommandLineOfConfigFile(join(ROOT, config), {}, host);
  if (parsed === undefined) throw new Error(`Cannot read ${config}: it is not there. Restore it.`);
  return ts.createProgram({
    rootNames: parsed.fileNames,
    options: parsed.options,
    configFileParsingDiagnostics: parsed.errors,
  });
}

function textOf(problems: readonly ts.Diagnostic[]): string {
  return ts.formatDiagnostics(problems, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => ROOT,
    getNewLine: () => "\n",
  });
}

/** What ESLint says about every file, or "" where it says nothing. */
async function lint(programs: ts.Program[]): Promise<string> {
  const parserOptions = { projectService: false, programs };
  const eslint = new ESLint({ cwd: ROOT, overrideConfig: { languageOptions: { parserOptions } } });
  const formatter = await eslint.loadFormatter("stylish");
  return formatter.format(await eslint.lintFiles(["."]));
}

async function main(): Promise<void> {
  const programs = PROJECTS.map(programOf);
  const said = textOf(programs.flatMap((program) => ts.getPreEmitDiagnostics(program)));
  const found = said + (await lint(programs));
  if (found === "") return;
  console.error(found);
  process.exitCode = 1;
}

void main();
