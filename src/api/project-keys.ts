import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import * as z from "zod";
import { Secret } from "./secret";

/** API key and secret key of one project. */
export interface KeyPair {
  readonly apiKey: Secret;
  readonly secretKey: Secret;
}

/** The text of a file that only its owner can read, or why it is not used. */
export type ReadPrivateText = (path: string) => { readonly text: string } | { readonly problem: string };

/** Others than the owner may do nothing with it. */
const OTHERS = 0o077;

/** Opened once: what is read is what was looked at. */
export const readPrivateText: ReadPrivateText = (path) => {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const { mode } = fstatSync(file);
    // Windows has no such bits: every file looks as if others could read it.
    if (process.platform !== "win32" && (mode & OTHERS) !== 0) {
      const bits = (mode & 0o777).toString(8).padStart(4, "0");
      return {
        problem: `others on this machine can reach it (mode ${bits}). Keep it to its owner: chmod 600, and rotate the keys if others may have read them.`,
      };
    }
    return { text: readFileSync(file, "utf8") };
  } catch (error) {
    const { code = "unreadable" } = error as NodeJS.ErrnoException;
    return { problem: `it cannot be read (${code}). Correct the path, or unset the variable.` };
  } finally {
    if (file !== undefined) closeSync(file);
  }
};

const key = z.string().regex(/^[\x21-\x7e]+$/, "holds characters that no key has");
const fileSchema = z.record(
  z.string().regex(/^[1-9]\d*$/, "is not a project id"),
  z.strictObject({
    api_key: key.refine((text) => !text.includes(":"), "holds a colon, which no API key has"),
    secret_key: key,
  }),
);

/** What every message about the file ends with: its form. */
const FORM = 'Write {"288501": {"api_key": "...", "secret_key": "..."}}, by project id.';

/**
 * Key pairs by project id, from the file that a variable names. No message shows anything of what is in it but ids and field names.
 *
 * @param variable for messages: `AMPLITUDE_PROJECT_KEYS_FILE`
 */
export function projectKeysIn(
  variable: string,
  path: string,
  readText: ReadPrivateText,
): { readonly keys: ReadonlyMap<string, KeyPair> } | { readonly problem: string } {
  const unusable = (why: string) => ({ problem: `${variable} names ${path}, but ${why}` });
  const file = readText(path);
  if ("problem" in file) return unusable(file.problem);
  let content: unknown;
  try {
    content = JSON.parse(file.text);
  } catch {
    // The parser's own message quotes the text.
    return unusable(`it is not JSON. ${FORM}`);
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? "the file" : issue.path.join(".");
    const unknown = issue?.code === "unrecognized_keys" ? `: unknown field ${issue.keys.join(", ")}` : "";
    const what =
      issue?.code === "invalid_format" || issue?.code === "custom" ? `: ${issue.message}` : unknown;
    return unusable(`${where} is not as it must be${what}. ${FORM}`);
  }
  const secret = (id: string, field: string, text: string): Secret =>
    new Secret(`${variable}: ${field} of project ${id}`, text);
  return {
    keys: new Map(
      Object.entries(parsed.data).map(([id, pair]) => [
        id,
        {
          apiKey: secret(id, "api_key", pair.api_key),
          secretKey: secret(id, "secret_key", pair.secret_key),
        },
      ]),
    ),
  };
}
