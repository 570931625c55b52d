import { canonicalEmail, isKeyHolder, type Effect, type GroupReference } from "../../access";
import type { Harm } from "./safety";
import type { LiveStep } from "../step";

/** Where steps wait whose trouble is not about one person. */
export const ADMINISTRATION = "administration";

/** Where a step waits for the way to be clear: for whoever joins a group, also at what the group gives. */
export function keysOfHarm(harm: Harm, { effects }: LiveStep): readonly string[] {
  if (harm.earlier !== undefined) return [`after ${harm.earlier.step.id}`];
  if (harm.rule === "refused") return effects.flatMap((effect) => [...keysOf(effect)]);
  const given = effects.flatMap((effect) =>
    effect.type === "add_member" || effect.type === "idp_gain"
      ? [...groupKeys(effect.group)].map((key) => `given by ${key}`)
      : [],
  );
  const { email = ADMINISTRATION } = harm;
  // A project that goes or returns does not know of a key that is not made yet.
  if (isKeyHolder(email)) return [email, ...effects.flatMap((effect) => [...keysOf(effect)])];
  return [email, ...given];
}

/** Everything that an effect is about, by the texts that other effects would name it by. */
export function* keysOf(effect: Effect): Iterable<string> {
  if ("email" in effect) yield canonicalEmail(effect.email);
  if ("group" in effect) yield* groupKeys(effect.group);
  if ("principal" in effect) {
    if (effect.principal.type === "user") yield canonicalEmail(effect.principal.email);
    else
      for (const key of groupKeys(effect.principal.group)) {
        yield key;
        yield `given by ${key}`;
      }
  }
  if ("projectId" in effect && effect.projectId !== undefined) yield `project ${effect.projectId}`;
  if (effect.type === "create_group" || effect.type === "rename_group") yield `group ${effect.name}`;
  if (effect.type === "create_project" || effect.type === "rename_project")
    yield `project new:${effect.name}`;
}

/** The texts that a group is named by. */
export function* groupKeys({ id, name }: GroupReference): Iterable<string> {
  yield `group ${name}`;
  if (id !== undefined) yield `group ${id}`;
}
