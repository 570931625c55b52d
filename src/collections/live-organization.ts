import { organizationOf, type Organization, type OrganizationFacts } from "../access";
import type { DeclaredFacts } from "./collection";
import { allCollections, type CollectionName, type RowOf, type Rows } from "./registry";
import type { Snapshot } from "./snapshot";

/**
 * The model of the organization that plans are made from: what was read, and what the stack says beside it. Each collection adds its rows to
 * what those before it have told.
 */
export function liveOrganization(
  rows: Rows & Pick<Snapshot, "unknownRows">,
  declared: DeclaredFacts,
): Organization {
  const facts = allCollections.reduce<OrganizationFacts>(
    (before, [name, collection]) => collection.model?.(before, rows[name] ?? [], declared) ?? before,
    {},
  );
  const mentioned = new Set(rows.unknownRows?.flatMap(({ mentions }) => mentions));
  const others = new Map<string, readonly unknown[]>();
  for (const [name, collection] of allCollections)
    if (collection.model === undefined) others.set(name, rows[name] ?? []);
  return organizationOf({ ...facts, mentioned, others });
}

/** The rows of a collection without a model of its own. */
export function rowsIn<N extends CollectionName>(live: Organization, name: N): readonly RowOf<N>[] {
  // They are what `liveOrganization` was given under that name.
  return live.others(name) as readonly RowOf<N>[];
}
