import { canonicalEmail, type Effect, type Email, type Organization, type Person } from "../access";
import type { Base } from "./base/base";
import type { Refusal } from "./refusal";
import { removedOutside } from "./removed-outside";
import type { LiveStep } from "./step";

/** Somebody new who may be somebody who is gone: a guess by name, on which nothing is taken away. */
export interface LookAlike {
  readonly gone: Email;
  readonly found: Email;
}

/**
 * Whoever came by other means since the last run and is called like somebody who went by other means since then.
 *
 * @param named canonical e-mails of everybody whom a stack names
 */
export function lookAlikes(base: Base, live: Organization, named: ReadonlySet<string>): LookAlike[] {
  const gone = removedOutside(base, live).filter((email) => named.has(email));
  if (gone.length === 0) return [];
  const before = new Set(base.present);
  const guessed = new Map(Object.entries(base.lookAlikes ?? {}));
  const fresh = [...live.people()].filter(({ email }) => {
    const known = canonicalEmail(email);
    return !named.has(known) && (!before.has(known) || guessed.has(known));
  });
  return gone.flatMap((email) =>
    fresh
      .filter((person) => guessed.get(canonicalEmail(person.email)) === email || isAlike(email, person))
      .map((person) => ({ gone: email, found: canonicalEmail(person.email) })),
  );
}

/** `marco@nova.agency` and `marco.rossi@nova.agency`, `m.rossi@nova.agency` and Marco Rossi. */
function isAlike(gone: Email, { email, givenName = "", familyName = "" }: Person): boolean {
  const theirs = [wordsOf(email.slice(0, email.lastIndexOf("@"))), wordsOf(`${givenName} ${familyName}`)];
  const words = wordsOf(gone.slice(0, gone.lastIndexOf("@")));
  return theirs.some((other) => isPart(words, other) || isPart(other, words));
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
  const whole = words.filter((word) => word.length > 2 && others.includes(word));
  return (
    whole.length > 0 &&
    words.every(
      (word) =>
        others.includes(word) || (word.length === 1 && others.some((other) => other.startsWith(word))),
    )
  );
}

/** Steps that take something from somebody who may be one who is gone. */
export function lookAlikeRefusals(steps: readonly LiveStep[], alike: readonly LookAlike[]): Refusal[] {
  return alike.flatMap(({ gone, found }) => {
    const taking = steps.filter(
      ({ step, effects }) => step.people.map(canonicalEmail).includes(found) && effects.some(takes),
    );
    if (taking.length === 0) return [];
    return [
      {
        rule: "perhaps the same person" as const,
        summary: `${found} would lose something, and may be ${gone}, who is gone since the last apply`,
        advice: `If it is the same person, write ${found} in the stack. Else remove ${gone} from it, or declare them as somebody who left.`,
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
