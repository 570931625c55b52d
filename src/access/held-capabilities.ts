import { capabilities, capabilitiesOf, capabilitiesOfProject, type CapabilityId } from "./capability";
import { organizationRoles, projectRoles, type OrganizationRole, type ProjectRole } from "./role";

/** What a person may do in the organization as a whole. */
export type OrganizationCapabilities = ReadonlyMap<CapabilityId, "yes" | "limited">;

const inOrganization = capabilities.filter(({ scope }) => scope === "organization");
const onProjects = capabilities.filter(({ scope }) => scope === "project");

/** Capabilities over the whole organization. Without a role, or where it is not readable: none that we know of. */
export function organizationCapabilities(role: OrganizationRole | undefined): OrganizationCapabilities {
  const held = new Map<CapabilityId, "yes" | "limited">();
  if (role === undefined) return held;
  const cells = capabilitiesOf(role);
  for (const { id } of inOrganization) {
    const cell = cells[id];
    if (cell === "yes" || cell === "limited") held.set(id, cell);
  }
  return held;
}

/** Owner and admin see every project, granted or not (playbook, "View all projects"). */
export function reachesEveryProject(role: OrganizationRole | undefined): boolean {
  return role !== undefined && capabilitiesOf(role).view_all_projects === "yes";
}

/** No Access lets no grant through: the playbook ends an engagement with it. That it overrides grants that were left behind is assumed. */
export function grantsReach(role: OrganizationRole | undefined): boolean {
  return role !== "no_access";
}

type RoleSet = number;

function roleSet(roles: Iterable<ProjectRole>): RoleSet {
  let set = 0;
  for (const role of roles) set |= 1 << projectRoles.indexOf(role);
  return set;
}

function unionOf(organizationRole: OrganizationRole | undefined, roles: RoleSet): ReadonlySet<CapabilityId> {
  if (!grantsReach(organizationRole)) return new Set();
  const granted = projectRoles.filter((role) => (roles & roleSet([role])) !== 0).map(capabilitiesOfProject);
  const own = organizationRole === undefined ? [] : [capabilitiesOf(organizationRole)];
  return new Set(
    onProjects.map(({ id }) => id).filter((id) => [...own, ...granted].some((cells) => cells[id] === "yes")),
  );
}

const everyRoleSet = Array.from({ length: 1 << projectRoles.length }, (_, set) => set);

const unions: ReadonlyMap<OrganizationRole | undefined, readonly ReadonlySet<CapabilityId>[]> = new Map(
  [undefined, ...organizationRoles].map((role) => [role, everyRoleSet.map((set) => unionOf(role, set))]),
);

const nothing: ReadonlySet<CapabilityId> = new Set();

/**
 * Capabilities on one project: the union of what the organization role gives on every project and of all roles granted there
 * (https://amplitude.com/docs/admin/account-management/role-based-access-controls-rbac; the cells are the playbook's). What a cell
 * leaves to a module is not held: modules are granted apart. Equal arguments give the same set object.
 */
export function projectCapabilities(
  organizationRole: OrganizationRole | undefined,
  roles: Iterable<ProjectRole>,
): ReadonlySet<CapabilityId> {
  return unions.get(organizationRole)?.[roleSet(roles)] ?? nothing;
}
