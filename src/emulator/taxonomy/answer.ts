import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { RouteContext } from "../route-environment";

/** A refusal as the Taxonomy API words it (https://amplitude.com/docs/apis/analytics/taxonomy). */
export function taxonomyError(c: RouteContext, status: number, message: string): Response {
  return c.json({ success: false, errors: [{ message }] }, status as ContentfulStatusCode);
}
