import { Hono } from "hono";
import { denyOrganizationKeys } from "../authentication";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import type { RouteContext, RouteEnvironment } from "../route-environment";
import { problem, refusalProblem } from "../user-management/problems";
import { apiKeyRoutes } from "./api-keys";
import { memberRoutes } from "./members";
import { moduleGrantRoutes } from "./module-grants";
import { projectRoutes } from "./projects";
import { settingsRoutes } from "./settings";

/**
 * `/api/2/organizations`: settings, members, module grants and API keys of one organization (playbook:
 * "Programmatic User Management" names two routes on members; the others follow their shape and are ours).
 */
export function organizationFamily(emulation: Emulation): Hono<RouteEnvironment> {
  const app = guarded(emulation);
  app.use("/:org/*", async (c, next) => {
    const { id } = emulation.organization.identity;
    const org = c.req.param("org");
    if (org !== String(id)) throw new Refusal("forbidden", `The keys are not those of organization ${org}.`);
    await next();
  });
  app.route("/:org", settingsRoutes(emulation));
  app.route("/:org/members", memberRoutes(emulation));
  app.route("/:org/module-grants", moduleGrantRoutes(emulation));
  app.route("/:org/api-keys", apiKeyRoutes(emulation));
  return app;
}

/**
 * `/api/2/projects`: projects and their members (playbook: "Programmatic User Management" names the
 * route that adds a member; the others follow its shape and are ours).
 */
export function projectFamily(emulation: Emulation): Hono<RouteEnvironment> {
  const app = guarded(emulation);
  app.route("/", projectRoutes(emulation));
  return app;
}

/** What Amplitude's web host answers to an address that it does not know; Amplitude publishes none of this family. */
export function webHostNotFound(c: RouteContext): Response {
  return c.html(
    "<!doctype html><html><head><title>404 Not Found</title></head><body>Not Found</body></html>",
    404,
  );
}

/** Routes behind the switch that serves them, the organization's keys, and the limit, in that order. */
function guarded(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });
  app.use(async (c, next) => {
    const { organization, switches, limits } = emulation;
    if (switches.management === "absent") return webHostNotFound(c);
    const denial = denyOrganizationKeys(organization, c.req.header("authorization"));
    if (denial !== undefined) return problem(c, emulation, 401, "authentication_required", denial);
    const perMinute = switches["management-requests-per-minute"];
    const wait = limits.management.take(perMinute, switches["rate-limit-window"]);
    if (wait !== undefined) {
      if (switches["rate-limit-retry-after-header"]) c.header("retry-after", String(wait));
      return problem(c, emulation, 429, "rate_limited", `More than ${perMinute} requests in a minute.`, wait);
    }
    const name = switches["audit-log-actor-user-management"];
    c.set("actor", { name, ip: "127.0.0.1", userAgent: c.req.header("user-agent") ?? null });
    await next();
    return undefined;
  });
  app.onError((error, c) => {
    if (error instanceof Refusal) return refusalProblem(c, emulation, error);
    throw error;
  });
  return app;
}
