import type { Family } from "../api";
import { familyOf, partlyKnown, type Kind } from "../resources";

/** Whether Amplitude answers for everything that a kind is read from, as far as that is not a matter of each instance. */
export function isReadable(kind: Kind, families: ReadonlySet<Family>): boolean {
  return kind.reads.every((collection) => partlyKnown.has(collection) || families.has(familyOf[collection]));
}

/** Whether a kind can be read and written under the credentials given. */
export function isSupported(kind: Kind, families: ReadonlySet<Family>): boolean {
  return families.has(kind.family) && isReadable(kind, families);
}
