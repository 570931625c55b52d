import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { resolve } from "node:path";
import type { JWK } from "jose";
import type { Environment } from "../api";
import {
  contentEncryption,
  encryptedTo,
  recipientAlgorithm,
  recipientOf,
  type Recipient,
} from "../resources";
import { DiagnosticError, problem } from "../schema";
import { readNeeded } from "./private-file";

/** The private key that opens snapshots, and the file that may hold it instead. */
export const SNAPSHOT_KEY = "AMPLITUDE_ACCESS_SNAPSHOT_KEY";
const SNAPSHOT_KEY_FILE = "AMPLITUDE_ACCESS_SNAPSHOT_KEY_FILE";

/** What the content of the envelope is. */
const CONTENT = "amplitude-access/snapshot";

/** Somebody whom snapshots are encrypted to. Throws DiagnosticError, before anything is read. */
export async function snapshotRecipient(files: readonly string[], directory: string): Promise<Recipient> {
  const [file = "", ...others] = files;
  if (others.length > 0) {
    throw refused(
      `Cannot encrypt a snapshot to ${files.length} recipients`,
      `${files.join(", ")} were given, and it is for one`,
      "Give --encrypt once, and the private key to every job that plans from it.",
    );
  }
  const path = resolve(directory, file);
  const text = await readNeeded(path, "public key");
  try {
    return recipientOf(text);
  } catch (error) {
    throw refused(
      `Cannot encrypt a snapshot to ${path}`,
      said(error),
      "Nothing was read or written. Give one public key (RSA, EC or X25519): a JWK, or a PEM that begins with BEGIN PUBLIC KEY.",
    );
  }
}

/** The text of a snapshot in an envelope that says for whose key it is, and nothing else. */
export async function encryptedSnapshot(text: string, recipient: Recipient): Promise<string> {
  const kid = await thumbprint(recipient.key);
  return `${await encryptedTo(recipient, text, { kid, cty: CONTENT })}\n`;
}

/**
 * The text of a snapshot, opened where it is encrypted. It is never on disk in plain text.
 *
 * @throws DiagnosticError when there is no key, it is another's, or the file is damaged; and when a key is there for a file that is not encrypted
 */
export async function openedSnapshot(
  text: string,
  file: string,
  { env, directory }: { readonly env: Environment; readonly directory: string },
): Promise<string> {
  const isThere = (value: string | undefined): boolean => (value ?? "") !== "";
  const variable = isThere(env["AMPLITUDE_ACCESS_SNAPSHOT_KEY"])
    ? SNAPSHOT_KEY
    : isThere(env["AMPLITUDE_ACCESS_SNAPSHOT_KEY_FILE"])
      ? SNAPSHOT_KEY_FILE
      : undefined;
  const cannot = (why: string, advice: string): DiagnosticError =>
    refused(`Cannot open the snapshot ${file}`, why, `Nothing was planned. ${advice}`);
  const form = formOf(text);
  if (form === "several")
    throw cannot(
      "It is encrypted in a form that is for several recipients",
      "Make it with amplitude-access snapshot --encrypt, which is for one.",
    );
  if (form === "plain") {
    if (variable === undefined) return text;
    throw cannot(
      `It is not encrypted, and ${variable} says that it should be: whoever could read it has its names and e-mails`,
      `Make it with amplitude-access snapshot --encrypt, or unset ${variable}.`,
    );
  }
  if (variable === undefined)
    throw cannot(
      "It is encrypted, and there is no key to open it",
      `Set ${SNAPSHOT_KEY} to the private key, or ${SNAPSHOT_KEY_FILE} to the file that holds it.`,
    );
  const key = await privateKey(variable, { env, directory });
  const { kid } = headerOf(text);
  const ours = await thumbprint(createPublicKey(key));
  if (kid !== undefined && kid !== ours)
    throw cannot(
      `It was encrypted to another key (${kid}) than ${variable} holds (${ours})`,
      "Give the private key that belongs to the public one which snapshot --encrypt was given.",
    );
  try {
    const { compactDecrypt } = await import("jose");
    const { plaintext } = await compactDecrypt(text.trim(), key, {
      keyManagementAlgorithms: [recipientAlgorithm(key)],
      contentEncryptionAlgorithms: [contentEncryption],
    });
    return new TextDecoder().decode(plaintext);
  } catch (error) {
    throw cannot(
      `It is damaged, or not what snapshot --encrypt wrote (${said(error)})`,
      "Use the file as it was written, or make a new one.",
    );
  }
}

/** Five parts joined by dots, the first of which is JSON (RFC 7516, section 7.1); or JSON with the parts in it (section 7.2). */
function formOf(text: string): "plain" | "compact" | "several" {
  const trimmed = text.trimStart();
  if (trimmed.startsWith("eyJ")) return "compact";
  const isJson =
    /^\{\s*"(?:payload|ciphertext|protected|unprotected|recipients|iv|tag|aad|header|encrypted_key)"/;
  return isJson.test(trimmed) ? "several" : "plain";
}

function headerOf(text: string): { readonly kid?: string } {
  try {
    const header = Buffer.from(text.trim().split(".", 1)[0] ?? "", "base64url").toString("utf8");
    const { kid } = JSON.parse(header) as { readonly kid?: unknown };
    return typeof kid === "string" ? { kid } : {};
  } catch {
    // Opening it says what is wrong.
    return {};
  }
}

async function privateKey(
  variable: string,
  { env, directory }: { readonly env: Environment; readonly directory: string },
): Promise<KeyObject> {
  const value = env[variable] ?? "";
  const text = variable === SNAPSHOT_KEY ? value : await readNeeded(resolve(directory, value), "private key");
  try {
    const trimmed = text.trim();
    const key = trimmed.startsWith("{")
      ? createPrivateKey({ key: JSON.parse(trimmed) as Record<string, unknown>, format: "jwk" })
      : createPrivateKey(trimmed);
    recipientAlgorithm(key);
    return key;
  } catch {
    // What the parser says may quote the key.
    throw refused(
      `Cannot use ${variable}`,
      "It holds no private key that opens anything (RSA, EC or X25519, without a passphrase)",
      "Nothing was planned. Give the whole file that was made with the public key: a PEM with BEGIN PRIVATE KEY, or a JWK.",
    );
  }
}

async function thumbprint(key: KeyObject): Promise<string> {
  const { calculateJwkThumbprint } = await import("jose");
  return await calculateJwkThumbprint(key.export({ format: "jwk" }) as JWK);
}

const said = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");

function refused(attempted: string, why: string, advice: string): DiagnosticError {
  return new DiagnosticError([problem(attempted, `${why}. ${advice}`)]);
}
