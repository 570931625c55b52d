import { join } from "node:path";
import { ESLint } from "eslint";
import * as ts from "typescript";

/**
 * Checks types and lints, with one program for both: a linter that knows types would otherwise read and check everything a second time. The
 * constructs are checked once more, against CDK Terrain, from the same sources in memory.
 */
const ROOT = join(__dirname, "..");

function parsed(config: string): ts.ParsedCommandLine {
  const unreadable = (problem: ts.Diagnostic): never => {
    throw new Error(textOf([problem]));
  };
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: unreadable };
  const found = ts.getParsedCommandLineOfConfigFile(join(ROOT, config), {}, host);
  if (found === undefined) throw new Error(`Cannot read ${config}: it is not there. Restore it.`);
  return found;
}

function programOf(config: string, host?: ts.CompilerHost): ts.Program {
  const { fileNames, options, errors } = parsed(config);
  return ts.createProgram({
    rootNames: fileNames,
    options,
    configFileParsingDiagnostics: errors,
    ...(host === undefined ? {} : { host }),
  });
}

/** What is exported for CDK Terrain, with it in the place of CDKTF. */
function cdktnProgram(host: ts.CompilerHost): ts.Program {
  const { options } = parsed("tsconfig.build.json");
  return ts.createProgram({
    rootNames: [join(ROOT, "src", "index.ts")],
    options: {
      ...options,
      noEmit: true,
      declaration: false,
      baseUrl: ROOT,
      paths: { cdktf: ["node_modules/cdktn"] },
    },
    host,
  });
}

/** Reads each file once for several programs. Their options may differ in what modules are found, not in how files are read. */
function sharingHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const known = new Map<string, ts.SourceFile | undefined>();
  return {
    ...host,
    getSourceFile(name, version, ...rest) {
      const format = typeof version === "object" ? version.impliedNodeFormat : undefined;
      const key = `${format ?? ""} ${name}`;
      if (!known.has(key)) known.set(key, host.getSourceFile(name, version, ...rest));
      return known.get(key);
    },
  };
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

/** What the compiler says; the programs are left as they are, for whoever goes on with them. */
export function checkedPrograms(): { readonly programs: ts.Program[]; readonly said: string } {
  const host = sharingHost(parsed("tsconfig.json").options);
  const programs = [programOf("tsconfig.json", host), programOf("src/report/client/tsconfig.json")];
  const problems = [...programs, cdktnProgram(host)].flatMap((program) => ts.getPreEmitDiagnostics(program));
  return { programs, said: textOf(ts.sortAndDeduplicateDiagnostics(problems)) };
}

async function main(): Promise<void> {
  const { programs, said } = checkedPrograms();
  const found = said + (await lint(programs));
  if (found === "") return;
  console.error(found);
  process.exitCode = 1;
}

if (require.main === module) void main();
