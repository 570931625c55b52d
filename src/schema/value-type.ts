import { canonicalEmail, canonicalName } from "./canonical-name";
import { Unknown } from "./value";

/**
 * What a value can be: how Terraform writes it, why something is not one, and when two are the same.
 * `canonical` is the only notion of equality: values are equal when their canonical texts are.
 */

/** Terraform's type, as its schema JSON writes it. No nested attributes, so that `synth --hcl` stays valid. */
export type WireType = "string" | "bool" | "number" | readonly ["set", "string"] | readonly ["map", "string"];

/** Collections of the organization that an id can point into. */
export type Referent = "group" | "project";

export interface ValueType<T> {
  readonly name: string;
  readonly wire: WireType;
  /** Why `value` is not of this type, as a sentence; undefined when it is. */
  check(value: unknown): string | undefined;
  canonical(value: T): string;
  /** The collection whose ids this type holds; the siblings decide where it depends on them. */
  refersTo?(siblings: Readonly<Record<string, unknown>>): Referent | undefined;
}

const quoted = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));

function text(
  name: string,
  check: (value: string) => string | undefined,
  canonical: (value: string) => string = (v) => v,
): ValueType<string> {
  return {
    name,
    wire: "string",
    check: (value) => (typeof value === "string" ? check(value) : `${quoted(value)} is not a string`),
    canonical,
  };
}

/** Text that is not empty. */
export const string = text("string", (value) => (value.trim() === "" ? "it is empty" : undefined));

/** What something is called: compared without outer blanks, which nobody sees, and in one Unicode form. Case counts. */
export const name = text(
  "name",
  (value) =>
    string.check(value) ??
    (value === value.trim() ? undefined : `${quoted(value)} begins or ends with a blank`),
  canonicalName,
);

/** true or false. */
export const bool: ValueType<boolean> = {
  name: "bool",
  wire: "bool",
  check: (value) => (typeof value === "boolean" ? undefined : `${quoted(value)} is not true or false`),
  canonical: String,
};

/** A whole number of at least 0. */
export const count: ValueType<number> = {
  name: "count",
  wire: "number",
  check: (value) =>
    Number.isSafeInteger(value) && (value as number) >= 0
      ? undefined
      : `${quoted(value)} is not a whole number of at least 0`,
  canonical: String,
};

/** A share, as a whole number of hundredths. */
export const percent: ValueType<number> = {
  ...count,
  name: "percent",
  check: (value) =>
    count.check(value) ??
    ((value as number) <= 100 ? undefined : `${quoted(value)} is more than 100 percent`),
};

const EMAIL = /^[^\s@"(),:;<>[\\\]]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

/** An e-mail address: how Amplitude identifies a person, without regard to case (https://amplitude.com/docs/apis/analytics/scim). */
export const email = text(
  "email",
  (value) =>
    EMAIL.test(value) && value.length <= 254 ? undefined : `${quoted(value)} is not an e-mail address`,
  canonicalEmail,
);

/** One of a closed list of words, compared without case. */
export function oneOf<const W extends string>(words: readonly W[]): ValueType<W> {
  return {
    name: words.map((word) => `"${word}"`).join(", "),
    wire: "string",
    check: (value) =>
      typeof value === "string" && words.some((word) => word === value)
        ? undefined
        : `${quoted(value)} is not one of ${words.join(", ")}`,
    canonical: (value) => value,
  };
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since the epoch of a date (the end of that day, UTC) or of a time with an offset; undefined when it is neither. */
export function instantOf(value: string): number | undefined {
  const isDate = DATE.test(value);
  if (!isDate && !INSTANT.test(value)) return undefined;
  const day = value.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const time = isDate ? midnight : Date.parse(value);
  // JavaScript takes 30 February for 2 March.
  if (Number.isNaN(time) || Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day)
    return undefined;
  return isDate ? time + 24 * 60 * 60 * 1000 : time;
}

/** When something ends: a date (the end of that day in UTC; the constructs render the stack's time zone) or an RFC 3339 time with an offset. */
export const instant = text(
  "instant",
  (value) =>
    instantOf(value) === undefined
      ? `${quoted(value)} is not a date (2027-03-31) or a time with an offset (2027-03-31T18:00:00+02:00)`
      : undefined,
  (value) => new Date(instantOf(value) ?? NaN).toISOString(),
);

/** A calendar day, for the record. */
export const date = text("date", (value) =>
  DATE.test(value) && instantOf(value) !== undefined
    ? undefined
    : `${quoted(value)} is not a date (2027-03-31)`,
);

const DAYS = /^([1-9]\d{0,3}) days?$/;

/** Days of a duration, `180 days`; undefined when it is none. */
export function daysOf(value: string): number | undefined {
  const [, number] = DAYS.exec(value) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** How often something happens: a number of days, 1 to 9999. Months and years have no one length. */
export const days = text(
  "days",
  (value) =>
    daysOf(value) === undefined ? `${quoted(value)} is not a number of days ("180 days")` : undefined,
  (value) => `${daysOf(value) ?? NaN} days`,
);

/** An id, or what will have one. */
export type Id = string | Unknown;

/** The id of a live object: written as a reference, so that a rename changes nothing. Until the object exists it is Unknown. */
export function idOf(name: string, refersTo: NonNullable<ValueType<Id>["refersTo"]>): ValueType<Id> {
  return {
    name,
    wire: "string",
    check: (value) => (value instanceof Unknown ? undefined : string.check(value)),
    canonical: (value) => (value instanceof Unknown ? `~${value.name}` : value),
    refersTo,
  };
}

/** A set: order and repetition do not count. */
export function setOf(element: ValueType<string>): ValueType<readonly string[]> {
  return {
    name: `set of ${element.name}`,
    wire: ["set", "string"],
    check(value) {
      if (!Array.isArray(value)) return `${quoted(value)} is not a list`;
      for (const item of value) {
        const wrong = element.check(item);
        if (wrong !== undefined) return wrong;
      }
      return undefined;
    },
    canonical: (value) => JSON.stringify([...new Set(value.map((item) => element.canonical(item)))].sort()),
  };
}

/** A map from one kind of text to another; keys are compared by their canonical text. */
export function mapOf(
  key: ValueType<string>,
  element: ValueType<string>,
): ValueType<Readonly<Record<string, string>>> {
  return {
    name: `map of ${key.name} to ${element.name}`,
    wire: ["map", "string"],
    check(value) {
      if (typeof value !== "object" || value === null || Array.isArray(value))
        return `${quoted(value)} is not a map`;
      for (const [name, item] of Object.entries(value)) {
        const wrong = key.check(name) ?? element.check(item);
        if (wrong !== undefined) return wrong;
      }
      const seen = new Set<string>();
      for (const name of Object.keys(value).map((written) => key.canonical(written))) {
        if (seen.has(name)) return `${quoted(name)} is there twice`;
        seen.add(name);
      }
      return undefined;
    },
    canonical: (value) =>
      JSON.stringify(
        Object.entries(value)
          .map(([name, item]) => [key.canonical(name), element.canonical(item)])
          .sort(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1)),
      ),
  };
}
