import { canonicalJson, problem, type Diagnostic, type Json } from "../../schema";
import type { Stack } from "./declaration";
import type { AccessFacts } from "./engagement";

/** What all stacks state together. Where two speak of the same thing they must say the same. */
export function unitedFacts(stacks: readonly Stack[], problems: Diagnostic[]): AccessFacts {
  const united = <T>(
    what: string,
    pick: (facts: AccessFacts, stack: string) => Iterable<readonly [string, T]>,
  ): ReadonlyMap<string, T> => {
    const all = new Map<string, { readonly value: T; readonly stack: string }>();
    for (const { name: stack, facts } of stacks) {
      for (const [key, value] of pick(facts, stack)) {
        const other = all.get(key);
        if (other !== undefined && textOf(other.value) !== textOf(value))
          problems.push(
            problem(
              `The stacks ${other.stack} and ${stack} differ in the ${what} ${key}`,
              `${textOf(other.value)} and ${textOf(value)}. Correct one, or keep it in one stack.`,
            ),
          );
        all.set(key, { value, stack });
      }
    }
    return new Map([...all].map(([key, { value }]) => [key, value]));
  };
  return {
    engagements: united("engagement", ({ engagements }) => engagements),
    environments: united("environment of", ({ environments }) => environments),
    services: united("service account", ({ services }) => services),
    reasons: united("reason of", ({ reasons }, stack) =>
      [...reasons].map(([local, reason]) => [`${stack}/${local}`, reason] as const),
    ),
  };
}

const textOf = (value: unknown): string => canonicalJson(value as Json);
