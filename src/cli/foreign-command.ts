import { spawn } from "node:child_process";
import type { Environment } from "../api";

/** Amplitude's, ours, and what a job of GitHub Actions has: https://docs.github.com/en/actions/reference/security/secure-use. */
const CREDENTIAL = /^(?:AMPLITUDE_.*(?:KEY|TOKEN|SECRET)|(?:GITHUB|GH|ACTIONS)_.*TOKEN)/;

/** The environment for a command that is not ours: it gets no credential. */
export function withoutCredentials(env: Environment): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !CREDENTIAL.test(name)));
}

/** The last of what a command printed; more is of no use in a message. */
const SHOWN = 4_000;

/**
 * Runs a command without a shell, with this input.
 *
 * @returns `ended`: how it ended, in words, unless it ended well and took the whole input; `said`: the last of what it printed
 */
export async function runWithInput(
  [program, ...args]: readonly [string, ...string[]],
  input: string,
  {
    cwd,
    env,
    patience,
  }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly patience: number },
): Promise<{ readonly ended: string | undefined; readonly said: string }> {
  return await new Promise((done) => {
    // In a group of its own: a Ctrl-C at the terminal is for us, and a value on its way arrives.
    const child = spawn(program, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"], detached: true });
    let said = "";
    let refused: string | undefined;
    const collect = (chunk: Buffer): void => {
      said = `${said}${chunk.toString("utf8")}`.slice(-SHOWN);
    };
    const timer = setTimeout(() => {
      refused = `took more than ${patience / 1000} s`;
      child.kill("SIGKILL");
    }, patience);
    const end = (ended: string | undefined): void => {
      clearTimeout(timer);
      done({ ended, said });
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.stdin.on("error", (error) => (refused ??= `did not take it (${error.message})`));
    child.on("error", (error) => end(`cannot be run (${error.message})`));
    child.on("close", (code, signal) =>
      end(refused ?? (code === 0 ? undefined : `ended with ${code ?? String(signal)}`)),
    );
    child.stdin.end(input);
  });
}
