import { assignments } from "./assignments";
import type { Collection } from "./collection";
import { groups } from "./groups";
import { keys } from "./keys";
import { managedProjects } from "./managed-projects";
import { members } from "./members";
import { modules } from "./modules";
import { people } from "./people";
import { projects } from "./projects";
import { properties } from "./properties";
import { roles } from "./roles";
import { settings } from "./settings";
import { userManagementGroups } from "./user-management-groups";

/** Every collection, by name: one line each, in the order in which a family's are read, and in which they are shown. */
export const collections = {
  people,
  groups,
  assignments,
  roles,
  projects,
  userManagementGroups,
  settings,
  members,
  managedProjects,
  modules,
  keys,
  properties,
};

export type CollectionName = keyof typeof collections;

/** A row of a collection. */
export type RowOf<N extends CollectionName> =
  (typeof collections)[N] extends Collection<infer Row> ? Row : never;

/** What was read, by collection; undefined where nobody could, which is not the same as empty. */
export type Rows = { readonly [N in CollectionName]?: readonly RowOf<N>[] };

/** Names and collections, in their order. Whoever loops over them hands a collection only rows of its own. */
export const allCollections = Object.entries(collections) as unknown as readonly (readonly [
  CollectionName,
  Collection<unknown>,
])[];

/** A collection by name, for whoever does not know which. */
export function collectionNamed(name: CollectionName): Collection<unknown> {
  return collections[name];
}
