import { keyHolder, keyNow, keyText, type ApiKey, type Effect, type KeyIdentity } from "../../access";
import { handOverKey } from "../../resources";
import { saidBy } from "../approval/confirmation";
import type { Fact } from "./premise";
import type { PremiseInput } from "./premise-input";

/** Which generations of a key are in use, where one of them is to go and another takes its place. */
export function keyFacts({ before, told, confirmed }: PremiseInput, effects: readonly Effect[]): Fact[] {
  const going = named(effects, "delete_key", before);
  if (going.size === 0) return [];
  const coming = named(effects, "create_key", before);
  const there = new Map<string, ApiKey[]>();
  for (const key of before.keys()) {
    const name = keyHolder(key);
    if (going.has(name)) there.set(name, [...(there.get(name) ?? []), key]);
  }
  return [...there].flatMap(([name, keys]): Fact[] => {
    if (keys.length < 2 && !coming.has(name)) return [];
    const oldest = Math.min(...keys.map(({ generation }) => generation));
    return keys.map((key): Fact => {
      const of =
        key.projectId === undefined ? "" : ` of ${before.project(key.projectId)?.name ?? key.projectId}`;
      const subject = `${key.keyType} key ${key.label}${of}, generation ${key.generation}`;
      const fact = { topic: "keys" as const, subject };
      if (told.handedOver.has(keyText(key)))
        return { ...fact, value: "is in use", source: "confirmed", from: wordOn(key, confirmed) };
      return key.generation === oldest
        ? { ...fact, value: "is in use", source: "assumed", from: "the oldest of its name" }
        : { ...fact, value: "is not in use yet", source: "assumed", from: "nobody confirms it" };
    });
  });
}

/** Names of the keys that such a step is about. */
function named(
  effects: readonly Effect[],
  type: "create_key" | "delete_key",
  before: PremiseInput["before"],
): ReadonlySet<string> {
  return new Set(
    effects.flatMap((effect) => (effect.type === type ? [keyHolder(keyNow(before, effect))] : [])),
  );
}

function wordOn(key: KeyIdentity, confirmed: PremiseInput["confirmed"]): string {
  const word = confirmed.find(
    ({ step: { operation, values } }) =>
      operation === handOverKey.name &&
      values["label"] === key.label &&
      values["keyType"] === key.keyType &&
      values["generation"] === String(key.generation),
  );
  return word === undefined ? "a confirmation" : saidBy(word);
}
