import { Hono } from "hono";
import { denyOrganizationKeys } from "../authentication";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import type { RouteContext, RouteEnvironment } from "../route-environment";
import { assignmentRoutes } from "./assignments";
import { effectiveAccessRoutes } from "./effective-access";
import { groupRoutes } from "./groups";
import { problem, refusalProblem } from "./problems";
import { roleRoutes } from "./roles";

/**
 * The user-management API under `/user-management/1` (https://amplitude.com/docs/apis/user-management): keys,
 * limit, enrolment in early access, `orgId`, then the route. That order is assumed.
 */
export function userManagementFamily(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });
  app.use(async (c, next) => {
    const denied = limited(c, emulation) ?? organizationDenied(c, emulation);
    if (denied !== undefined) return denied;
    const name = emulation.switches["audit-log-actor-user-management"];
    c.set("actor", { name, ip: "127.0.0.1", userAgent: c.req.header("user-agent") ?? null });
    await next();
    return undefined;
  });
  app.route("/project-role-assignments", assignmentRoutes(emulation));
  app.route("/roles", roleRoutes(emulation));
  app.route("/groups", groupRoutes(emulation));
  app.route("/projects", effectiveAccessRoutes(emulation));
  app.onError((error, c) => {
    if (error instanceof Refusal) return refusalProblem(c, emulation, error);
    throw error;
  });
  return app;
}

function limited(c: RouteContext, emulation: Emulation): Response | undefined {
  const { switches, limits } = emulation;
  const denial = denyOrganizationKeys(emulation.organization, c.req.header("authorization"));
  if (denial !== undefined) return problem(c, emulation, 401, "authentication_required", denial);
  const shared = switches["user-management-shares-scim-limit"];
  const perMinute = switches[shared ? "scim-requests-per-minute" : "user-management-requests-per-minute"];
  const wait = limits[shared ? "scim" : "user-management"].take(perMinute, switches["rate-limit-window"]);
  if (wait === undefined) return undefined;
  if (switches["rate-limit-retry-after-header"]) c.header("retry-after", String(wait));
  return problem(c, emulation, 429, "rate_limited", `More than ${perMinute} requests in a minute.`, wait);
}

function organizationDenied(c: RouteContext, emulation: Emulation): Response | undefined {
  const { switches } = emulation;
  const { id } = emulation.organization.identity;
  if (!switches["user-management-enrolled"]) {
    return problem(
      c,
      emulation,
      403,
      "org_not_enrolled",
      `Organization ${id} is not enrolled in early access.`,
    );
  }
  const orgId = c.req.query("orgId");
  if (orgId === undefined || !/^[1-9]\d*$/.test(orgId)) {
    const status = switches["user-management-missing-org-id-status"];
    const code = status === 400 ? "invalid_request" : "org_id_mismatch";
    return problem(c, emulation, status, code, "The query needs orgId, a whole number of at least 1.");
  }
  if (Number(orgId) === id) return undefined;
  const status = switches["user-management-org-id-mismatch-status"];
  return problem(c, emulation, status, "org_id_mismatch", `The keys are not those of organization ${orgId}.`);
}
