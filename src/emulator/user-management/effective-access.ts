import { Hono } from "hono";
import { offsetPage } from "../cursor";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import type { Assignment, Organization } from "../organization/organization";
import type { RouteEnvironment } from "../route-environment";
import { outwardGroupId } from "./ids";
import { pageAnswer, pageRequest } from "./paging";
import { roleResource } from "./roles";

interface Access {
  readonly principalType: "user" | "group";
  readonly principal: string;
  readonly roleId: string;
  readonly via: string;
}

interface Resolved {
  readonly organization: Organization;
  readonly revision: number;
  readonly rows: readonly Access[];
}

/**
 * `/projects/{projectId}/access`: who reaches a project, and through what
 * (https://amplitude.com/docs/apis/user-management/effective-access/get-project-effective-access). Assumed: one row
 * for each grant and each member that it reaches, and the field `accessVia` in the words of Amplitude's own pages
 * ("Direct" or the group's name): switch user-management-access-via.
 */
export function effectiveAccessRoutes(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });
  // Rows are worked out once for all pages of an unchanged organization.
  const resolved = new Map<string, Resolved>();

  app.get("/:projectId/access", (c) => {
    const { switches } = emulation;
    const { organization } = c.env;
    const projectId = c.req.param("projectId");
    if (!organization.projects.has(projectId))
      throw new Refusal("not-found", `There is no project ${projectId}.`);
    const request = pageRequest(c, switches);
    let known = resolved.get(projectId);
    if (known?.organization !== organization || known.revision !== organization.revision) {
      known = { organization, revision: organization.revision, rows: accessTo(projectId, organization) };
      resolved.set(projectId, known);
    }
    return pageAnswer(c, switches, request, offsetPage(known.rows, request.after, request.limit), (row) => {
      const role = organization.role(row.roleId);
      return {
        principalId:
          row.principalType === "group"
            ? String(outwardGroupId(Number(row.principal), switches))
            : (organization.person(row.principal)?.email ?? row.principal),
        principalType: row.principalType,
        appId: Number(projectId),
        role:
          role === undefined
            ? { uuid: row.roleId, name: row.roleId, tags: {} }
            : roleResource(role, organization),
        ...(switches["user-management-access-via"] ? { accessVia: row.via } : {}),
      };
    });
  });

  return app;
}

function accessTo(projectId: string, organization: Organization): Access[] {
  return organization.assignments
    .where("project", projectId)
    .flatMap(({ value }) => rowsOf(value, organization));
}

function rowsOf(assignment: Assignment, organization: Organization): Access[] {
  const { principalType, principal, roleId } = assignment;
  const own: Access = { principalType, principal, roleId, via: "Direct" };
  const group = principalType === "group" ? organization.groups.get(principal) : undefined;
  if (group === undefined) return [own];
  return [
    own,
    ...[...group.members].map((member): Access => ({
      principalType: "user",
      principal: member,
      roleId,
      via: group.name,
    })),
  ];
}
