import type { CapabilityId } from "./capability";
import {
  grantsReach,
  organizationCapabilities,
  projectCapabilities,
  reachesEveryProject,
  type OrganizationCapabilities,
} from "./held-capabilities";
import { canonicalEmail, type Email, type Organization } from "./organization";
import {
  builtInRole,
  byRoleName,
  highestProjectRole,
  organizationRoleName,
  organizationRoleNamed,
  projectRoleName,
  type OrganizationRole,
  type ProjectRole,
  type Role,
} from "./role";
import { byText } from "./text-order";

/** How access reaches a person. */
export type Via =
  | { readonly type: "organization"; readonly role: OrganizationRole }
  | { readonly type: "direct" }
  | { readonly type: "group"; readonly id: string; readonly name: string };

/** One grant that reaches a person on a project. */
export interface AccessPath {
  readonly via: Via;
  /** undefined by organization role, which is no grant on the project. */
  readonly role?: Role;
}

/** Everything that one person has on one project. */
export interface ProjectAccess {
  readonly projectId: string;
  /** By organization role, then direct, then by group name; never empty. */
  readonly paths: readonly AccessPath[];
  /** The highest built-in role granted; undefined when none is. */
  readonly role?: ProjectRole;
  /** Roles whose permissions no API shows, each once, by name. */
  readonly customRoles: readonly Role[];
  /** What is known to be held; custom roles add to it what only Amplitude knows. */
  readonly capabilities: ReadonlySet<CapabilityId>;
}

/** Everything that one person has. */
export interface EffectiveAccess {
  readonly email: Email;
  /** Whether they are in the organization, joined or invited. */
  readonly present: boolean;
  /** undefined where it is not readable, or is none that we know. */
  readonly organizationRole?: OrganizationRole;
  readonly capabilities: OrganizationCapabilities;
  /** By project id; a project they cannot reach is absent. */
  readonly projects: ReadonlyMap<string, ProjectAccess>;
}

/**
 * The union of organization role, direct grants and the grants of every group the person is in
 * (https://amplitude.com/docs/admin/account-management/role-based-access-controls-rbac). Somebody who is in no list of people but in a
 * group or a grant is reported all the same: nothing held goes unseen.
 */
export function effectiveAccess(organization: Organization, email: string): EffectiveAccess {
  const key = canonicalEmail(email);
  const person = organization.person(key);
  const named = person?.organizationRole;
  const organizationRole = named === undefined ? undefined : organizationRoleNamed(named);
  return {
    email: key,
    present: person !== undefined,
    ...(organizationRole === undefined ? {} : { organizationRole }),
    capabilities: organizationCapabilities(organizationRole),
    projects: projectsOf(organization, key, organizationRole),
  };
}

/** For everybody who is in the organization, in a group or in a grant, by e-mail. */
export function everyonesAccess(organization: Organization): readonly EffectiveAccess[] {
  const emails = new Set<Email>();
  for (const { email } of organization.people()) emails.add(canonicalEmail(email));
  for (const { members } of organization.groups()) members.forEach((email) => emails.add(email));
  for (const { principal } of organization.grants()) {
    if (principal.type === "user") emails.add(canonicalEmail(principal.id));
  }
  return [...emails].sort(byText).map((email) => effectiveAccess(organization, email));
}

/** `direct`, `via group amp-analysts`, `as organization admin`. */
export function pathText(via: Via): string {
  switch (via.type) {
    case "organization":
      return `as organization ${organizationRoleName(via.role).toLowerCase()}`;
    case "direct":
      return "direct";
    case "group":
      return `via group ${via.name}`;
  }
}

/** What a person is on a project, in a few words: `no access`, `Manager`, `Member + Data steward`, `organization admin + Viewer`. */
export function accessText(access: ProjectAccess | undefined): string {
  if (access === undefined) return "no access";
  const byOrganization = access.paths.flatMap(({ via }) =>
    via.type === "organization" ? [`organization ${organizationRoleName(via.role).toLowerCase()}`] : [],
  );
  const builtIn = access.role === undefined ? [] : [projectRoleName(access.role)];
  return [...byOrganization, ...builtIn, ...access.customRoles.map(({ name }) => name)].join(" + ");
}

function projectsOf(
  organization: Organization,
  email: Email,
  organizationRole: OrganizationRole | undefined,
): ReadonlyMap<string, ProjectAccess> {
  const paths = new Map<string, AccessPath[]>();
  const reach = (projectId: string, path: AccessPath) => {
    const known = paths.get(projectId);
    if (known === undefined) paths.set(projectId, [path]);
    else known.push(path);
  };
  if (grantsReach(organizationRole)) {
    if (organizationRole !== undefined && reachesEveryProject(organizationRole)) {
      const via: Via = { type: "organization", role: organizationRole };
      for (const projectId of organization.projectIds()) reach(projectId, { via });
    }
    for (const { projectId, roleId } of organization.grantsOf({ type: "user", id: email })) {
      reach(projectId, { via: { type: "direct" }, role: roleOf(organization, roleId) });
    }
    for (const { id, name } of organization.groupsOf(email)) {
      for (const { projectId, roleId } of organization.grantsOf({ type: "group", id })) {
        reach(projectId, { via: { type: "group", id, name }, role: roleOf(organization, roleId) });
      }
    }
  }
  const projects = [...paths].sort(([a], [b]) => byText(a, b));
  return new Map(projects.map(([id, reached]) => [id, projectAccess(id, reached, organizationRole)]));
}

/** A role that no list names is as opaque as a custom one. */
function roleOf(organization: Organization, id: string): Role {
  return organization.role(id) ?? { id, name: id, custom: true };
}

function projectAccess(
  projectId: string,
  paths: AccessPath[],
  organizationRole: OrganizationRole | undefined,
): ProjectAccess {
  const builtIn = new Set<ProjectRole>();
  const opaque = new Map<string, Role>();
  for (const { role } of paths) {
    if (role === undefined) continue;
    const known = builtInRole(role);
    if (known === undefined) opaque.set(role.id, role);
    else builtIn.add(known);
  }
  const role = highestProjectRole(builtIn);
  return {
    projectId,
    paths: paths.sort(byPath),
    ...(role === undefined ? {} : { role }),
    customRoles: [...opaque.values()].sort(byRoleName),
    capabilities: projectCapabilities(organizationRole, builtIn),
  };
}

const pathRank: Readonly<Record<Via["type"], number>> = { organization: 0, direct: 1, group: 2 };

function byPath(a: AccessPath, b: AccessPath): number {
  const rank = pathRank[a.via.type] - pathRank[b.via.type];
  if (rank !== 0) return rank;
  const named =
    a.via.type === "group" && b.via.type === "group"
      ? byText(a.via.name, b.via.name) || byText(a.via.id, b.via.id)
      : 0;
  return named || byText(a.role?.id ?? "", b.role?.id ?? "");
}
