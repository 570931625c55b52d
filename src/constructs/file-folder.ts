import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import picomatch from "picomatch";
import { byText } from "../access/text-order";

/** A file that a pattern matches, with its text or why there is none. */
export interface FolderFile {
  /** As the pattern leads to it, for people. */
  readonly file: string;
  /** Without folder and extension. */
  readonly name: string;
  readonly content: { readonly text: string } | { readonly problem: string };
}

const LARGEST = 1024 * 1024;
const WILDCARD = /[*?[\]{}()!]/;

/**
 * The files of one folder, by name: the same order on every machine.
 *
 * @param pattern a folder, which has no wildcards, and a pattern of file names
 * @returns why nothing can be read, or the files, of which there is at least one
 */
export function readFolder(pattern: string): readonly FolderFile[] | { readonly problem: string } {
  const folder = dirname(pattern);
  if (WILDCARD.test(folder)) return { problem: "wildcards are for the file's name only: name the folder" };
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    return { problem: `the folder cannot be read (${reasonOf(error)}): correct the path` };
  }
  const matches = picomatch(basename(pattern));
  const found = names.filter((name) => matches(name)).sort(byText);
  // Nothing declared means everything revoked: that is never what a wrong path should say.
  if (found.length === 0) return { problem: "no file matches: correct the pattern, or remove the line" };
  return found.map((name) => ({
    file: folder === "." ? name : `${folder}/${name}`,
    name: basename(name, extname(name)),
    content: readText(join(folder, name)),
  }));
}

function readText(path: string): FolderFile["content"] {
  try {
    const status = lstatSync(path);
    if (!status.isFile()) return { problem: "it is not a plain file: links and folders are not followed" };
    if (status.size > LARGEST) return { problem: "it is larger than 1 MiB: an engagement takes a few lines" };
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(readFileSync(path))) };
  } catch (error) {
    const reason = reasonOf(error);
    return reason === "ERR_ENCODING_INVALID_ENCODED_DATA"
      ? { problem: "it is not UTF-8 text: save it as such" }
      : { problem: `it cannot be read (${reason}): see to its permissions` };
  }
}

/** The code alone: the message has the path of the machine. */
function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown reason";
}
