import { Hono } from "hono";
import { denyToken } from "../authentication";
import { readCursor, sequencePage, writeCursor } from "../cursor";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import type { RouteEnvironment } from "../route-environment";
import { pageLimit } from "./page-limit";
import { developerProblem } from "./problem";
import { userPropertyRoutes } from "./user-properties";

/** Whom the token is of. */
const LOGIN = "api@amplitude-emulator";

const taxonomyScopes = {
  none: [],
  read: ["taxonomy:read"],
  write: ["taxonomy:read", "taxonomy:write"],
} as const;

/** The Developer API under `/v1`, as far as access needs it: context, projects, user properties (https://amplitude.com/docs/apis/developer). */
export function developerFamily(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });
  app.use(async (c, next) => {
    const { switches } = emulation;
    const denial = denyToken(emulation.organization, c.req.header("authorization"));
    if (denial !== undefined) return developerProblem(c, 401, "Unauthorized", "invalid_api_key", denial);
    const wait = emulation.limits.developer.take(
      switches["developer-requests-per-minute"],
      switches["rate-limit-window"],
    );
    if (wait !== undefined) {
      if (switches["rate-limit-retry-after-header"]) c.header("retry-after", String(wait));
      return developerProblem(c, 429, "Too many requests", "rate_limit_exceeded", "Too many requests.", wait);
    }
    const userAgent = c.req.header("user-agent") ?? null;
    c.set("actor", { name: LOGIN, ip: "127.0.0.1", userAgent });
    await next();
    return undefined;
  });
  app.route("/projects/:project/user-properties", userPropertyRoutes(emulation));

  app.get("/context", (c) => {
    const { id, name } = c.env.organization.identity;
    const { switches } = emulation;
    const principal = {
      login_id: LOGIN,
      org_id: String(id),
      org_name: name,
      auth_type: "pat",
      scopes: ["projects:read", ...taxonomyScopes[switches["developer-taxonomy-scope"]]],
    };
    return c.json({ data: { principal, org: { id: String(id), name } } });
  });

  app.get("/projects", (c) => {
    const page = sequencePage(
      c.env.organization.projects.list(),
      readCursor(c.req.query("cursor")),
      pageLimit(c),
      (project) => project.name.toLowerCase().includes((c.req.query("q") ?? "").toLowerCase()),
    );
    const data = page.rows.map((project) => ({
      id: String(project.id),
      object: "project",
      name: project.name,
      ...(project.description === undefined ? {} : { description: project.description }),
      created_at: project.createdAt,
      updated_at: project.updatedAt,
    }));
    const next = page.next === undefined ? null : writeCursor(page.next);
    return c.json({ data, pagination: { next_cursor: next, has_more: next !== null } });
  });

  app.onError((error, c) => {
    if (error instanceof Refusal)
      return error.reason === "not-found"
        ? developerProblem(c, 404, "Not found", "not_found", error.message)
        : developerProblem(c, 400, "Bad request", "invalid_request", error.message);
    throw error;
  });
  return app;
}
