import { applyEffects, Draft, type Effect, type KeyIdentity, type Organization } from "../../access";
import type { Family } from "../../api";
import { identify, isMissing } from "../../lifecycle";
import { handOverKey, type Context, type KeyValues } from "../../resources";
import { entryOfKey, type Base } from "../base/base";
import type { Memory } from "../base/memory";
import type { Refusal } from "../refusal";
import { stepOf, type LiveStep } from "../step";

/** What rotations are judged by. */
export interface RotationInput {
  readonly live: Organization;
  readonly memory: Memory;
  readonly base: Base;
  readonly families: ReadonlySet<Family>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * New before old: a key that has a successor is deleted only when people have confirmed that the successor is in use. And a key whose value
 * was not seen to arrive stays in the plan until somebody does something about it.
 */
export function withHandOvers(steps: readonly LiveStep[], input: RotationInput): LiveStep[] {
  const lost = lostKeys(input);
  const deletes = steps.some(({ effects }) => keyIn(effects, "delete_key") !== undefined);
  if (!deletes) return [...steps, ...lost];
  const after = new Draft(input.live);
  for (const { effects } of steps) applyEffects(after, effects);
  const handOvers: LiveStep[] = [];
  const waiting = steps.map((live): LiveStep => {
    const old = keyIn(live.effects, "delete_key");
    const successor = old && [...after.keys()].filter((key) => succeeds(key, old)).sort(newestFirst)[0];
    if (successor === undefined) return live;
    const values = { ...live.step.values, generation: String(successor.generation) } as KeyValues;
    const draft = handOverKey.draft(values, { projectId: successor.projectId });
    const handOver = stepOf(draft, { because: "before the old one is deleted" }, input.families, input.live);
    // Somebody's word on a key that is still to be made is no reason to delete the one in use.
    const making = steps.find(
      ({ step, effects }) => step.actor === "write" && isSame(keyIn(effects, "create_key"), successor),
    );
    const first = making === undefined ? {} : { unless: making.step.id };
    handOvers.push({ ...handOver, step: { ...handOver.step, ...first, addresses: live.step.addresses } });
    return { ...live, step: { ...live.step, unless: (making ?? handOver).step.id } };
  });
  return [...waiting, ...lost, ...handOvers];
}

/** What is remembered of the keys of the stacks that are shown, also under an address that they had before. */
export function keyMemory(memory: Memory, base: Base, only: ReadonlySet<string> | undefined): Memory {
  const shown = [...memory].filter(
    ([{ declaration }]) =>
      declaration.kind.knownTo !== undefined && (only === undefined || only.has(declaration.stack)),
  );
  return new Map(
    shown.map(([instance, entry]) => [
      instance,
      entry ?? entryOfKey(base, instance.declaration.kind, instance.key),
    ]),
  );
}

/** Keys that were begun, are there, and whose values nobody is known to have. */
function lostKeys({ memory, base, live, families, now }: RotationInput): LiveStep[] {
  const context: Context = { live, now };
  return [...memory].flatMap(([{ declaration, current }, entry]) => {
    const { kind, address } = declaration;
    if (entry?.unhanded !== true || current === undefined) return [];
    if (isMissing(identify(kind, current, { live, known: entry, families }))) return [];
    const change = { action: "create" as const, prior: undefined, config: current as never, changes: [] };
    return kind.steps(change, context).flatMap(({ operation, values, facts }) => {
      const key = operation.seenOnce?.(values, facts);
      if (key === undefined) return [];
      const { projectId } = facts as { readonly projectId?: string };
      const draft = handOverKey.draft(values as KeyValues, { projectId, lost: true });
      const because = "a run made it and did not see its value arrive";
      const lost = stepOf(draft, { address, because }, families, live);
      // An address that it had before is not forgotten either.
      const before = Object.keys(base.entries).filter((other) => base.entries[other] === entry);
      return [{ ...lost, step: { ...lost.step, addresses: [...new Set([address, ...before])].sort() } }];
    });
  });
}

/**
 * A key that was made and is gone is another key when it is made again: whoever uses it needs the new value. So it takes a new generation,
 * and generations only rise.
 */
export function keysMadeBefore(steps: readonly LiveStep[], { live, memory, base }: RotationInput): Refusal[] {
  const known = new Map([...memory].map(([{ declaration }, entry]) => [declaration.address, entry]));
  const spent = new Map(
    [...memory].flatMap(
      ([
        {
          declaration: { address, kind },
          key,
          label,
        },
        entry,
      ]) =>
        entry === undefined && base.spent?.includes(`${kind.type} ${key}`) === true ? [[address, label]] : [],
    ),
  );
  return steps.flatMap(({ step, effects }): Refusal[] => {
    const key = keyIn(effects, "create_key");
    if (key === undefined) return [];
    const again = step.addresses.map((address) => spent.get(address)).find((label) => label !== undefined);
    if (again === undefined && step.actor !== "write") return [];
    const later = [...live.keys()].filter((other) => succeeds(other, key)).sort(newestFirst)[0];
    const before = step.addresses.map((address) => known.get(address)).find((entry) => entry !== undefined);
    const made = before?.unhanded === true ? undefined : before?.label;
    if (later === undefined && made === undefined && again === undefined) return [];
    const summary =
      later === undefined
        ? `The ${made ?? again} was made before and is gone: made again, it would be another key under the same generation`
        : `The ${key.keyType} key ${key.label} is at generation ${later.generation}, and generations only rise`;
    const advice = `Write generation ${(later ?? key).generation + 1}.`;
    // The key in use would go with the line that said its generation.
    const held = steps.filter(
      ({ effects }) => later !== undefined && isSame(keyIn(effects, "delete_key"), later),
    );
    return [{ rule: "generation", summary, advice, steps: [step.id, ...held.map((live) => live.step.id)] }];
  });
}

/** The key that a step is about. */
function keyIn(effects: readonly Effect[], type: "create_key" | "delete_key"): KeyIdentity | undefined {
  return effects.find((effect): effect is Effect & KeyIdentity => effect.type === type);
}

function succeeds(key: KeyIdentity, old: KeyIdentity): boolean {
  return isKin(key, old) && key.generation > old.generation;
}

function isSame(key: KeyIdentity | undefined, other: KeyIdentity): boolean {
  return key !== undefined && isKin(key, other) && key.generation === other.generation;
}

/** Of one label, whatever the generation. */
function isKin(a: KeyIdentity, b: KeyIdentity): boolean {
  return a.keyType === b.keyType && a.label === b.label && a.projectId === b.projectId;
}

const newestFirst = (a: KeyIdentity, b: KeyIdentity): number => b.generation - a.generation;
