import type { Organization } from "../access";
import type { Family, ReadApi } from "../api";
import { collectionNamed } from "../collections";
import type { Kind } from "../resources";
import type { Values } from "./compare";

/** Whether Amplitude answers for everything that a kind is read from, as far as that is not a matter of each instance. */
export function isReadable(kind: Kind, families: ReadonlySet<Family>): boolean {
  return kind.reads.every((name) => {
    const { family, partlyKnown } = collectionNamed(name);
    return partlyKnown === true || families.has(family);
  });
}

/**
 * Whether an instance can be read and written under the credentials given. What is read by place is a matter of each: a project's key pair,
 * or the token. Where that is not known yet, the apply tells.
 */
export function isSupported(
  kind: Kind,
  values: Values,
  api: Pick<ReadApi, "families" | "servesProperties">,
): boolean {
  if (kind.place === undefined) return api.families.has(kind.family) && isReadable(kind, api.families);
  const place = kind.place(values);
  return place === undefined || api.servesProperties(place);
}

/** Whether its collection answered, and tells of it: a credential may be right, and open nothing there. */
export function wasRead(kind: Kind, values: Values, live: Organization): boolean {
  if (kind.isTold?.(live, values) === false) return false;
  const place = kind.place?.(values);
  return place === undefined || live.properties(place.projectId, place.type) !== undefined;
}
