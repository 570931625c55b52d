import { Refusal } from "./organization/act";
import type { Entry } from "./organization/collection";

/** A cursor that nobody is meant to read: where the next page begins. */
export function writeCursor(position: number): string {
  return Buffer.from(`next ${position}`).toString("base64url");
}

/** Where a page begins: 0 without a cursor. Throws Refusal for a cursor that is not one of ours. */
export function readCursor(cursor: string | undefined): number {
  if (cursor === undefined || cursor === "") return 0;
  const position = /^next (\d+)$/.exec(Buffer.from(cursor, "base64url").toString("utf8"))?.[1];
  if (position === undefined) throw new Refusal("invalid", "cursor is not one that a list answered.");
  return Number(position);
}

/** Rows of one page, and where the next one begins. */
export interface CursorPage<T> {
  readonly rows: T[];
  readonly next: number | undefined;
}

/** The page after position `after` of rows that keep their place in a list. */
export function offsetPage<T>(all: readonly T[], after: number, limit: number): CursorPage<T> {
  const end = after + limit;
  return { rows: all.slice(after, end), next: end < all.length ? end : undefined };
}

/** The page of records created after sequence number `after`: records that come or go move no others. */
export function sequencePage<T>(
  all: readonly Entry<T>[],
  after: number,
  limit: number,
  wanted: (value: T) => boolean = () => true,
): CursorPage<T> {
  const rows: T[] = [];
  let last = after;
  for (let index = firstAfter(all, after); index < all.length; index += 1) {
    const entry = all[index];
    if (entry === undefined || !wanted(entry.value)) continue;
    if (rows.length === limit) return { rows, next: last };
    rows.push(entry.value);
    last = entry.sequence;
  }
  return { rows, next: undefined };
}

function firstAfter<T>(all: readonly Entry<T>[], sequence: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle]?.sequence ?? 0) <= sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}
