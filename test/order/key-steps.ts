import type { KeyIdentity } from "../../src/access";
import type { LiveStep } from "../../src/reconcile/step";
import { step } from "./effect-step";

/** Generations by label and project: `"sync web": [1]`; without a project: of the organization. */
export type Keys = Readonly<Record<string, readonly number[]>>;

/** A new generation is made, then handed over by a person, before the old one goes. */
export function stepsOfKeys(before: Keys, after: Keys): LiveStep[] {
  const names = Object.keys({ ...before, ...after });
  return names.flatMap((name) => {
    const [was, is] = [before[name] ?? [], after[name] ?? []];
    const made = is.filter((generation) => !was.includes(generation));
    const gone = was.filter((generation) => !is.includes(generation));
    return [
      ...made.map((generation) => step({ type: "create_key", ...keyOf(name, generation) })),
      ...(gone.length === 0 ? [] : is).map((generation) =>
        step({ type: "hand_over_key", ...keyOf(name, generation) }, "hand"),
      ),
      ...gone.map((generation) => step({ type: "delete_key", ...keyOf(name, generation) })),
    ];
  });
}

/** A key of a situation. */
export function keyOf(name: string, generation: number): KeyIdentity {
  const [label = "", projectId] = name.split(" ");
  return projectId === undefined
    ? { keyType: "organization", label, generation }
    : { keyType: "secret", label, projectId, generation };
}
