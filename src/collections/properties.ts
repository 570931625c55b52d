import * as z from "zod";
import {
  ApiFailure,
  propertyRecord,
  propertyType,
  type PropertyPlace,
  type Proof,
  type ReadApi,
} from "../api";
import { DiagnosticError, problem } from "../schema";
import type { Collection } from "./collection";

const row = z.strictObject({
  projectId: z.string(),
  type: propertyType,
  items: z.array(propertyRecord).readonly(),
});

/** Properties of one project and one type, whole. */
export type PropertyList = Readonly<z.infer<typeof row>>;

/**
 * Properties of projects' data, a row for each project and type (https://amplitude.com/docs/apis/analytics/taxonomy): an organization has
 * thousands of them, under a limit of their own.
 */
export const properties: Collection<PropertyList> = {
  family: "taxonomy",
  title: "properties",
  row,
  id: placeKey,
  extent: "by place",
  partlyKnown: true,
  list: () =>
    Promise.reject(
      new DiagnosticError([
        problem(
          "A property is not imported",
          "Declare it: what is there is taken over as it is, and forgotten when the line goes.",
        ),
      ]),
    ),
  one: async (api, key) => (await propertyList(api, placeOf(key)))?.list,
  changedBy: ["setting"],
  model: (facts, rows) => ({ ...facts, properties: rows }),
};

/** One text per place, for maps and rows: `501 user`. */
export function placeKey({ projectId, type }: PropertyPlace): string {
  return `${projectId} ${type}`;
}

/** The place behind a `placeKey`. */
function placeOf(key: string): PropertyPlace {
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
): Promise<{ readonly list: PropertyList; readonly proof: Proof } | undefined> {
  if (!api.servesProperties({ projectId, type })) return undefined;
  try {
    const { items, proof } = await api.properties({ projectId, type });
    return { list: { projectId, type, items }, proof };
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
