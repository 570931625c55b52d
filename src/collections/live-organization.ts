import { organizationOf, type Organization, type OrganizationFacts } from "../access";
import type { DeclaredFacts } from "./collection";
import { allCollections, type Rows } from "./registry";
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
  return organizationOf({ ...facts, mentioned });
}
