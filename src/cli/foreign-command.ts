import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { resolve } from "node:path";
import type { Environment } from "../api";
import { isolated, isolationHere, type Command, type Isolation } from "./isolation";

/** Amplitude's, ours, and what a job of GitHub Actions has: https://docs.github.com/en/actions/reference/security/secure-use. */
const CREDENTIAL = /^(?:AMPLITUDE_.*(?:KEY|TOKEN|SECRET)|(?:GITHUB|GH|ACTIONS)_.*TOKEN)/;

/** The environment for a command that is not ours: it gets no credential. */
export function withoutCredentials(env: Environment): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !CREDENTIAL.test(name)));
}

/** What is to be known of a command that could not be isolated, in one line. */
export const EXPOSED =
  "Code that is not ours can read the credentials of this run: this system cannot isolate it (docs/cli.md, Code that is not ours). For code that you do not trust give synthesized files with --config, and leave policies to a job without credentials.";

/**
 * Starts code that is not ours: a stack's app, a policies file. It gets no credential, and where the system allows (`isolationHere`) it sees no
 * process that has one, nor the files that our variables name.
 *
 * @param command a text is for the shell
 * @param exposed told when it could read credentials all the same
 */
export function startForeign(
  command: string | Command,
  {
    cwd,
    env,
    stdio,
    exposed,
    isolation = isolationHere(),
    ...rest
  }: {
    readonly cwd: string;
    readonly env: Environment;
    readonly stdio: StdioOptions;
    readonly exposed: (line: string) => void;
    readonly isolation?: Isolation;
    readonly timeout?: number;
  },
): ChildProcess {
  const secret = Object.entries(env).filter(([name, value]) => CREDENTIAL.test(name) && (value ?? "") !== "");
  const options = { cwd, env: withoutCredentials(env), stdio, ...rest, killSignal: "SIGKILL" as const };
  if (isolation === "none") {
    if (secret.length > 0) exposed(EXPOSED);
    return typeof command === "string"
      ? spawn(command, { ...options, shell: true })
      : spawn(command[0], command.slice(1), options);
  }
  const files = secret.filter(([name]) => name.endsWith("_FILE")).map(([, path = ""]) => resolve(cwd, path));
  const whole: Command = typeof command === "string" ? ["/bin/sh", "-c", command] : command;
  const [program, ...args] = isolated(whole, isolation, files);
  // In a session of its own it cannot type into our terminal.
  return spawn(program, args, { ...options, detached: true });
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
