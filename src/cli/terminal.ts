import { createInterface } from "node:readline/promises";
import { SingleBar } from "cli-progress";

/** Where a command prints: results to stdout, progress and problems to stderr. Nothing else prints. */
export interface Terminal {
  /** Whether results go to a terminal that shows colour. */
  readonly color: boolean;
  /** Whether somebody can answer a question. */
  readonly interactive: boolean;
  result(text: string): void;
  note(text: string): void;
  /** Starts showing how far something is; `total` of 0 means not known. */
  progress(what: string, total: number): Progress;
  ask(question: string): Promise<string>;
}

export interface Progress {
  step(done: number, detail?: string): void;
  end(): void;
}

/** Plain progress lines at most this often, in milliseconds. */
const LINE_EVERY = 2_000;

/** The terminal of this process. */
export function processTerminal(env: Readonly<Record<string, string | undefined>>): Terminal {
  const { stdout, stderr, stdin } = process;
  // Whoever reads may have seen enough (`plan | head`); an apply is not to end in its middle for that.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const noColor = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  return {
    color: stdout.isTTY && !noColor,
    interactive: stdin.isTTY && stderr.isTTY,
    result: (text) => void stdout.write(text),
    note: (text) => void stderr.write(`${text}\n`),
    progress: (what, total) => (stderr.isTTY ? bar(what, total) : lines(what, total)),
    async ask(question) {
      const reader = createInterface({ input: stdin, output: stderr });
      try {
        return await reader.question(question);
      } catch {
        // Ctrl-C or the end of the input is no answer, and no answer is no.
        return "";
      } finally {
        reader.close();
      }
    },
  };
}

function bar(what: string, total: number): Progress {
  const single = new SingleBar({
    format: total > 0 ? `${what} [{bar}] {value}/{total} {detail}` : `${what} {value} {detail}`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  single.start(total, 0, { detail: "" });
  return { step: (done, detail = "") => single.update(done, { detail }), end: () => single.stop() };
}

/** Somewhere that is not a terminal: a plain line now and then, and none for what takes less than a second. */
function lines(what: string, total: number): Progress {
  let last = Date.now() - LINE_EVERY / 2;
  return {
    step(done, detail = "") {
      if (Date.now() - last < LINE_EVERY) return;
      last = Date.now();
      process.stderr.write(`${what}: ${done}${total > 0 ? ` of ${total}` : ""} ${detail}`.trimEnd() + "\n");
    },
    end: () => undefined,
  };
}
