import { createHash } from "node:crypto";

import { calledThen } from "../resources";
import { canonicalEmail, composed, domainOf } from "../schema";
import { cleanText } from "./clean-text";

/** A domain that fewer people share is as good as a name. */
const SHARED_BY = 3;

/** What ends an address and begins its host, in every width, and percent-encoded. */
const AT = "(?:[@\uff20\ufe6b]|%40)";
/** Letters of any script: a host may be written in them (RFC 6531), or be a number in brackets. A local part may be quoted (RFC 5321). */
const HOST = "[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}.\u3002\uff0e\uff61-]*[\\p{L}\\p{M}\\p{N}])?";
const LOCAL = '[^\\s@"`(),:;<>[\\]\\\\\uff20\ufe6b]+';
const QUOTED = '\\\\?"(?:[^"\\\\]|\\\\.){0,64}"';
/** An e-mail anywhere in a text. */
const EMAIL = new RegExp(`(?:${LOCAL}|${QUOTED})${AT}(?:${HOST}|\\[[^\\]\\s]{1,64}\\])`, "giu");
/** An address that a text holds as it is, whatever stands around it. */
const PLAIN = /^[^\s\p{C}@"`(),:;<>[\]\\]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/u;
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
  /** Whose address is of an unusual form, by every way in which it may be written, and what finds them. */
  readonly #written = new Map<string, string>();
  #unusual: RegExp | undefined;

  /** Learns who there is; numbers that were given before stay. */
  know({ people, steps = [], seed }: Named): void {
    const all = [...new Set([...people].map(canonicalEmail))];
    const drawn = (email: string): string => createHash("sha256").update(`${seed} ${email}`).digest("hex");
    const order = all.map((email) => [drawn(email), email] as const).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, email] of order) this.#numberOf(email);
    for (const email of all.filter((found) => found !== "" && !PLAIN.test(found)))
      for (const form of formsOf(email)) this.#written.set(form.toLowerCase(), email);
    this.#unusual = anyOf(this.#written.keys());
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
    const known =
      this.#unusual === undefined
        ? plain
        : plain.replace(this.#unusual, (found) =>
            this.#pseudonym(this.#written.get(found.toLowerCase()) ?? canonicalEmail(found)),
          );
    return known
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
    const whole = canonicalEmail(written);
    // Languages without spaces go on right behind it.
    const latin = /^[^@]*@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/.exec(whole)?.[0] ?? whole;
    for (const decoded of new Set([whole, latin])) {
      const known = [decoded, ...tails(decoded)].find((email) => this.#numbers.has(email));
      if (known === undefined) continue;
      const before = written.slice(0, decoded.length - known.length);
      return `${before}${this.#pseudonym(known)}${written.slice(decoded.length)}`;
    }
    return this.#pseudonym(whole);
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

/** How an address may stand in a text: as it is, in a path, in JSON, and with what nobody sees as escapes. */
function formsOf(email: string): string[] {
  const whole = email.replaceAll(/\p{Cs}/gu, "\ufffd");
  return [
    ...new Set([email, encodeURIComponent(whole), JSON.stringify(email).slice(1, -1), cleanText(email)]),
  ];
}

/** What finds any of some texts, the longest first, in any case; undefined where there is none. */
function anyOf(texts: Iterable<string>): RegExp | undefined {
  const sorted = [...texts].sort((a, b) => b.length - a.length);
  const escaped = sorted.map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return escaped.length === 0 ? undefined : new RegExp(escaped.join("|"), "giu");
}

/** `user:ana@nova.agency` also as what follows each sign that no letter is, and behind letters of another script. */
function tails(email: string): string[] {
  const at = email.lastIndexOf("@");
  return [...email.slice(0, at).matchAll(/[^\p{L}\p{N}]|[^\x20-\x7e](?=[\x20-\x7e]+$)/gu)].map(({ index }) =>
    email.slice(index + 1),
  );
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
