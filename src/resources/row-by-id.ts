import type { Organization } from "../access";

interface Identified {
  readonly id: string;
}

type Rows<T> = (live: Organization) => Iterable<T>;

const indexes = new WeakMap<Organization, Map<Rows<Identified>, ReadonlyMap<string, Identified>>>();

/**
 * The row of Amplitude's id, of an organization that does not change any more: the index is built once.
 *
 * @param rows one function per list, the same every time
 */
export function rowById<T extends Identified>(live: Organization, rows: Rows<T>, id: string): T | undefined {
  const known = indexes.get(live) ?? new Map<Rows<Identified>, ReadonlyMap<string, Identified>>();
  indexes.set(live, known);
  const index = known.get(rows) ?? new Map([...rows(live)].map((row) => [row.id, row]));
  known.set(rows, index);
  return index.get(id) as T | undefined;
}
