import type { Family, Listing, Proof } from "./records";
import type { Clock } from "./clock";
import { NotWhole } from "./failure";

/** What is being listed. */
export interface Collection {
  readonly family: Family;
  /** In words: `people`. */
  readonly name: string;
  readonly clock: Clock;
}

/** One page of a list that counts itself. */
export interface CountedPage<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** One page of a list that ends with a null cursor. */
export interface CursorPage<T> {
  readonly rows: readonly T[];
  /** null ends the list; undefined where the page does not say. */
  readonly next: string | null | undefined;
  /** `hasMore`, where it is said. */
  readonly more?: boolean | undefined;
}

/** One whole reading, or what speaks against it. */
export type Reading<T> =
  | { readonly rows: readonly T[]; readonly pages: number; readonly total?: number; readonly open?: boolean }
  | { readonly anomaly: string; readonly pages: number };

/** A list without an end is not read to its end. */
const mostPages = 20_000;

/**
 * Follows `startIndex` by the rows that arrived, never by the page size asked for, until as many rows as the total are there.
 * Source of paging: https://amplitude.com/docs/apis/analytics/scim. A server that ignores paging and answers everything is whole, too.
 */
export async function walkCounted<T>(
  page: (startIndex: number) => Promise<CountedPage<T>>,
  key: (row: T) => string,
): Promise<Reading<T>> {
  const rows: T[] = [];
  const seen = new Set<string>();
  let pages = 0;
  let total: number | undefined;
  do {
    const { rows: arrived, total: said } = await page(rows.length + 1);
    pages++;
    if (total !== undefined && said !== total)
      return { anomaly: `its total changed from ${total} to ${said} while it was read`, pages };
    total = said;
    if (arrived.length === 0 && rows.length < total)
      return { anomaly: `it ended after ${rows.length} of ${total}`, pages };
    for (const row of arrived) {
      if (seen.has(key(row))) return { anomaly: `${key(row)} came twice`, pages };
      seen.add(key(row));
      rows.push(row);
    }
  } while (rows.length < total);
  return rows.length > total
    ? { anomaly: `${rows.length} came, of ${total}`, pages }
    : { rows, pages, total };
}

/**
 * Follows cursors to the end. `open` when the last page did not say that it is the last.
 * @param key undefined where rows have no identity
 */
export async function walkCursors<T>(
  page: (cursor: string | undefined) => Promise<CursorPage<T>>,
  key?: (row: T) => string,
): Promise<Reading<T>> {
  const rows: T[] = [];
  const seen = new Set<string>();
  const cursors = new Set<string>();
  let cursor: string | undefined;
  for (let pages = 1; ; pages++) {
    const { rows: arrived, next, more } = await page(cursor);
    for (const row of arrived) {
      const name = key?.(row);
      if (name !== undefined && seen.has(name)) return { anomaly: `${name} came twice`, pages };
      if (name !== undefined) seen.add(name);
      rows.push(row);
    }
    if (next === null || next === undefined || next === "") {
      if (more === true) return { anomaly: "a page said that there is more, and not where", pages };
      return { rows, pages, open: next === undefined && more === undefined };
    }
    if (cursors.has(next)) return { anomaly: "its cursors go round in a circle", pages };
    if (pages >= mostPages) return { anomaly: `it has no end after ${pages} pages`, pages };
    cursors.add(next);
    cursor = next;
  }
}

/** The same pages, each but the first only when it is time. */
export function paced<Place, Page>(
  pace: (() => Promise<void>) | undefined,
  page: (place: Place) => Promise<Page>,
): (place: Place) => Promise<Page> {
  if (pace === undefined) return page;
  let first = true;
  return async (place) => {
    if (!first) await pace();
    first = false;
    return page(place);
  };
}

/** Reads; reads once more when something speaks against the first reading. @throws NotWhole when something speaks against both. */
export async function readWhole<T>(
  collection: Collection,
  read: () => Promise<Reading<T>>,
): Promise<Listing<T>> {
  const { family, name, clock } = collection;
  await clock.start();
  let requests = 0;
  const anomalies: string[] = [];
  for (;;) {
    const startedAt = rfc3339(clock.now());
    const reading = await read();
    requests += reading.pages;
    if (!("anomaly" in reading)) {
      const { rows, total } = reading;
      const proof: Proof = {
        family,
        collection: name,
        requests,
        rows: rows.length,
        startedAt,
        endedAt: rfc3339(clock.now()),
      };
      return { items: rows, proof: total === undefined ? proof : { ...proof, total } };
    }
    anomalies.push(reading.anomaly);
    if (anomalies.length === 2) throw new NotWhole(family, name, [...new Set(anomalies)].join("; then "));
  }
}

/** RFC 3339, UTC. */
export function rfc3339(ms: number): string {
  return new Date(ms).toISOString();
}
