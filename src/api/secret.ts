import { inspect } from "node:util";

/** A credential's value that prints as the name of its environment variable, or of the key that it belongs to, wherever it is printed. */
export class Secret {
  readonly #value: string;

  constructor(
    /** What is shown instead: an environment variable, or `value of API key ...` for a key that was made just now. */
    readonly variable: string,
    value: string,
  ) {
    this.#value = value;
  }

  /** The value itself: only for building a header, for handing over a new key, or for finding it in a text that must not show it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return `[${this.variable}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

const longestQuote = 300;

/**
 * A text of the other side, safe to show: no credential in any encoding that we send it in, no control or formatting
 * characters (a terminal would obey them), at most 300 characters.
 */
export function quote(text: string, secrets: readonly Secret[]): string {
  // Redacted before it is cut: half a key is still half a key. Longest first, so that no key survives inside another.
  const shown = secrets
    .flatMap((secret) =>
      spellings(secret.reveal()).map((spelling) => ({ spelling, mark: secret.toString() })),
    )
    .sort((a, b) => b.spelling.length - a.spelling.length)
    .reduce((rest, { spelling, mark }) => rest.replaceAll(spelling, mark), text);
  const plain = shown.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
  return plain.length > longestQuote ? `${plain.slice(0, longestQuote)}...` : plain;
}

function spellings(value: string): string[] {
  if (value === "") return [];
  const base64 = Buffer.from(value).toString("base64");
  return [...new Set([value, encodeURIComponent(value), base64, base64.replace(/=+$/, "")])];
}
