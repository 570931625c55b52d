import type { Emulation } from "../emulation";
import type { Refusal, RefusalReason } from "../organization/act";
import { problemAnswer } from "../problem";
import type { RouteContext } from "../route-environment";

/** Every `error_code` that Amplitude lists, with its title (https://amplitude.com/docs/apis/user-management). */
const titles = {
  invalid_request: "Invalid request",
  authentication_required: "Authentication required",
  insufficient_permissions: "Insufficient permissions",
  org_id_mismatch: "Organization id mismatch",
  org_not_enrolled: "Organization not enrolled",
  not_found: "Not found",
  conflict: "Conflict",
  rate_limited: "Rate limited",
} as const;

/** An `error_code` of user-management. */
export type ErrorCode = keyof typeof titles;

const ofReason: Record<RefusalReason, { status: number; code: ErrorCode }> = {
  "not-found": { status: 404, code: "not_found" },
  conflict: { status: 409, code: "conflict" },
  invalid: { status: 400, code: "invalid_request" },
  forbidden: { status: 403, code: "insufficient_permissions" },
};

/** Answers an error; content type by switch user-management-error-content-type. */
export function problem(
  c: RouteContext,
  emulation: Emulation,
  status: number,
  code: ErrorCode,
  detail: string,
  retryAfterSeconds?: number,
): Response {
  return problemAnswer(c, "core.amplitude.com", emulation.switches["user-management-error-content-type"], {
    status,
    title: titles[code],
    code,
    detail,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

/** Words a refusal as user-management does. */
export function refusalProblem(c: RouteContext, emulation: Emulation, refusal: Refusal): Response {
  const { status, code } = ofReason[refusal.reason];
  return problem(c, emulation, refusal.status ?? status, code, refusal.message);
}
