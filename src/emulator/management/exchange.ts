import type { z } from "zod";
import { readCursor, sequencePage, writeCursor } from "../cursor";
import { Refusal } from "../organization/act";
import type { Entry } from "../organization/collection";
import { jsonObject, type RouteContext } from "../route-environment";
import { zodProblems } from "../seed/seed-error";

const MOST = 200;
const DEFAULT = 100;

/** The body of a request; throws Refusal for one that misses a field, has one too many, or is no JSON object. */
export async function bodyOf<T>(c: RouteContext, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(await jsonObject(c));
  if (!parsed.success) throw new Refusal("invalid", zodProblems(parsed.error).join("; "));
  return parsed.data;
}

/**
 * One page of a list: `{"data": [...], "next_cursor"}`, from `cursor`, with `limit` rows (1 to 200, by default
 * 100). Records that come or go between two pages move no others. Throws Refusal for another cursor or limit.
 */
export function listAnswer<T>(
  c: RouteContext,
  all: readonly Entry<T>[],
  toRow: (item: T) => object,
  wanted: (item: T) => boolean = () => true,
): Response {
  const limit = Number(c.req.query("limit") ?? DEFAULT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new Refusal("invalid", `limit is a whole number from 1 to ${MOST}.`);
  }
  const page = sequencePage(all, readCursor(c.req.query("cursor")), limit, wanted);
  return c.json({
    data: page.rows.map(toRow),
    next_cursor: page.next === undefined ? null : writeCursor(page.next),
  });
}
