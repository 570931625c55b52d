import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm, unlink, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { DiagnosticError, problem } from "../schema";

/**
 * Replaces a file as a whole: whoever reads it finds the old text or the new one, after a power cut too. It holds names and
 * e-mails, so only its owner may read it.
 *
 * @throws DiagnosticError when it cannot be written; the old file is as it was
 */
export async function writePrivate(path: string, text: string): Promise<void> {
  await replaceFile(path, text, { file: 0o600, folder: 0o700 });
}

/** The same for a file that goes into the repository. */
export async function writeReviewed(path: string, text: string): Promise<void> {
  await replaceFile(path, text, { file: 0o644, folder: 0o755 });
}

interface Modes {
  readonly file: number;
  /** Of folders that are not there yet. */
  readonly folder: number;
}

async function replaceFile(path: string, text: string, modes: Modes): Promise<void> {
  let draft: string | undefined;
  try {
    await mkdir(dirname(path), { recursive: true, mode: modes.folder });
    // In a folder that others write to, nobody can have laid a link under this name.
    const name = `${path}.${randomBytes(8).toString("hex")}.tmp`;
    const file = await open(name, "wx", modes.file);
    draft = name;
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    if (draft !== undefined) await unlink(draft).catch(() => undefined);
    throw unusable("write", path, error);
  }
}

/** Makes a file anew that only its owner may read, whatever is there under its name: a link goes, what it leads to stays. */
export async function openPrivate(path: string): Promise<FileHandle> {
  await removeFile(path);
  return await open(path, "wx", 0o600);
}

/** Makes a folder that only its owner may enter, unless it is there. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

/** The text of a file, undefined when there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return undefined;
    throw unusable("read", path, error);
  }
}

/** The text of a file that must be there. */
export async function readNeeded(path: string, what: string): Promise<string> {
  const text = await readIfThere(path);
  if (text !== undefined) return text;
  throw new DiagnosticError([problem(`There is no ${what} ${path}`, "Check the path.")]);
}

/** Removes a file, if it is there. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** The error in which every file that cannot be used ends. */
export function unusable(verb: string, path: string, error: unknown): DiagnosticError {
  const said = error instanceof Error ? error.message : String(error);
  return new DiagnosticError([
    problem(
      `Cannot ${verb} ${path}`,
      `${said}. Nothing else was done with it. Check the path and its permissions.`,
    ),
  ]);
}
