import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { RouteContext } from "./route-environment";

/** An error as user-management and the Developer API write it (RFC 7807, with keys of Amplitude's own). */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
  readonly retryAfterSeconds?: number;
}

/**
 * Answers a problem: `type`, `title`, `status`, `detail`, `instance`, `error_code`, `retryable`,
 * `retry_after_seconds` (https://amplitude.com/docs/apis/user-management/groups/remove-group-member,
 * https://amplitude.com/docs/apis/developer). The pattern of `type` is documented for the Developer API alone.
 */
export function problemAnswer(
  c: RouteContext,
  host: string,
  contentType: string,
  problem: Problem,
): Response {
  const body = {
    type: `https://${host}/problems/${problem.code.replaceAll("_", "-")}`,
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    instance: null,
    error_code: problem.code,
    retryable: problem.status === 429 || problem.status >= 500,
    ...(problem.retryAfterSeconds === undefined ? {} : { retry_after_seconds: problem.retryAfterSeconds }),
  };
  return c.body(JSON.stringify(body), problem.status as ContentfulStatusCode, {
    "content-type": contentType,
  });
}
