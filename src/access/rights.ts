import { organizationCapabilities, grantsReach, projectBits, reachesEveryProject } from "./held-capabilities";
import { capabilities } from "./capability";
import { moduleNamed, modules } from "./module";
import { type Organization, type Principal } from "./organization";
import {
  builtInRole,
  organizationRoleNamed,
  organizationRoles,
  projectRoles,
  type OrganizationRole,
} from "./role";

/**
 * Everything that somebody may do, as numbers: a set of bits per place, absent where nothing is held. A place is a project, one opaque
 * right on a project (a custom role, a module), `everywhere`, or `organization`. It says what `effectiveAccess` says, for
 * whoever compares thousands of states.
 */
export type Rights = ReadonlyMap<string, number>;

/** The place of what an organization role permits, and of being there at all. */
export const organization = "organization";
/** The place of what owners and admins may do on every project, named or not. */
export const everywhere = "*";

/** The bit of being in the organization, joined or invited. */
export const present = 1;
/** The bit of being let in: not shut out by single sign-on that is enforced. */
export const admitted = 2;
/** The bit of being let in with a password: single sign-on is not enforced. */
export const byPassword = 4;

const inOrganization = capabilities.filter(({ scope }) => scope === "organization");

const organizationBits = new Map<OrganizationRole | undefined, number>(
  [undefined, ...organizationRoles].map((role) => [role, bitsOfRole(role)]),
);

/** Two bits per capability, above the three of `present`, `admitted` and `byPassword`: limited is one of them, yes is both. */
function bitsOfRole(role: OrganizationRole | undefined): number {
  const held = organizationCapabilities(role);
  return inOrganization.reduce((bits, { id }, place) => {
    const cell = held.get(id);
    const value = cell === "yes" ? 3 : cell === "limited" ? 1 : 0;
    return bits | (value << (3 + 2 * place));
  }, 0);
}

const everywhereBits = new Map<OrganizationRole, number>(
  organizationRoles.map((role) => [role, reachesEveryProject(role) ? projectBits(role, [], []) : 0]),
);

/** A role or module by its bit: project roles first, then modules, then that there is a role at all. */
const ROLE = 1 << (projectRoles.length + modules.length);
const onProject = new Map<OrganizationRole | undefined, number[]>();

function bitsOnProject(role: OrganizationRole | undefined, granted: number): number {
  const known = onProject.get(role) ?? [];
  onProject.set(role, known);
  return (known[granted] ??= projectBits(
    role,
    projectRoles.filter((_, place) => (granted & (1 << place)) !== 0),
    modules.filter((_, place) => (granted & (1 << (projectRoles.length + place))) !== 0),
  ));
}

/**
 * What somebody may do now.
 *
 * @param on only these projects, and the organization; undefined: all
 */
export function rightsOf(live: Organization, email: string, on?: ReadonlySet<string>): Map<string, number> {
  const rights = new Map<string, number>();
  const person = live.person(email);
  const named = person?.organizationRole;
  const role = named === undefined ? undefined : organizationRoleNamed(named);
  if (person !== undefined) rights.set(organization, present | (organizationBits.get(role) ?? 0));
  if (!grantsReach(role)) return rights;
  const all = role === undefined ? 0 : (everywhereBits.get(role) ?? 0);
  if (all !== 0) rights.set(everywhere, all);
  const { bits: granted, beside } = grantedTo(live, email, on);
  for (const [project, held] of granted) {
    if ((held & ROLE) === 0 || live.project(project)?.archived === true) continue;
    const bits = bitsOnProject(role, held & (ROLE - 1));
    if (bits !== 0) rights.set(project, bits);
    const { opaque, modules: named } = beside.get(project) ?? plain;
    for (const right of opaque) rights.set(`${project} ${right}`, 1);
    // Whether a module adds to a custom role only Amplitude knows.
    for (const module of named) {
      rights.set(`${project} module ${module}`, 1);
      for (const custom of opaque) rights.set(`${project} module ${module} in ${custom}`, 1);
    }
  }
  return rights;
}

/** What no bit stands for: custom roles, and modules by name. */
interface Beside {
  readonly opaque: Set<string>;
  readonly modules: Set<string>;
}
const plain: Beside = { opaque: new Set(), modules: new Set() };

/** By project; most of them have bits and nothing else. */
interface Granted {
  readonly bits: Map<string, number>;
  readonly beside: Map<string, Beside>;
}

/** Grants and modules by project, of the person and of all their groups. */
function grantedTo(live: Organization, email: string, on: ReadonlySet<string> | undefined): Granted {
  const bits = new Map<string, number>();
  const beside = new Map<string, Beside>();
  const add = (project: string, bit: number): void => void bits.set(project, (bits.get(project) ?? 0) | bit);
  const besides = (project: string): Beside => {
    let found = beside.get(project);
    if (found === undefined) beside.set(project, (found = { opaque: new Set(), modules: new Set() }));
    return found;
  };
  const hold = (principal: Principal): void => {
    // A group has the same role on most of its projects.
    let [last, bit]: [string | undefined, number | undefined] = [undefined, undefined];
    for (const { projectId, roleId } of live.grantsOf(principal)) {
      if (on !== undefined && !on.has(projectId)) continue;
      if (roleId !== last) [last, bit] = [roleId, roleBit(live, roleId)];
      add(projectId, bit === undefined ? ROLE : ROLE | bit);
      if (bit === undefined) besides(projectId).opaque.add(`role ${roleId}`);
    }
    for (const { projectId, module } of live.modulesOf(principal)) {
      if (on !== undefined && !on.has(projectId)) continue;
      const known = moduleNamed(module);
      add(projectId, known === undefined ? 0 : 1 << (projectRoles.length + modules.indexOf(known)));
      besides(projectId).modules.add(module);
    }
  };
  hold({ type: "user", id: email });
  for (const { id } of live.groupsOf(email)) hold({ type: "group", id });
  return { bits, beside };
}

/** undefined: a custom role, or one that is not known. */
function roleBit(live: Organization, roleId: string): number | undefined {
  const role = live.role(roleId);
  const known = role === undefined ? undefined : builtInRole(role);
  return known === undefined ? undefined : 1 << projectRoles.indexOf(known);
}

/** What is held at a place: what is held everywhere counts on every project. */
function at(rights: Rights, place: string): number {
  const here = rights.get(place) ?? 0;
  const all = rights.get(everywhere);
  return all === undefined || place === organization || place.includes(" ") ? here : here | all;
}

/** What is held now and is neither in one nor in the other: access that somebody was never to have. */
export function beyond(now: Rights, one: Rights, other: Rights): Rights {
  return placewise([now], (place) => at(now, place) & ~at(one, place) & ~at(other, place));
}

/** What is in both and not held now: access that somebody was to keep. */
export function missing(now: Rights, one: Rights, other: Rights): Rights {
  return placewise([one, other], (place) => at(one, place) & at(other, place) & ~at(now, place));
}

/** What is in the first and not in the second. */
export function without(one: Rights, other: Rights): Rights {
  return placewise([one], (place) => (one.get(place) ?? 0) & ~(other.get(place) ?? 0));
}

/** What is in either. */
export function united(one: Rights, other: Rights): Rights {
  if (other.size === 0) return one;
  return placewise([one, other], (place) => (one.get(place) ?? 0) | (other.get(place) ?? 0));
}

const nothing: Rights = new Map();

/** Most comparisons find nothing: then nothing is made. */
function placewise(given: readonly Rights[], bitsAt: (place: string) => number): Rights {
  let result: Map<string, number> | undefined;
  for (const rights of given) {
    for (const place of rights.keys()) {
      const bits = bitsAt(place);
      if (bits !== 0) (result ??= new Map()).set(place, bits);
    }
  }
  return result ?? nothing;
}

/** How many single rights these are: what a gap is measured by. */
export function countOf(rights: Rights): number {
  let count = 0;
  for (const bits of rights.values()) for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
