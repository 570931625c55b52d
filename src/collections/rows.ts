import * as z from "zod";
import type { OrganizationFacts } from "../access";
import type { DeclaredFacts } from "./collection";
import { allCollections, type CollectionName, type RowOf, type Rows } from "./registry";

/** The rows of every collection as they are saved, for the schema of a file. */
export const rowSchemas = Object.fromEntries(
  allCollections.map(([name, { row }]) => [name, z.array(row).optional()]),
) as unknown as { readonly [N in CollectionName]: z.ZodOptional<z.ZodType<readonly RowOf<N>[]>> };

/** What the model of an organization is made of: each collection adds its rows to what those before it have told. */
export function factsOf(
  rows: Rows,
  declared: DeclaredFacts,
  before: OrganizationFacts = {},
): OrganizationFacts {
  return allCollections.reduce((facts, [name, collection]) => {
    const read: readonly unknown[] | undefined = rows[name];
    return read === undefined ? facts : collection.model(facts, read, declared);
  }, before);
}
