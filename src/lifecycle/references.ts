import type { Kind } from "../resources";
import type { Referent } from "../schema";
import { attributesOf, type Values } from "./compare";

/** Amplitude's ids of what an instance refers to, of one sort, in the order of its attributes; none of what does not exist yet. */
export function idsReferredTo(kind: Kind, config: Values, referent: Referent): string[] {
  return attributesOf(kind).flatMap(([name, { type }]) => {
    const id = config[name];
    return typeof id === "string" && type.refersTo?.(config) === referent ? [id] : [];
  });
}
