import { readCursor, writeCursor, type CursorPage } from "../cursor";
import { Refusal } from "../organization/act";
import type { RouteContext } from "../route-environment";
import type { Switches } from "../switches";

const MAX = 200;
const DEFAULT = 50;

/** Where a page begins and how many rows it may have. */
export interface PageRequest {
  readonly after: number;
  readonly limit: number;
}

/**
 * Reads `cursor` (omitted for the first page) and `limit` (1 to 200, default 50):
 * https://amplitude.com/docs/apis/user-management/roles/list-roles. Throws Refusal for what is neither and, switch
 * user-management-limit-over-max, for more than 200.
 */
export function pageRequest(c: RouteContext, switches: Switches): PageRequest {
  const text = c.req.query("limit");
  const limit = text === undefined ? DEFAULT : Number(text);
  if (!Number.isInteger(limit) || limit < 1)
    throw new Refusal("invalid", `limit is a whole number from 1 to ${MAX}.`);
  if (limit > MAX && switches["user-management-limit-over-max"] === "400") {
    throw new Refusal("invalid", `limit is at most ${MAX}.`);
  }
  return { after: readCursor(c.req.query("cursor")), limit: Math.min(MAX, limit) };
}

/** `{ data, pagination: { nextCursor } }`; switch user-management-pagination-extra adds `hasMore` and `limit`. */
export function pageAnswer<T>(
  c: RouteContext,
  switches: Switches,
  request: PageRequest,
  page: CursorPage<T>,
  toRow: (item: T) => unknown,
): Response {
  const nextCursor = page.next === undefined ? null : writeCursor(page.next);
  const extra = switches["user-management-pagination-extra"]
    ? { hasMore: nextCursor !== null, limit: request.limit }
    : {};
  return c.json({ data: page.rows.map(toRow), pagination: { nextCursor, ...extra } });
}
