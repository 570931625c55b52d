import { createHash } from "node:crypto";
import type { RoleState } from "../seed/schema";
import { concernsAdmin, record, Refusal, type Act } from "./act";
import type { Assignment, Organization } from "./organization";
import { refuseArchived } from "./project-of";

/** Where an assignment lies: one principal on one project. */
export type Place = Pick<Assignment, "principalType" | "principal" | "project">;

/**
 * Gives a principal an explicit role on a project. Throws Refusal when the project is archived, or it has one there already
 * (https://amplitude.com/docs/apis/user-management/project-role-assignments/create-project-role-assignment).
 */
export function createAssignment(act: Act, place: Place, role: RoleState): Assignment {
  const { organization } = act;
  refuseArchived(act, place.project);
  if (organization.assignmentAt(place) !== undefined) {
    throw new Refusal(
      "conflict",
      `${place.principal} already has an explicit role on project ${place.project}.`,
    );
  }
  const number = organization.counters.assignment++;
  const assignment = { ...place, id: assignmentId(organization.identity.id, number), roleId: role.id };
  organization.assignments.set(assignment);
  log(act, "create", assignment, null, role.name);
  return assignment;
}

/** Changes the role of an assignment; its id, principal and project stay. */
export function changeRole(act: Act, assignment: Assignment, role: RoleState): Assignment {
  if (assignment.roleId === role.id) return assignment;
  const changed = { ...assignment, roleId: role.id };
  act.organization.assignments.set(changed);
  log(act, "update", assignment, roleName(act.organization, assignment.roleId), role.name);
  return changed;
}

/** Takes an explicit role away. */
export function removeAssignment(act: Act, assignment: Assignment): void {
  act.organization.assignments.delete(assignment.id);
  log(act, "delete", assignment, roleName(act.organization, assignment.roleId), null);
}

/** Creates or changes, as somebody does in Amplitude's own pages. */
export function grant(act: Act, place: Place, role: RoleState): Assignment {
  const present = act.organization.assignmentAt(place);
  return present === undefined ? createAssignment(act, place, role) : changeRole(act, present, role);
}

/** 22 URL-safe characters, opaque and not sequential as Amplitude's are, but the same in every run. */
export function assignmentId(organizationId: number, number: number): string {
  return createHash("sha256")
    .update(`assignment ${organizationId} ${number}`)
    .digest("base64url")
    .slice(0, 22);
}

function roleName(organization: Organization, roleId: string): string {
  return organization.role(roleId)?.name ?? roleId;
}

function log(act: Act, action: string, assignment: Assignment, from: string | null, to: string | null): void {
  const { organization } = act;
  const { principalType, principal, project } = assignment;
  const target =
    principalType === "group"
      ? (organization.groups.get(principal)?.name ?? principal)
      : (organization.person(principal)?.email ?? principal);
  record(act, {
    domain: "project",
    feature: "role_assignment",
    action,
    documented: concernsAdmin(from, to),
    target,
    projectId: project,
    properties: {
      assignment_id: assignment.id,
      principal_type: principalType,
      principal_id: principal,
      from,
      to,
    },
  });
}
