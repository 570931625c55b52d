import { canonicalEmail, type Effect, type Email, type Organization, type Person } from "../access";
import { kindOf } from "../resources";
import type { Base } from "./base/base";
import type { Refusal } from "./refusal";
import { removedOutside } from "./removed-outside";
import type { LiveStep } from "./step";

/** Somebody new who may be somebody who is gone: a guess by name, on which nothing is taken away. */
export interface LookAlike {
  readonly gone: Email;
  readonly found: Email;
  /** What the stacks say of the one who is gone: that they are there, that they left, or nothing any more. */
  readonly line: "there" | "left" | "deleted";
}

/** Whom the stacks name, as canonical e-mails. */
export interface NamedPeople {
  readonly there: ReadonlySet<string>;
  /** Leavers of whom nobody knows yet that they are gone. */
  readonly left: ReadonlySet<string>;
}

/** Whoever came by other means since the last run and is called like somebody who went by other means since then. */
export function lookAlikes(base: Base, live: Organization, { there, left }: NamedPeople): LookAlike[] {
  const guessed = new Map(Object.entries(base.lookAlikes ?? {}));
  const away = [...removedOutside(base, live), ...guessed.values()].filter(
    (email) => live.person(email) === undefined,
  );
  if (away.length === 0) return [];
  const before = new Set(base.present);
  const earlier = earlierNamed(base);
  const lineOf = (email: string): LookAlike["line"] | undefined =>
    left.has(email) ? "left" : there.has(email) ? "there" : earlier.has(email) ? "deleted" : undefined;
  const fresh = [...live.people()].filter(({ email }) => {
    const known = canonicalEmail(email);
    return !there.has(known) && (!before.has(known) || guessed.has(known));
  });
  return [...new Set(away)].flatMap((email) => {
    const line = lineOf(email);
    if (line === undefined) return [];
    return fresh
      .filter((person) => guessed.get(canonicalEmail(person.email)) === email || isAlike(email, person))
      .map((person) => ({ gone: email, found: canonicalEmail(person.email), line }));
  });
}

/** Whom declarations named when they were last in effect. */
function earlierNamed({ entries }: Base): ReadonlySet<string> {
  return new Set(
    Object.values(entries).flatMap(({ kind, config }) =>
      (kindOf(kind)?.names(config as never).present ?? []).map(canonicalEmail),
    ),
  );
}

/**
 * `marco@nova.agency` and `marco.rossi@nova.agency`, `m.rossi@nova.agency` and Marco Rossi; of one domain also `jo@` and `joanna@`, and
 * `ana.lima@` and `ana.silva@`.
 */
function isAlike(gone: Email, { email, givenName = "", familyName = "" }: Person): boolean {
  const [local, domain] = partsOf(gone);
  const [theirLocal, theirDomain] = partsOf(email);
  const words = wordsOf(local);
  return [wordsOf(theirLocal), wordsOf(`${givenName} ${familyName}`)].some(
    (theirs) =>
      isPart(words, theirs) ||
      isPart(theirs, words) ||
      isContracted(words, theirs) ||
      isContracted(theirs, words) ||
      (domain === theirDomain && shareName(words, theirs)),
  );
}

function partsOf(email: string): [local: string, domain: string] {
  const at = email.lastIndexOf("@");
  return [email.slice(0, at), email.slice(at + 1).toLowerCase()];
}

/** `mrossi`, `marcor` and `marcorossi` for marco rossi. */
function isContracted(words: readonly string[], others: readonly string[]): boolean {
  const [word] = words;
  const [first = "", last = ""] = others;
  if (word === undefined || words.length > 1 || others.length !== 2) return false;
  return [`${first.charAt(0)}${last}`, `${first}${last.charAt(0)}`, `${first}${last}`].includes(word);
}

/** One name is the same, or a short form of the other. */
function shareName(words: readonly string[], others: readonly string[]): boolean {
  const isShort = (word: string, other: string): boolean => word.length > 1 && other.startsWith(word);
  return words.some((word) => others.some((other) => isShort(word, other) || isShort(other, word)));
}

const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "");

/** Every word of the one is in the other, alone or as an initial; one of them at least is more than that. */
function isPart(words: readonly string[], others: readonly string[]): boolean {
  const whole = words.filter((word) => word.length > 1 && others.includes(word));
  return (
    whole.length > 0 &&
    words.every(
      (word) =>
        others.includes(word) || (word.length === 1 && others.some((other) => other.startsWith(word))),
    )
  );
}

/** What a person does about a guess, right or wrong. */
export const eitherWay = ({ gone, found }: Pick<LookAlike, "gone" | "found">): string =>
  `If it is the same person, write ${found} in the stack. Else remove ${gone} from it, or declare them as somebody who left.`;

/** Steps that take something from somebody who may be one who is gone. */
export function lookAlikeRefusals(steps: readonly LiveStep[], alike: readonly LookAlike[]): Refusal[] {
  return alike.flatMap(({ gone, found, line }) => {
    if (line !== "there") return [];
    const taking = steps.filter(
      ({ step, effects }) => step.people.map(canonicalEmail).includes(found) && effects.some(takes),
    );
    if (taking.length === 0) return [];
    return [
      {
        rule: "perhaps the same person" as const,
        summary: `${found} would lose something, and may be ${gone}, who is gone since the last apply`,
        advice: eitherWay({ gone, found }),
        steps: taking.map(({ step }) => step.id),
      },
    ];
  });
}

const TAKING = new Set<Effect["type"]>([
  "remove_person",
  "remove_member",
  "revoke",
  "revoke_module",
  "idp_lose",
]);
const takes = ({ type }: Effect): boolean => TAKING.has(type);
