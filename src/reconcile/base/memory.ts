import { canRename, liveId } from "../../lifecycle";
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
      if (entry.key === instance.key) return [instance, entry];
      const { identity } = instance;
      const id = entry.id === undefined ? undefined : liveId(kind, identity);
      // Where nobody can read it, the line of the same address is about the same object, as far as its kind can be renamed.
      const isSame = identity.answer === "unknown" ? canRename(kind) : id !== undefined && id === entry.id;
      return [instance, isSame ? entry : undefined];
    }),
  );
}
