import { ApiFailure, type PropertyPlace, type PropertyRecord, type ReadApi } from "../api";
import type { Snapshot } from "./snapshot";

/** Properties of one project and one type, whole. */
export interface PropertyList extends PropertyPlace {
  readonly items: readonly PropertyRecord[];
}

/**
 * The snapshot with the properties of some places: a request each, so that nothing is asked for that nobody declares. A place without a
 * credential, or whose organization's plan has no such API, stays unread. Throws NotWhole, ApiFailure.
 */
export async function withProperties(
  api: ReadApi,
  snapshot: Snapshot,
  places: readonly PropertyPlace[],
): Promise<Snapshot> {
  const properties: PropertyList[] = [];
  const proofs = [...snapshot.proofs];
  for (const { projectId, type } of places) {
    if (!api.servesProperties({ projectId, type })) continue;
    try {
      const { items, proof } = await api.properties({ projectId, type });
      properties.push({ projectId, type, items });
      proofs.push(proof);
    } catch (error) {
      if (!isNotServed(error)) throw error;
    }
  }
  if (properties.length === 0) return snapshot;
  // Over whichever API: what could be read can be written.
  const families = [...new Set([...snapshot.families, "taxonomy" as const])].sort();
  return { ...snapshot, properties, proofs, families };
}

/**
 * The credential is right, and what it opens has no properties: the Taxonomy API answers 404 where the plan does not include it
 * (https://amplitude.com/docs/apis/analytics/taxonomy), the Developer API 403 where the token lacks the scope.
 */
function isNotServed(error: unknown): boolean {
  if (!(error instanceof ApiFailure)) return false;
  if (error.family === "taxonomy") return error.status === 404;
  return error.status === 403 && error.said.includes("insufficient_scope");
}
