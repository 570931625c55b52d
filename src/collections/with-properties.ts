import type { PropertyPlace, ReadApi } from "../api";
import { propertyList, type PropertyList } from "./properties";
import type { Snapshot } from "./snapshot";

/** The snapshot with the properties of some places: a request each, so that nothing is asked for that nobody declares. */
export async function withProperties(
  api: ReadApi,
  snapshot: Snapshot,
  places: readonly PropertyPlace[],
): Promise<Snapshot> {
  const properties: PropertyList[] = [];
  const proofs = [...snapshot.proofs];
  for (const place of places) {
    const found = await propertyList(api, place);
    if (found === undefined) continue;
    properties.push(found.list);
    proofs.push(found.proof);
  }
  if (properties.length === 0) return snapshot;
  // Over whichever API: what could be read can be written.
  const families = [...new Set([...snapshot.families, "taxonomy" as const])].sort();
  return { ...snapshot, properties, proofs, families };
}
