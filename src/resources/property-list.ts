import { ApiFailure, type PropertyPlace, type PropertyRecord, type Proof, type ReadApi } from "../api";

/** Properties of one project and one type, whole. */
export interface PropertyList extends PropertyPlace {
  readonly items: readonly PropertyRecord[];
}

/** One text per place, for maps and rows: `501 user`. */
export function placeKey({ projectId, type }: PropertyPlace): string {
  return `${projectId} ${type}`;
}

/** The place behind a `placeKey`. */
export function placeOf(key: string): PropertyPlace {
  const [projectId = "", type] = key.split(" ");
  return { projectId, type: type as PropertyPlace["type"] };
}

/**
 * The properties of one place; undefined without a credential for it, or where the organization's plan or the token has no such API.
 * Throws NotWhole, ApiFailure.
 */
export async function propertyList(
  api: ReadApi,
  { projectId, type }: PropertyPlace,
): Promise<(PropertyList & { readonly proof: Proof }) | undefined> {
  if (!api.servesProperties({ projectId, type })) return undefined;
  try {
    return { projectId, type, ...(await api.properties({ projectId, type })) };
  } catch (error) {
    if (isNotServed(error)) return undefined;
    throw error;
  }
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
