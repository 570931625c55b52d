import { problemAnswer } from "../problem";
import type { RouteContext } from "../route-environment";

/** An error of the Developer API (https://amplitude.com/docs/apis/developer). */
export function developerProblem(
  c: RouteContext,
  status: number,
  title: string,
  code: string,
  detail: string,
  wait?: number,
): Response {
  return problemAnswer(c, "developer-api.amplitude.com", "application/problem+json", {
    status,
    title,
    code,
    detail,
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
  });
}
