import { caselessName } from "../schema";
import { byText } from "./text-order";

/**
 * Organization roles. Owner, admin, manager, member: playbook, "Organization-Level Roles". No access: playbook,
 * "Add, Update, Remove at a Glance". Viewer: what Amplitude gives to people invited in its UI
 * (https://amplitude.com/docs/admin/account-management/user-roles-permissions).
 */
export type OrganizationRole = "owner" | "admin" | "manager" | "member" | "viewer" | "no_access";

/**
 * Built-in project roles, the same in the playbook ("Project-Level Roles") and at Amplitude
 * (https://amplitude.com/docs/admin/account-management/role-based-access-controls-rbac).
 */
export type ProjectRole = "viewer" | "member" | "manager" | "admin";

/** Lowest first. */
export const organizationRoles = [
  "no_access",
  "viewer",
  "member",
  "manager",
  "admin",
  "owner",
] as const satisfies OrganizationRole[];

/** Lowest first. */
export const projectRoles = ["viewer", "member", "manager", "admin"] as const satisfies ProjectRole[];

const organizationRoleNames: Readonly<Record<OrganizationRole, string>> = {
  owner: "Owner",
  admin: "Admin",
  manager: "Manager",
  member: "Member",
  viewer: "Viewer",
  no_access: "No Access",
};

const projectRoleNames: Readonly<Record<ProjectRole, string>> = {
  viewer: "Viewer",
  member: "Member",
  manager: "Manager",
  admin: "Admin",
};

/** A role that can be granted on a project, as Amplitude lists it (https://amplitude.com/docs/apis/user-management). */
export interface Role {
  /** uuid */
  readonly id: string;
  readonly name: string;
  readonly custom: boolean;
}

/** The name as people see it: `No Access`. */
export function organizationRoleName(role: OrganizationRole): string {
  return organizationRoleNames[role];
}

/** The name as Amplitude shows it: `Viewer`. */
export function projectRoleName(role: ProjectRole): string {
  return projectRoleNames[role];
}

/** `Admin`, `NO ACCESS`, `no_access`: case, outer blanks, and blank, hyphen or underscore inside do not matter. undefined: not one of these. */
export function organizationRoleNamed(name: string): OrganizationRole | undefined {
  const wanted = caselessName(name).replace(/[\s_-]+/g, "_");
  return organizationRoles.find((role) => role === wanted);
}

/** The built-in project role of that name, without case and outer blanks. undefined: any other name belongs to a custom role. */
export function projectRoleNamed(name: string): ProjectRole | undefined {
  const wanted = caselessName(name);
  return projectRoles.find((role) => role === wanted);
}

/**
 * The built-in role that this is, or undefined: then it is opaque, because Amplitude never returns what a custom role permits
 * (https://amplitude.com/docs/apis/user-management). A custom role named like a built-in one stays opaque.
 */
export function builtInRole(role: Pick<Role, "name" | "custom">): ProjectRole | undefined {
  return role.custom ? undefined : projectRoleNamed(role.name);
}

/** Negative when `a` is the lower of the two. */
export function compareProjectRoles(a: ProjectRole, b: ProjectRole): number {
  return projectRoles.indexOf(a) - projectRoles.indexOf(b);
}

/** Negative when `a` is the lower of the two. */
export function compareOrganizationRoles(a: OrganizationRole, b: OrganizationRole): number {
  return organizationRoles.indexOf(a) - organizationRoles.indexOf(b);
}

/** undefined when there is none. */
export function highestProjectRole(roles: Iterable<ProjectRole>): ProjectRole | undefined {
  let highest: ProjectRole | undefined;
  for (const role of roles) {
    if (highest === undefined || compareProjectRoles(role, highest) > 0) highest = role;
  }
  return highest;
}

/** By name, then by id: the order in which roles are shown. */
export function byRoleName(a: Role, b: Role): number {
  return byText(a.name, b.name) || byText(a.id, b.id);
}
