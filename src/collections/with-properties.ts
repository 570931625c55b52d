import type { PropertyPlace, ReadApi } from "../api";
import { propertyList, type PropertyList } from "./properties";
import { collections } from "./registry";
import type { Snapshot } from "./snapshot";
import { unreadReason } from "./unread-family";

/** The snapshot with the properties of some places: a request each, so that nothing is asked for that nobody declares. */
export async function withProperties(
  api: ReadApi,
  snapshot: Snapshot,
  places: readonly PropertyPlace[],
): Promise<Snapshot> {
  const properties: PropertyList[] = [];
  const proofs = [...snapshot.proofs];
  const unread = [...(snapshot.unread ?? [])];
  for (const place of places) {
    const found = await propertyList(api, place).catch((error: unknown) => {
      const reason = unreadReason(error);
      if (reason === undefined) throw error;
      unread.push({ family: collections.properties.family, reason });
      return undefined;
    });
    if (found === undefined) continue;
    properties.push(found.list);
    proofs.push(found.proof);
  }
  const failed = unread.length === 0 ? {} : { unread };
  if (properties.length === 0) return { ...snapshot, ...failed };
  // Over whichever API: what could be read can be written.
  const families = [...new Set([...snapshot.families, "taxonomy" as const])].sort();
  return { ...snapshot, ...failed, properties, proofs, families };
}
