import { Refusal } from "../organization/act";
import type { RouteContext } from "../route-environment";

/** Rows of a page: 1 to 200, by default 50 (https://amplitude.com/docs/apis/developer). Throws Refusal for another number. */
export function pageLimit(c: RouteContext): number {
  const limit = Number(c.req.query("limit") ?? 50);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return limit;
  throw new Refusal("invalid", "limit is a whole number from 1 to 200.");
}
