import type { CapabilityId } from "./capability";
import {
  grantsReach,
  organizationCapabilities,
  projectCapabilities,
  reachesEveryProject,
  type OrganizationCapabilities,
} from "./held-capabilities";
import { byModule, moduleName, moduleNamed } from "./module";
import { canonicalEmail, type Email, type Organization, type Principal } from "./organization";
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

/** One grant that reaches a person on a project: of a role, or of a module on top of the roles. */
export interface AccessPath {
  readonly via: Via;
  /** undefined by organization role, which is no grant on the project, and for a module. */
  readonly role?: Role;
  /** `govern_data_manager`; undefined for a role. */
  readonly module?: string;
}

/** Everything that one person has on one project. */
export interface ProjectAccess {
  readonly projectId: string;
  /** By organization role, then direct, then by group name, roles before modules; never empty. */
  readonly paths: readonly AccessPath[];
  /** The highest built-in role granted; undefined when none is. */
  readonly role?: ProjectRole;
  /** Roles whose permissions no API shows, each once, by name. */
  readonly customRoles: readonly Role[];
  /** Modules granted, each once. None without a role on this project: the playbook layers modules on top of project roles. */
  readonly modules: readonly string[];
  /** What is known to be held; custom roles and unknown modules add to it what only Amplitude knows. */
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
 * The union of organization role, direct grants and the grants of every group the person is in, and likewise of modules
 * (https://amplitude.com/docs/admin/account-management/role-based-access-controls-rbac; of modules it is assumed). Nobody reaches an
 * archived project (assumed). Somebody who is in no list of people but in a group or a grant is reported all the same: nothing held goes unseen.
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

/** For everybody who is in the organization, in a group, or in a grant of a role or module, by e-mail. */
export function everyonesAccess(organization: Organization): readonly EffectiveAccess[] {
  return everybody(organization).map((email) => effectiveAccess(organization, email));
}

/** Everybody who is there, in a group, or holds something, by e-mail. */
export function everybody(organization: Organization): readonly Email[] {
  const emails = new Set<Email>();
  for (const { email } of organization.people()) emails.add(canonicalEmail(email));
  for (const { members } of organization.groups()) members.forEach((email) => emails.add(email));
  for (const held of [organization.grants(), organization.modules()]) {
    for (const { principal } of held) if (principal.type === "user") emails.add(canonicalEmail(principal.id));
  }
  return [...emails].sort(byText);
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

/** What a person is on a project, in a few words: `no access`, `Manager`, `Member + Data steward`, `Member + Govern Data Manager`, `organization admin + Viewer`. */
export function accessText(access: ProjectAccess | undefined): string {
  if (access === undefined) return "no access";
  const byOrganization = access.paths.flatMap(({ via }) =>
    via.type === "organization" ? [`organization ${organizationRoleName(via.role).toLowerCase()}`] : [],
  );
  const builtIn = access.role === undefined ? [] : [projectRoleName(access.role)];
  const customRoles = access.customRoles.map(({ name }) => name);
  return [...byOrganization, ...builtIn, ...customRoles, ...access.modules.map(moduleName)].join(" + ");
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
    const hold = (principal: Principal, via: Via) => {
      for (const { projectId, roleId } of organization.grantsOf(principal))
        reach(projectId, { via, role: roleOf(organization, roleId) });
      for (const { projectId, module } of organization.modulesOf(principal))
        reach(projectId, { via, module });
    };
    hold({ type: "user", id: email }, { type: "direct" });
    for (const { id, name } of organization.groupsOf(email))
      hold({ type: "group", id }, { type: "group", id, name });
  }
  const projects = [...paths]
    .map(([id, reached]) => [id, reached.some(isOfRole) ? reached : reached.filter(isNoModule)] as const)
    .filter(([id, reached]) => reached.length > 0 && organization.project(id)?.archived !== true)
    .sort(([a], [b]) => byText(a, b));
  return new Map(projects.map(([id, reached]) => [id, projectAccess(id, reached, organizationRole)]));
}

function isOfRole({ role }: AccessPath): boolean {
  return role !== undefined;
}

function isNoModule({ module }: AccessPath): boolean {
  return module === undefined;
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
  const modules = [...new Set(paths.flatMap(({ module }) => module ?? []))].sort(byModule);
  return {
    projectId,
    paths: paths.sort(byPath),
    ...(role === undefined ? {} : { role }),
    customRoles: [...opaque.values()].sort(byRoleName),
    modules,
    capabilities: projectCapabilities(
      organizationRole,
      builtIn,
      modules.flatMap((module) => moduleNamed(module) ?? []),
    ),
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
  return named || byText(a.module ?? "", b.module ?? "") || byText(a.role?.id ?? "", b.role?.id ?? "");
}
