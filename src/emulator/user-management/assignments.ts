import { Hono } from "hono";
import { z } from "zod";
import { sequencePage } from "../cursor";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import { changeRole, createAssignment, removeAssignment } from "../organization/assignments";
import type { Entry } from "../organization/collection";
import { canonical, type Assignment, type Organization } from "../organization/organization";
import { actOf, jsonObject, type RouteContext, type RouteEnvironment } from "../route-environment";
import type { RoleState } from "../seed/schema";
import type { Switches } from "../switches";
import { inwardGroupId, outwardGroupId } from "./ids";
import { pageAnswer, pageRequest } from "./paging";
import { assignableRole } from "./roles";

const project = z.int().min(1);
const creation = z.discriminatedUnion("principalType", [
  z.looseObject({
    principalType: z.literal("user"),
    principalId: z.string().min(1),
    projectId: project,
    roleId: z.guid(),
  }),
  z.looseObject({
    principalType: z.literal("group"),
    principalId: z.int().min(1),
    projectId: project,
    roleId: z.guid(),
  }),
]);
const update = z.looseObject({ roleId: z.guid() });

/**
 * `/project-role-assignments`: explicit roles of people and groups on projects
 * (https://amplitude.com/docs/apis/user-management/project-role-assignments/list-project-role-assignments).
 */
export function assignmentRoutes(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });
  const resource = (assignment: Assignment, c: RouteContext): object =>
    assignmentResource(assignment, c.env.organization, emulation.switches);

  app.get("/", (c) => {
    const { switches } = emulation;
    const request = pageRequest(c, switches);
    const { from, wanted } = selection(c, switches);
    const page = sequencePage(from, request.after, request.limit, wanted);
    return pageAnswer(c, switches, request, page, (assignment) => resource(assignment, c));
  });

  app.post("/", async (c) => {
    const { switches } = emulation;
    const body = parsed(
      creation,
      await jsonObject(c),
      ["principalType", "principalId", "projectId", "roleId"],
      switches,
    );
    const act = actOf(c, emulation);
    const status = switches["user-management-unknown-reference-status"];
    const role = assignable(c, body.roleId, switches, status);
    if (!act.organization.projects.has(String(body.projectId))) {
      throw new Refusal("not-found", `There is no project ${body.projectId}.`, status);
    }
    const principal =
      body.principalType === "user" ? canonical(body.principalId) : inwardGroupId(body.principalId, switches);
    const known = body.principalType === "user" ? act.organization.people : act.organization.groups;
    if (
      !known.has(principal) &&
      (body.principalType === "group" || switches["user-management-unknown-principal"] === "404")
    ) {
      throw new Refusal("not-found", `There is no ${body.principalType} ${body.principalId}.`, status);
    }
    const place = { principalType: body.principalType, principal, project: body.projectId };
    return c.json(resource(createAssignment(act, place, role), c), switches["user-management-create-status"]);
  });

  app.get("/:assignmentId", (c) => c.json(resource(found(c, c.req.param("assignmentId")), c)));

  app.patch("/:assignmentId", async (c) => {
    const { switches } = emulation;
    const body = parsed(update, await jsonObject(c), ["roleId"], switches);
    const assignment = found(c, c.req.param("assignmentId"));
    const role = assignable(c, body.roleId, switches, switches["user-management-unknown-reference-status"]);
    return c.json(resource(changeRole(actOf(c, emulation), assignment, role), c));
  });

  app.delete("/:assignmentId", (c) => {
    const assignment = found(c, c.req.param("assignmentId"));
    const deleted = resource(assignment, c);
    removeAssignment(actOf(c, emulation), assignment);
    return c.json({ deleted });
  });

  return app;
}

function found(c: RouteContext, id: string): Assignment {
  const assignment = c.env.organization.assignments.get(id);
  if (assignment === undefined) throw new Refusal("not-found", `There is no assignment ${id}.`);
  return assignment;
}

function assignable(c: RouteContext, uuid: string, switches: Switches, status: number): RoleState {
  const role = assignableRole(uuid, c.env.organization, switches, status);
  if (role.name.toLowerCase() === "admin" && !switches["user-management-admin-assignable"]) {
    throw new Refusal("invalid", "Admin is a role in the organization and cannot be assigned on a project.");
  }
  return role;
}

function parsed<T>(schema: z.ZodType<T>, body: unknown, fields: readonly string[], switches: Switches): T {
  const result = schema.safeParse(body);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
    throw new Refusal("invalid", faults.join("; "));
  }
  const extra = Object.keys(body as object).filter((key) => !fields.includes(key));
  if (extra.length > 0 && switches["user-management-extra-fields"] === "400") {
    throw new Refusal("invalid", `Not fields of this request: ${extra.join(", ")}.`);
  }
  return result.data;
}

interface Selection {
  readonly from: readonly Entry<Assignment>[];
  readonly wanted: (assignment: Assignment) => boolean;
}

/** The smallest list that holds everything asked for, and what of it is asked for. */
function selection(c: RouteContext, switches: Switches): Selection {
  const { assignments } = c.env.organization;
  const projectId = c.req.query("projectId");
  if (projectId !== undefined && !/^[1-9]\d*$/.test(projectId)) {
    throw new Refusal("invalid", "projectId is a whole number of at least 1.");
  }
  const roleId = c.req.query("roleId")?.toLowerCase();
  const wanted = (assignment: Assignment): boolean =>
    (projectId === undefined || assignment.project === Number(projectId)) &&
    (roleId === undefined || assignment.roleId.toLowerCase() === roleId);
  const principal = c.req.query("principalId");
  if (principal === undefined) {
    return {
      from: projectId === undefined ? assignments.list() : assignments.where("project", projectId),
      wanted,
    };
  }
  const group = /^\d+$/.test(principal) ? inwardGroupId(principal, switches) : undefined;
  const key = group === undefined ? `user ${canonical(principal)}` : `group ${group}`;
  return { from: assignments.where("principal", key), wanted };
}

function assignmentResource(assignment: Assignment, organization: Organization, switches: Switches): object {
  const { id, principalType, principal, project: projectId, roleId } = assignment;
  const principalId =
    principalType === "group"
      ? String(outwardGroupId(Number(principal), switches))
      : (organization.person(principal)?.email ?? principal);
  return { id, principalType, principalId, projectId, roleId };
}
