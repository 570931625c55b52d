import { randomBytes } from "node:crypto";
import { link, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { OtherRun } from "./other-run";
import { makePrivateFolder, readIfThere, removeFile, unusable } from "./private-file";

/** Locks that this process holds. Any other that says so was left by a dead one of the same number: in a container that is always the same. */
const ours = new Set<string>();

/**
 * Takes a lock that one run at a time can hold. One that a dead process of this machine left behind is taken over.
 *
 * @returns what gives it back
 * @throws OtherRun when another run holds it
 */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  const mine = `${hostname()} ${process.pid}`;
  if (ours.has(path)) throw held(path, mine);
  ours.add(path);
  try {
    await makePrivateFolder(dirname(path)).catch((error: unknown) => {
      throw unusable("write", path, error);
    });
    if (!(await create(path, mine))) await takeOver(path, mine);
  } catch (error) {
    ours.delete(path);
    throw error;
  }
  return async () => {
    // A folder that has gone by then holds no lock.
    await removeFile(path).catch(() => undefined);
    ours.delete(path);
  };
}

/** Of several that find a lock of the dead at once, one may remove it: whoever is behind would remove that one's new lock. */
async function takeOver(path: string, mine: string): Promise<void> {
  const found = await readIfThere(path);
  if (found !== undefined && !isDead(found)) throw held(path, found);
  const door = `${path}.takeover`;
  if (!(await create(door, mine))) throw held(door, (await readIfThere(door)) ?? "");
  try {
    const holder = await readIfThere(path);
    if (holder !== undefined && !isDead(holder)) throw held(path, holder);
    await removeFile(path);
    if (!(await create(path, mine))) throw held(path, "");
  } finally {
    await removeFile(door);
  }
}

/** Makes the file with its text in one go: whoever is killed here leaves no lock that nobody can tell whose it is. */
async function create(path: string, text: string): Promise<boolean> {
  const whole = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    await writeFile(whole, text, { flag: "wx", mode: 0o600 });
    await link(whole, path);
    return true;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === "EEXIST") return false;
    throw unusable("write", path, error);
  } finally {
    await removeFile(whole).catch(() => undefined);
  }
}

/** Whether the process that took the lock is known to be gone. */
function isDead(holder: string): boolean {
  const [host, pid] = holder.split(" ");
  if (host !== hostname()) return false;
  // Not ours, or we had not asked.
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === "ESRCH";
  }
}

function held(path: string, holder: string): OtherRun {
  return new OtherRun(
    "Another apply is running on this base",
    `${path} is held by ${holder === "" ? "somebody" : holder}. Wait for it, or remove the file if that run is over.`,
  );
}
