import { liveId } from "../../lifecycle";
import type { Instance } from "../instance";
import type { Base, BaseEntry } from "./base";

/** What the base knows of each declared object. */
export type Memory = ReadonlyMap<Instance, BaseEntry | undefined>;

/** The base's entry of every instance: under its address, of the same key or, after a rename, of the same id. */
export function memoryOf(instances: readonly Instance[], base: Base): Memory {
  return new Map(
    instances.map((instance) => {
      const { kind, address } = instance.declaration;
      const entry = base.entries[address];
      if (entry?.kind !== kind.type) return [instance, undefined];
      const id = entry.id === undefined ? undefined : liveId(kind, instance.identity);
      return [
        instance,
        entry.key === instance.key || (id !== undefined && id === entry.id) ? entry : undefined,
      ];
    }),
  );
}
