import { createHash } from "node:crypto";

const SLUG_LENGTH = 48;
const HASH_LENGTH = 8;

/** Letters, digits, `-` and `_` of a text, lower case, without accents; empty for text outside of ASCII. */
export function slug(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-");
  return plain.slice(0, SLUG_LENGTH).replace(/^-+|-+$/g, "");
}

/**
 * Terraform's name of a block: `group_agency-nova_1f0c22ab`. The hash is of the natural key, so that names with the same slug stay apart and
 * nothing but the key changes an address. cdktf's own ids drop characters: "a.b" and "ab" become one, "設計" becomes nothing.
 */
export function logicalId(prefix: string, name: string, key: readonly string[]): string {
  const hash = createHash("sha256").update(JSON.stringify(key)).digest("hex").slice(0, HASH_LENGTH);
  return [prefix, slug(name), hash].filter((part) => part !== "").join("_");
}

/** A construct id that people recognize in messages, `group:agency-nova`; the logical id where the name has characters that cdktf changes, as `/` is. */
export function constructId(kind: string, name: string, id: string): string {
  return /^[\p{L}\p{N}@._+ -]+$/u.test(name) ? `${kind}:${name}` : id;
}
