import { run } from "../../src/cli/program";
import type { Terminal } from "../../src/cli/terminal";

interface Call {
  readonly argv: readonly string[];
  readonly env: Record<string, string>;
  readonly directory: string;
}

/** Asks this process to run a command line with the environment of the script; it answers with the exit code, and in two files. */
export const CLIENT = `#!/bin/bash
answer=$(mktemp -d)
code=$({ printf '%s\\0' "$answer" "$PWD" "$#" "$@"; env -0; } | curl --silent --data-binary @- URL)
cat "$answer/out"
cat "$answer/err" >&2
exit "$code"
`;

/** What a script sent. */
export function callOf(body: string): Call & { readonly answer: string } {
  const [answer = "", directory = "", count = "0", ...rest] = body.split("\0");
  const variables = rest.slice(Number(count)).filter((line) => line.includes("="));
  const env = variables.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
  const argv = rest.slice(0, Number(count));
  return { answer, directory, argv, env: Object.fromEntries(env) as Record<string, string> };
}

/** Runs it in this process. The only thing added is the emulator's clock. */
export async function here({
  argv,
  env,
  directory,
}: Call): Promise<{ out: string; err: string; exitCode: number }> {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    color: false,
    interactive: false,
    result: (line) => void out.push(line),
    note: (line) => void err.push(`${line}\n`),
    progress: () => ({ step: () => undefined, end: () => undefined }),
    ask: () => Promise.resolve(""),
  };
  const surroundings = { env: { ...env, AMPLITUDE_EMULATOR_CLOCK: "1" }, directory, terminal };
  const exitCode = await run(argv, surroundings, { requested: false });
  return { exitCode, out: out.join(""), err: err.join("") };
}
