import { Hono } from "hono";
import { denyToken } from "../authentication";
import { readCursor, sequencePage, writeCursor } from "../cursor";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import { problemAnswer } from "../problem";
import type { RouteContext, RouteEnvironment } from "../route-environment";

/** The Developer API under `/v1`, as far as access needs it: projects and context (https://amplitude.com/docs/apis/developer). */
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
    await next();
    return undefined;
  });

  app.get("/context", (c) => {
    const { id, name } = c.env.organization.identity;
    const principal = {
      login_id: "api@amplitude-emulator",
      org_id: String(id),
      org_name: name,
      auth_type: "pat",
      scopes: ["projects:read"],
    };
    return c.json({ data: { principal, org: { id: String(id), name } } });
  });

  app.get("/projects", (c) => {
    const limit = Number(c.req.query("limit") ?? 50);
    if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
      throw new Refusal("invalid", "limit is a whole number from 1 to 200.");
    }
    const page = sequencePage(
      c.env.organization.projects.list(),
      readCursor(c.req.query("cursor")),
      limit,
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
      return developerProblem(c, 400, "Bad request", "invalid_request", error.message);
    throw error;
  });
  return app;
}

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
