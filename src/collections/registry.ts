import type { Collection } from "./collection";
import { modules } from "./modules";

/** Every collection, by name: one line each, in the order in which they are shown. */
export const collections = { modules };

export type CollectionName = keyof typeof collections;

/** A row of a collection. */
export type RowOf<N extends CollectionName> =
  (typeof collections)[N] extends Collection<infer Row> ? Row : never;

/** What was read, by collection; undefined where nobody could, which is not the same as empty. */
export type Rows = { readonly [N in CollectionName]?: readonly RowOf<N>[] };

/** Names and collections, in their order; what reads rows only hands them back to the collection that they are from. */
export const allCollections = Object.entries(collections) as unknown as readonly (readonly [
  CollectionName,
  Collection<unknown>,
])[];
