import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/cli/program";
import type { Terminal } from "../../src/cli/terminal";
import { createEmulator, parseSeed, type State } from "../../src/emulator";

/** What one command line printed, and how it ended. */
export interface Printed {
  readonly exitCode: number;
  /** Results. */
  readonly out: string;
  /** Progress and problems. */
  readonly err: string;
}

/** What a command line is run with, where that matters. */
export interface Situation {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Somebody at a terminal, who answers this to every question, or these in turn, or what the question makes of them. */
  readonly answer?: string | readonly string[] | ((question: string) => string);
  /** Asked before every request of an apply. */
  readonly stop?: { readonly requested: boolean };
}

/** A folder with a stack, a seed and whatever a run writes, where commands are run in this process. */
export class Workplace {
  readonly directory = mkdtempSync(join(tmpdir(), "amplitude-access-test-"));

  path(name: string): string {
    return join(this.directory, name);
  }

  /** Writes text as it is, anything else as JSON; answers the name. */
  write(name: string, content: unknown): string {
    writeFileSync(
      this.path(name),
      typeof content === "string" ? content : JSON.stringify(content, undefined, 2),
    );
    return name;
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  /** Names of all files, in folders too. */
  files(): string[] {
    return readdirSync(this.directory, { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(this.path(name), { throwIfNoEntry: false })?.isFile() === true)
      .sort();
  }

  async run(line: string | readonly string[], { env = {}, answer, stop }: Situation = {}): Promise<Printed> {
    const argv = typeof line === "string" ? line.split(" ").filter((word) => word !== "") : line;
    const out: string[] = [];
    const err: string[] = [];
    const answers = typeof answer === "object" ? [...answer] : undefined;
    const reply = (question: string): string =>
      typeof answer === "function" ? answer(question) : (answers?.shift() ?? (answers ? "" : String(answer)));
    const terminal: Terminal = {
      color: false,
      interactive: answer !== undefined,
      result: (text) => void out.push(text),
      note: (text) => void err.push(`${text}\n`),
      progress: () => ({ step: () => undefined, end: () => undefined }),
      ask(question) {
        const said = reply(question);
        err.push(`${question}${said}\n`);
        return Promise.resolve(said);
      },
    };
    const surroundings = { env, directory: this.directory, terminal };
    const exitCode = await run(argv, surroundings, stop ?? { requested: false });
    return { exitCode, out: out.join(""), err: err.join("") };
  }

  /** The organization of a seed file, as it was left. */
  state(seed: string): State {
    return parseSeed(this.read(seed));
  }

  /** Somebody does something in Amplitude's own pages, between two commands. */
  async ui(seed: string, actor: string, change: object): Promise<void> {
    await this.control(seed, "ui", { actor, change });
  }

  /** Sends a control request to the organization of a seed file. */
  async control(seed: string, route: string, body: object): Promise<void> {
    const emulator = createEmulator(this.state(seed), { clock: "virtual" });
    const response = await emulator.fetch(
      new Request(`http://127.0.0.1/_emulator/${route}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    );
    if (!response.ok) throw new Error(await response.text());
    this.write(seed, emulator.state());
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
