import { keyOf } from "../../lifecycle";
import type { Declaration } from "../desired/declaration";
import type { Base, BaseEntry } from "./base";

/**
 * What the base knows of an address, where no other declaration says that it is about that object: an address
 * may have been given to another one.
 */
export function knownObjects(
  declarations: readonly Declaration[],
  base: Base,
): (address: string) => BaseEntry | undefined {
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
