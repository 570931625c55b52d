import { hostname } from "node:os";
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { OtherRun } from "./other-run";
import { readIfThere, removeFile, unusable } from "./private-file";

/**
 * Takes a lock that one run at a time can hold. One that a dead process of this machine left behind is taken over.
 *
 * @returns what gives it back
 * @throws OtherRun when another run holds it
 */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw unusable("write", path, error);
  });
  const mine = `${hostname()} ${process.pid}`;
  if (!(await create(path, mine))) {
    const holder = (await readIfThere(path)) ?? "";
    if (!isDead(holder)) throw held(path, holder);
    await removeFile(path);
    if (!(await create(path, mine))) throw held(path, holder);
  }
  // A folder that has gone by then holds no lock.
  return () => removeFile(path).catch(() => undefined);
}

async function create(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(text);
    await file.close();
    return true;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === "EEXIST") return false;
    throw unusable("write", path, error);
  }
}

/** Whether the process that took the lock is known to be gone. */
function isDead(holder: string): boolean {
  const [host, pid] = holder.split(" ");
  if (host !== hostname()) return false;
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
