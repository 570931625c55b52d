import type { Referred } from "./collection";
import { allCollections, type CollectionName, type RowOf, type Rows } from "./registry";
import type { Snapshot } from "./snapshot";

/** What must be there, when a host's state says that an object is: rows as Amplitude would list them, as far as the state tells. */
export type ShownRows = { readonly [N in CollectionName]?: readonly Partial<RowOf<N>>[] };

/** An organization of which no more is known than these rows. */
export function shownSnapshot(all: readonly ShownRows[]): Snapshot {
  const listed = allCollections.filter(([, { extent, witness }]) => extent === undefined && witness !== true);
  const given = all as readonly Readonly<Record<string, readonly object[]>>[];
  const told = new Map<CollectionName, object[]>();
  for (const [name, { shown }] of listed)
    told.set(name, [...((shown?.always ?? []) as object[]), ...given.flatMap((rows) => rows[name] ?? [])]);
  // From last to first: what a group's grant refers to is the group, whose members are people.
  for (const [name, collection] of listed.toReversed()) {
    for (const row of told.get(name) ?? []) {
      const refers = collection.refers?.(row);
      if (refers === undefined) continue;
      for (const [other, rows] of Object.entries(referredRows(refers)))
        told.get(other as CollectionName)?.push(...rows);
    }
  }
  const rows = listed.map(([name, { shown }]) => {
    const partial = told.get(name) ?? [];
    if (shown === undefined) return [name, partial] as const;
    const byKey = new Map<string, object[]>();
    for (const row of partial) {
      const same = byKey.get(shown.key(row));
      if (same === undefined) byKey.set(shown.key(row), [row]);
      else same.push(row);
    }
    return [name, [...byKey.values()].map((same) => shown.of(same))] as const;
  });
  return {
    ...(Object.fromEntries(rows) as Rows),
    proofs: [],
    families: [...new Set(listed.map(([, { family }]) => family))].sort(),
  };
}

function referredRows({ people = [], groups = [], projects = [], roles = [] }: Referred): ShownRows {
  return {
    people: people.map((email) => ({ email })),
    groups: groups.map((id) => ({ id })),
    projects: projects.map((id) => ({ id })),
    roles: roles.map((name) => ({ name })),
  };
}
