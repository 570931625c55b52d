import { canonicalName, caselessName } from "./canonical-name";
import { confusables } from "./generated/confusables";

/** A name with what it is a name of: only names of like things are taken for each other. */
export interface NamedThing {
  /** `group`, `project`, `person` */
  readonly what: string;
  readonly name: string;
}

/** Case makes no other person and no other role. */
const CASELESS = new Set(["person", "role"]);

/** Alphabets with letters that look Latin (https://unicode.org/reports/tr39). Others are written beside Latin on purpose. */
const ALPHABETS: readonly (readonly [name: string, letters: RegExp])[] = [
  ["Cyrillic", /\p{Script=Cyrillic}/u],
  ["Greek", /\p{Script=Greek}/u],
  ["Armenian", /\p{Script=Armenian}/u],
  ["Cherokee", /\p{Script=Cherokee}/u],
  ["Coptic", /\p{Script=Coptic}/u],
  ["Georgian", /\p{Script=Georgian}/u],
  ["Hebrew", /\p{Script=Hebrew}/u],
  ["Arabic", /\p{Script=Arabic}/u],
];

const ASCII = /^[\x20-\x7e]*$/;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
const looksOf = new Map(
  confusables.flatMap(([looks, letters]) => Array.from(letters, (letter) => [letter, looks] as const)),
);
const asciiLooks = (text: string): string =>
  text.replace(/[01I|m]/g, (letter) => looksOf.get(letter) ?? letter);
const looks = (text: string): string =>
  ASCII.test(text) ? asciiLooks(text) : Array.from(text, (letter) => looksOf.get(letter) ?? letter).join("");

/** Equal for names that look alike: after NFKC, case folding, trimming and Unicode's confusable letters. */
export function skeleton(name: string): string {
  if (ASCII.test(name)) return looks(name).trim().toLowerCase();
  const folded = name
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .trim();
  return looks(looks(folded).toLowerCase());
}

/**
 * What a reader does not see in names: letters of another alphabet, invisible characters, and two names that look alike. Pure.
 *
 * @param declared what somebody wrote: at least one of two that look alike is of these
 * @param live what is there beside them
 */
export function nameRemarks(declared: readonly NamedThing[], live: readonly NamedThing[]): string[] {
  const own = new Map(declared.map((thing) => [keyOf(thing), thing]));
  const bySkeleton = new Map<string, Map<string, NamedThing>>();
  for (const thing of [...own.values(), ...live]) {
    const text = `${thing.what} ${skeleton(thing.name)}`;
    const alike = bySkeleton.get(text) ?? new Map<string, NamedThing>();
    if (alike.size === 0) bySkeleton.set(text, alike);
    if (!alike.has(keyOf(thing))) alike.set(keyOf(thing), thing);
  }
  const remarks = [...own.values()].flatMap(({ what, name }) => {
    const odd = oddLetters(name);
    return odd === undefined ? [] : [`The name of the ${what} ${quoted(name)} ${odd}.`];
  });
  for (const alike of bySkeleton.values()) {
    const [first, ...others] = alike.values();
    if (first === undefined || others.length === 0 || !own.has(keyOf(first))) continue;
    const names = [first, ...others].map(({ name }) => shown(name)).join(" and ");
    remarks.push(`The names ${names} look alike: check which ${first.what} is meant.`);
  }
  return remarks;
}

/** One text for what is one name. */
function keyOf({ what, name }: NamedThing): string {
  return `${what} ${CASELESS.has(what) ? caselessName(name) : canonicalName(name)}`;
}

/** What nobody sees in a name, as a sentence goes on; undefined where there is nothing. */
function oddLetters(name: string): string | undefined {
  if (ASCII.test(name)) return undefined;
  if (INVISIBLE.test(name)) return `has an invisible character: ${codesOf(name, INVISIBLE)}`;
  if (!/[A-Za-z]/.test(name)) return undefined;
  for (const word of name.split(/[^\p{L}\p{M}\p{N}]+/u)) {
    const other = ALPHABETS.find(([, letters]) => letters.test(word));
    if (other === undefined) continue;
    const [alphabet, letters] = other;
    // A whole word of another alphabet is a translation, unless it can be read as Latin.
    if (/\p{Script=Latin}/u.test(word) || ASCII.test(skeleton(word)))
      return `mixes Latin and ${alphabet} letters: ${codesOf(word, letters)}`;
  }
  return undefined;
}

function codesOf(text: string, letters: RegExp): string {
  const found = [...new Set(text)].filter((letter) => letters.test(letter));
  return found
    .map((letter) => {
      const code = `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
      return INVISIBLE.test(letter) ? code : `"${letter}" is ${code}`;
    })
    .join(", ");
}

/** With the codes of what is not plain ASCII, because equal looks are what it is about. */
function shown(name: string): string {
  const codes = ASCII.test(name) ? "" : ` (${codesOf(name, /[^\x20-\x7e]/u)})`;
  return `${quoted(name)}${codes}`;
}

const quoted = (name: string): string => JSON.stringify(name);
