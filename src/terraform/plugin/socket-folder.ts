import { lstatSync, mkdtempSync, readdirSync, rmdirSync, unlinkSync, type Stats } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Paths of sockets have at most 104 bytes on macOS, 108 on Linux. */
const LONGEST_PATH = 100;
const PREFIX = "tfp-amplitude-";
const SOCKET = "s";
const DAY = 24 * 60 * 60 * 1000;

/** Where folders of sockets are made: as core says, or the temporary directory. */
export function socketBase(wanted: string | undefined): string {
  const base = wanted ?? tmpdir();
  return join(base, `${PREFIX}XXXXXX`, SOCKET).length > LONGEST_PATH ? join("/", "tmp") : base;
}

/** The path of a socket in a new folder that nobody else may enter; the folder goes with the process. */
export function newSocketPath(base: string): string {
  const folder = mkdtempSync(join(base, PREFIX));
  process.on("exit", () => remove(folder));
  return join(folder, SOCKET);
}

/**
 * Removes folders that providers left here when they were killed, a day later: ours by user and mode, and with nothing in them but a socket on
 * which nobody listens. A name proves nothing, so what is anything else is left as it is, and nothing is followed.
 *
 * @param now milliseconds since 1970
 */
export async function sweepSockets(base: string, now: number): Promise<void> {
  for (const name of namesIn(base).filter((found) => found.startsWith(PREFIX))) {
    const folder = join(base, name);
    const found = statOf(folder);
    if (found === undefined || !found.isDirectory() || !isPrivate(found) || now - found.mtimeMs <= DAY)
      continue;
    const content = namesIn(folder);
    const socket = statOf(join(folder, SOCKET));
    const isLeft =
      content.length === 0 ||
      (content.length === 1 && socket?.isSocket() === true && !(await isServed(join(folder, SOCKET))));
    if (isLeft) remove(folder);
  }
}

/** `mkdtemp` makes it for its owner alone. */
function isPrivate({ uid, mode }: Stats): boolean {
  return uid === process.getuid?.() && (mode & 0o777) === 0o700;
}

/** The socket and the folder, which goes only when nothing else is in it. */
function remove(folder: string): void {
  for (const removal of [() => unlinkSync(join(folder, SOCKET)), () => rmdirSync(folder)]) {
    try {
      removal();
    } catch {
      // Gone already, or there is something in it that is not ours.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function isServed(path: string): Promise<boolean> {
  return new Promise((tell) => {
    const asked = connect(path, () => {
      asked.destroy();
      tell(true);
    });
    asked.on("error", (error: NodeJS.ErrnoException) => tell(error.code !== "ECONNREFUSED"));
  });
}
