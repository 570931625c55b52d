import { createHash } from "node:crypto";

import { calledThen } from "../resources";
import { canonicalEmail, composed, domainOf } from "../schema";

/** A domain that fewer people share is as good as a name. */
const SHARED_BY = 3;

/** An e-mail anywhere in a text, as it is or percent-encoded. */
const EMAIL = /[^\s@"`(),:;<>[\]\\]+(?:@|%40)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/giu;
/** `amplitude_user.jo_nova`: what follows the kind may be a name. */
const ADDRESS = /\b(amplitude_[a-z_]+)\.[\w-]+/g;
/** `["given_name","Ana"]`: a declaration as the base keeps it. */
const NAME = /("(?:given|family)_?name"[,:]\s*)"(?:[^"\\]|\\.)*"/gi;
/** Path of a construct, as cdktf writes it into the file. */
const CONSTRUCT = /[^\s()]+\/Resource\b/g;
/** An address that somebody logged in from. */
const IP = /\b\d{1,3}(?:\.\d{1,3}){3}\b|(?<![\w:])[0-9a-f]{0,4}(?::{1,2}[0-9a-f]{1,4}){2,7}(?![\w:])/gi;
/** What looks like an id or a part of a key: letters and digits without a word in it. */
const TOKEN = /\b(?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{12,}\b/gi;

/** What an id of a key, and a name of a person, are called where they stand alone. */
const HIDDEN_FIELDS: Readonly<Record<string, string>> = {
  keyId: "(key id)",
  givenName: "(name)",
  familyName: "(name)",
};

/** A step as far as it may hold a person's names. */
export interface NamingStep {
  readonly values: Readonly<Record<string, unknown>>;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Whom and what a report may name. */
export interface Named {
  /** E-mails of the whole organization, and of whom a plan brings. */
  readonly people: Iterable<string>;
  readonly steps?: readonly NamingStep[];
  /** What the numbers of people are drawn by: equal input, equal numbers. */
  readonly seed: string;
}

/**
 * Takes people out of what is shown to everybody. A person is `person-7` all through one run, in every rendering of it, or `nova.agency/person-7`
 * where at least three people share the domain. Numbers say nothing of the alphabet. Resources go by kind and number. What identifies
 * findings, steps and plans stays, so that approvals still fit.
 */
export class Redaction {
  readonly #numbers = new Map<string, number>();
  readonly #resources = new Map<string, number>();
  readonly #literals: (readonly [text: string, instead: string])[] = [];
  #domains: ReadonlySet<string> = new Set();

  /** Learns who there is; numbers that were given before stay. */
  know({ people, steps = [], seed }: Named): void {
    const all = [...new Set([...people].map(canonicalEmail))];
    const drawn = (email: string): string => createHash("sha256").update(`${seed} ${email}`).digest("hex");
    const order = all.map((email) => [drawn(email), email] as const).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, email] of order) this.#numberOf(email);
    const shared = new Map<string, number>();
    for (const email of all) shared.set(domainOf(email), (shared.get(domainOf(email)) ?? 0) + 1);
    this.#domains = new Set([...shared].filter(([, count]) => count >= SHARED_BY).map(([name]) => name));
    this.#literals.push(...steps.flatMap(renaming));
  }

  /** The place of a person among all: what lists are sorted by. */
  number(email: string): number {
    return this.#numberOf(canonicalEmail(email));
  }

  /** A text without a person's e-mail, a resource's name or a key's id in it. */
  text(text: string): string {
    const plain = this.#literals.reduce(
      (rest, [found, instead]) => rest.replaceAll(found, instead),
      composed(text),
    );
    return plain
      .replace(NAME, '$1"(name)"')
      .replace(CONSTRUCT, "(construct)")
      .replace(ADDRESS, (address, kind: string) => `${kind}.${this.#resource(address)}`)
      .replace(EMAIL, (found) => this.#inWords(found));
  }

  /** The same for words of the audit log, which may be anything: addresses of machines and what looks like an id go too. */
  logged(text: string): string {
    return this.text(text).replace(IP, "(address)").replace(TOKEN, "(id)");
  }

  /** Whoever did something: a person's e-mail, or whatever the log calls a key. */
  actor(text: string): string {
    return this.text(text) === text && text !== "" ? this.#pseudonym(canonicalEmail(text)) : this.text(text);
  }

  /** A value as plain data, with every text in it, names of fields too. */
  deep<T>(value: T): T {
    return this.#deep(value) as T;
  }

  #deep(value: unknown): unknown {
    if (typeof value === "string") return this.text(value);
    if (Array.isArray(value)) return value.map((entry: unknown) => this.#deep(entry));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, content]: [string, unknown]) => [
        this.text(field),
        typeof content === "string" && field in HIDDEN_FIELDS ? HIDDEN_FIELDS[field] : this.#deep(content),
      ]),
    );
  }

  /** An e-mail with whatever was written right before it. */
  #inWords(found: string): string {
    const written = composed(found.replace(/%40/i, "@"));
    const decoded = canonicalEmail(written);
    const known = [decoded, ...tails(decoded)].find((email) => this.#numbers.has(email));
    if (known === undefined) return this.#pseudonym(decoded);
    return `${written.slice(0, decoded.length - known.length)}${this.#pseudonym(known)}`;
  }

  #pseudonym(email: string): string {
    const domain = domainOf(email);
    return `${this.#domains.has(domain) ? `${domain}/` : ""}person-${this.#numberOf(email)}`;
  }

  #numberOf(email: string): number {
    const known = this.#numbers.get(email);
    if (known !== undefined) return known;
    this.#numbers.set(email, this.#numbers.size + 1);
    return this.#numbers.size;
  }

  #resource(address: string): number {
    const known = this.#resources.get(address) ?? this.#resources.size + 1;
    this.#resources.set(address, known);
    return known;
  }
}

/** `user:ana@nova.agency` also as what follows each sign that no letter is. */
function tails(email: string): string[] {
  const at = email.lastIndexOf("@");
  return [...email.slice(0, at).matchAll(/[^\p{L}\p{N}]/gu)].map(({ index }) => email.slice(index + 1));
}

/** Whether a step says what somebody was called. */
export function renames({ values: { givenName, familyName }, facts: { from } }: NamingStep): boolean {
  return (givenName !== undefined || familyName !== undefined) && typeof from === "string";
}

/** `Ana Lima → Ana Stern`, where a step changes somebody's names. */
function renaming(step: NamingStep): (readonly [string, string])[] {
  if (!renames(step)) return [];
  const text = calledThen(step.values, step.facts as { readonly from: string });
  return [[text, "(a name) → (another)"]];
}
