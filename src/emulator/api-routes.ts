import { Hono } from "hono";
import { TrieRouter } from "hono/router/trie-router";
import { auditError, auditLogFamily } from "./audit-log/family";
import { developerFamily } from "./developer/family";
import { developerProblem } from "./developer/problem";
import type { Emulation } from "./emulation";
import { familyOf } from "./families";
import { organizationFamily, projectFamily, webHostNotFound } from "./management/family";
import type { RouteEnvironment } from "./route-environment";
import { scimError } from "./scim/errors";
import { scimFamily } from "./scim/family";
import { taxonomyFamily } from "./taxonomy/family";
import { taxonomyError } from "./taxonomy/answer";
import { problem } from "./user-management/problems";
import { userManagementFamily } from "./user-management/family";

/** Every route of Amplitude's on one origin; each family words its errors in its own way. */
export function apiRoutes(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false, router: new TrieRouter() });
  app.route("/scim/1", scimFamily(emulation));
  app.route("/user-management/1", userManagementFamily(emulation));
  app.route("/api/2/audit-logs", auditLogFamily(emulation));
  app.route("/v1", developerFamily(emulation));
  app.route("/api/2/taxonomy", taxonomyFamily(emulation));
  app.route("/api/2/organizations", organizationFamily(emulation));
  app.route("/api/2/projects", projectFamily(emulation));
  app.notFound((c) => {
    const detail = `There is no ${c.req.method} ${c.req.path}.`;
    switch (familyOf(c.req.path)) {
      case "scim":
        return scimError(c, emulation, 404, detail);
      case "user-management":
        return problem(c, emulation, 404, "not_found", detail);
      case "developer":
        return developerProblem(c, 404, "Not found", "not_found", detail);
      case "taxonomy":
        return taxonomyError(c, 404, detail);
      case "management":
        return emulation.switches.management === "absent"
          ? webHostNotFound(c)
          : problem(c, emulation, 404, "not_found", detail);
      case "audit-log":
      case "unknown":
        return auditError(c, 404, detail);
    }
  });
  return app;
}
