import { Hono } from "hono";
import { z } from "zod";
import type { Emulation } from "../emulation";
import { grantModule, moduleGrantOf, revokeModule } from "../organization/modules";
import { canonical, type ModuleGrant, type Organization } from "../organization/organization";
import { actOf, type RouteEnvironment } from "../route-environment";
import { email, id } from "../seed/fields";
import { moduleName } from "../seed/managed-records";
import { bodyOf, listAnswer } from "./exchange";

const place = { project_id: id, module: moduleName };
const groupId = z.string().regex(/^[1-9]\d*$/, "a group id is the digits of a whole number of at least 1");
const creation = z.discriminatedUnion("principal_type", [
  z.strictObject({ principal_type: z.literal("user"), principal: email, ...place }),
  z.strictObject({ principal_type: z.literal("group"), principal: groupId, ...place }),
]);

/** `/api/2/organizations/{org}/module-grants`: who has which module of Govern and Experiment; ours. */
export function moduleGrantRoutes(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });

  app.get("/", (c) => {
    const { organization } = c.env;
    return listAnswer(c, organization.modules.list(), (grant) => grantResource(grant, organization));
  });

  app.get("/:id", (c) =>
    c.json(grantResource(moduleGrantOf(actOf(c, emulation), c.req.param("id")), c.env.organization)),
  );

  app.post("/", async (c) => {
    const body = await bodyOf(c, creation);
    const principal = body.principal_type === "user" ? canonical(body.principal) : body.principal;
    const grant = grantModule(actOf(c, emulation), {
      principalType: body.principal_type,
      principal,
      project: body.project_id,
      module: body.module,
    });
    return c.json(grantResource(grant, c.env.organization), 201);
  });

  app.delete("/:id", (c) => {
    revokeModule(actOf(c, emulation), c.req.param("id"));
    return c.body(null, 204);
  });

  return app;
}

function grantResource(grant: ModuleGrant, organization: Organization): object {
  const { id: grantId, principalType, principal, project, module } = grant;
  return {
    id: grantId,
    principal_type: principalType,
    principal: principalType === "user" ? (organization.person(principal)?.email ?? principal) : principal,
    project_id: project,
    module,
  };
}
