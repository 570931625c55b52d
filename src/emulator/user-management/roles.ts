import { Hono } from "hono";
import { sequencePage } from "../cursor";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import type { Organization } from "../organization/organization";
import type { RouteEnvironment } from "../route-environment";
import { builtInRank } from "../seed/built-in-roles";
import type { RoleState } from "../seed/schema";
import type { Switches } from "../switches";
import { pageAnswer, pageRequest } from "./paging";

/** `/roles`: read only; what a role permits is never told (https://amplitude.com/docs/apis/user-management/roles/list-roles). */
export function roleRoutes(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });

  app.get("/", (c) => {
    const { switches } = emulation;
    const request = pageRequest(c, switches);
    const page = sequencePage(c.env.organization.roles.list(), request.after, request.limit, (role) =>
      isShown(role, switches),
    );
    return pageAnswer(c, switches, request, page, (role) => roleResource(role, c.env.organization));
  });

  app.get("/:roleId", (c) => {
    const role = assignableRole(c.req.param("roleId"), c.env.organization, emulation.switches, 404);
    return c.json(roleResource(role, c.env.organization));
  });

  return app;
}

/** A role as the API shows it; `orgId` is optional there, here it marks the organization's own roles. */
export function roleResource(role: RoleState, organization: Organization): object {
  const builtIn = builtInRank(role.name) >= 0;
  return {
    uuid: role.id,
    name: role.name,
    ...(builtIn ? {} : { orgId: organization.identity.id }),
    tags: role.tags ?? { type: builtIn ? "default" : "custom" },
  };
}

/** The role of a uuid; throws Refusal where there is none, or where the switches hide it. */
export function assignableRole(
  uuid: string,
  organization: Organization,
  switches: Switches,
  status: number,
): RoleState {
  const role = organization.roles.get(uuid.toLowerCase());
  if (role === undefined || !isShown(role, switches)) {
    throw new Refusal("not-found", `There is no role ${uuid}.`, status);
  }
  return role;
}

function isShown(role: RoleState, switches: Switches): boolean {
  return switches["user-management-built-in-roles-listed"] || builtInRank(role.name) < 0;
}
