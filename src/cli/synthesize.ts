import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { DiagnosticError, problem, type Diagnostic } from "../schema";
import { startForeign } from "./foreign-command";

const manifestSchema = z.looseObject({
  stacks: z.record(
    z.string(),
    z.looseObject({
      synthesizedStackPath: z.string(),
      annotations: z
        .array(z.looseObject({ constructPath: z.string(), level: z.string(), message: z.string() }))
        .optional(),
    }),
  ),
});

/** A synthesized stack's text, with a name for messages. */
export interface SynthesizedText {
  readonly file: string;
  readonly text: string;
}

export interface Synthesis {
  readonly files: readonly SynthesizedText[];
  readonly warnings: readonly Diagnostic[];
}

/** How much of what a failing program printed is shown. */
const SHOWN_LINES = 30;

/**
 * Runs the `app` of cdktf.json as cdktf's own command does, into a folder of its own.
 *
 * @throws DiagnosticError when there is no app, or when it does not compile or synthesize
 */
export async function synthesize(
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
  exposed: (line: string) => void,
): Promise<Synthesis> {
  const app = await appOf(directory);
  const outdir = await mkdtemp(join(tmpdir(), "amplitude-access-"));
  try {
    await run(app, directory, { ...env, CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: "{}" }, exposed);
    return await readSynthesis(outdir);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

async function appOf(directory: string): Promise<string> {
  const file = join(directory, "cdktf.json");
  let parsed: { app?: unknown } | null;
  try {
    parsed = JSON.parse(await readFile(file, "utf8")) as { app?: unknown } | null;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new DiagnosticError([
      problem(
        "There is no stack to plan",
        `Reading cdktf.json in ${resolve(directory)}: ${said}. Run in the folder of the stacks, or give --config FILE.`,
      ),
    ]);
  }
  const app = parsed?.app;
  if (typeof app === "string" && app !== "") return app;
  throw new DiagnosticError([
    problem("cdktf.json has no `app`", 'Say how to run the stacks: "app": "npx tsx stacks/main.ts".'),
  ]);
}

/** It is the branch's code, and that of all its dependencies. */
async function run(
  app: string,
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
  exposed: (line: string) => void,
): Promise<void> {
  const child = startForeign(app, { cwd: directory, env, stdio: ["ignore", "pipe", "pipe"], exposed });
  let output = "";
  const collect = (chunk: Buffer): void => {
    output += chunk.toString("utf8");
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  const code = await new Promise<number | null>((done, fail) => {
    child.on("error", fail);
    child.on("close", done);
  });
  if (code === 0) return;
  const shown = output.trim().split("\n").slice(-SHOWN_LINES).join("\n");
  throw new DiagnosticError([
    problem(
      "The stack did not synthesize",
      `\`${app}\` ended with ${code ?? "a signal"} and said:\n\n${shown}\n\nCorrect the stack and run again`,
    ),
  ]);
}

function manifestOf(text: string): z.infer<typeof manifestSchema> {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    const said = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new DiagnosticError([
      problem(
        "The app wrote a manifest.json that is not cdktf's",
        `${said}. Is cdktf 0.21, or cdktn, installed?`,
      ),
    ]);
  }
}

async function readSynthesis(outdir: string): Promise<Synthesis> {
  let text: string;
  try {
    text = await readFile(join(outdir, "manifest.json"), "utf8");
  } catch {
    throw new DiagnosticError([
      problem(
        "The app wrote no stack",
        "It ended well and left no manifest. Does it call app.synth(), and leave `outdir` of App alone?",
      ),
    ]);
  }
  const manifest = manifestOf(text);
  const stacks = Object.entries(manifest.stacks);
  const files = await Promise.all(
    stacks.map(async ([name, { synthesizedStackPath }]) => ({
      file: `${name} (synthesized)`,
      text: await readFile(join(outdir, synthesizedStackPath), "utf8"),
    })),
  );
  const warnings = stacks.flatMap(([, { annotations = [] }]) =>
    annotations.map(({ constructPath, message }): Diagnostic => ({
      severity: "warning",
      summary: message,
      detail: "",
      constructPath,
    })),
  );
  return { files, warnings };
}
