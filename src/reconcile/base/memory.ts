import type { Organization } from "../../access";
import { identify, liveId, keyOf, type KnownObject } from "../../lifecycle";
import type { Base, BaseEntry } from "./base";
import type { Declaration } from "../desired/declaration";
import type { Instance } from "../instance";

/** What the base knows of each declared object. */
export type Memory = ReadonlyMap<Instance, BaseEntry | undefined>;

/** The base's entry of every instance: under its address, of the same key or, after a rename, of the same id. */
export function memoryOf({
  instances,
  base,
  live,
}: {
  readonly instances: readonly Instance[];
  readonly base: Base;
  readonly live: Organization;
}): Memory {
  const known = knownObjects(
    instances.map(({ declaration }) => declaration),
    base,
  );
  return new Map(instances.map((instance) => [instance, entryOf(instance, base, live, known)]));
}

function entryOf(
  { declaration: { kind, address }, config, key }: Instance,
  base: Base,
  live: Organization,
  knownAt: (address: string) => KnownObject | undefined,
): BaseEntry | undefined {
  const entry = base.entries[address];
  if (entry?.kind !== kind.type) return undefined;
  if (entry.key === key) return entry;
  const known = knownAt(address);
  if (known?.id === undefined) return undefined;
  return liveId(kind, identify(kind, config, { live, known })) === known.id ? entry : undefined;
}

/**
 * What the base knows of an address, where no other declaration says that it is about that object: an address
 * may have been given to another one.
 */
export function knownObjects(
  declarations: readonly Declaration[],
  base: Base,
): (address: string) => KnownObject | undefined {
  if (Object.keys(base.entries).length === 0) return () => undefined;
  const claimed = new Map<string, string>();
  for (const { kind, raw, address } of declarations) {
    const literal = kind.key.every((name) => typeof raw[name] === "string" && !raw[name].includes("${"));
    if (literal) claimed.set(`${kind.type} ${keyOf(kind, raw)}`, address);
  }
  return (address) => {
    const entry = base.entries[address];
    if (entry === undefined) return undefined;
    const claimant = claimed.get(`${entry.kind} ${entry.key}`);
    return claimant === undefined || claimant === address ? entry : undefined;
  };
}
