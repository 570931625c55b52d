import {
  capabilities,
  capabilitiesOf,
  capabilitiesOfProject,
  type CapabilityId,
  type Cell,
} from "./capability";
import { capabilitiesOfModule, modules, type Module } from "./module";
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

/** A set of capabilities: bit n is the nth of `onProjects`. */
type Bits = number;

function bitsWhere(holds: (id: CapabilityId) => boolean): Bits {
  return onProjects.reduce((bits, { id }, place) => (holds(id) ? bits | (1 << place) : bits), 0);
}

const heldByRole = byProjectRole("yes");
const leftToModules = byProjectRole("if_granted");
const openedBy = new Map(
  modules.map((module) => [module, bitsWhere((id) => capabilitiesOfModule(module).includes(id))]),
);
const heldByOrganizationRole: ReadonlyMap<OrganizationRole, Bits> = new Map(
  organizationRoles.map((role) => [role, bitsWhere((id) => capabilitiesOf(role)[id] === "yes")]),
);

function byProjectRole(cell: Cell): ReadonlyMap<ProjectRole, Bits> {
  return new Map(
    projectRoles.map((role) => [role, bitsWhere((id) => capabilitiesOfProject(role)[id] === cell)]),
  );
}

function unite<T>(items: Iterable<T>, bitsOf: ReadonlyMap<T, Bits>): Bits {
  let united = 0;
  for (const item of items) united |= bitsOf.get(item) ?? 0;
  return united;
}

/** The same set as `projectCapabilities`, as a number: equal sets are equal numbers, and bits unite and intersect. */
export function projectBits(
  organizationRole: OrganizationRole | undefined,
  roles: readonly ProjectRole[],
  granted: Iterable<Module>,
): Bits {
  if (!grantsReach(organizationRole)) return 0;
  const own = organizationRole === undefined ? 0 : (heldByOrganizationRole.get(organizationRole) ?? 0);
  return own | unite(roles, heldByRole) | (unite(roles, leftToModules) & unite(granted, openedBy));
}

function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.reduce<readonly (readonly T[])[]>(
    (sets, item) => [...sets, ...sets.map((set) => [...set, item])],
    [[]],
  );
}

const everyHeld = new Set(
  [undefined, ...organizationRoles].flatMap((organizationRole) =>
    subsets(projectRoles).flatMap((roles) =>
      subsets(modules).map((granted) => projectBits(organizationRole, roles, granted)),
    ),
  ),
);

/** One set object per set that can be held, so that equal sets are one reference. */
const heldSets: ReadonlyMap<Bits, ReadonlySet<CapabilityId>> = new Map(
  [...everyHeld].map((bits) => [
    bits,
    new Set(onProjects.filter((_, place) => (bits & (1 << place)) !== 0).map(({ id }) => id)),
  ]),
);

const nothing: ReadonlySet<CapabilityId> = new Set();

/**
 * Capabilities on one project: the union of what the organization role gives on every project, of all roles granted there
 * (https://amplitude.com/docs/admin/account-management/role-based-access-controls-rbac; the cells are the playbook's), and of what
 * the modules granted there open in these roles. The playbook layers modules on top of project roles: without a role on the project
 * there is nothing to open, and an organization role is none. Equal arguments give the same set object.
 */
export function projectCapabilities(
  organizationRole: OrganizationRole | undefined,
  roles: Iterable<ProjectRole>,
  granted: Iterable<Module> = [],
): ReadonlySet<CapabilityId> {
  return heldSets.get(projectBits(organizationRole, [...roles], granted)) ?? nothing;
}
