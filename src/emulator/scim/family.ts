import { Hono } from "hono";
import { denyScim } from "../authentication";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import type { RouteEnvironment } from "../route-environment";
import { scimError, scimRefusal } from "./errors";
import { scimGroups } from "./groups";
import { scimUsers } from "./users";

/**
 * SCIM 2.0 under `/scim/1` (https://amplitude.com/docs/apis/analytics/scim): the key first, then the
 * documented limit of 100 requests a minute, then the route.
 */
export function scimFamily(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });
  app.use(async (c, next) => {
    const { switches } = emulation;
    const denial = denyScim(emulation.organization, c.req.header("authorization"));
    if (denial !== undefined) return scimError(c, emulation, 401, denial);
    if (!c.env.fromProvider || switches["idp-uses-rate-limit"]) {
      const wait = emulation.limits.scim.take(
        switches["scim-requests-per-minute"],
        switches["rate-limit-window"],
      );
      if (wait !== undefined) {
        if (switches["rate-limit-retry-after-header"]) c.header("retry-after", String(wait));
        return scimError(
          c,
          emulation,
          429,
          `More than ${switches["scim-requests-per-minute"]} requests in a minute.`,
        );
      }
    }
    const name = switches["audit-log-actor-scim"];
    c.set("actor", { name, ip: "127.0.0.1", userAgent: c.req.header("user-agent") ?? null });
    await next();
    return undefined;
  });
  app.route("/Users", scimUsers(emulation));
  app.route("/Groups", scimGroups(emulation));
  app.onError((error, c) => {
    if (error instanceof Refusal) return scimRefusal(c, emulation, error);
    throw error;
  });
  return app;
}
