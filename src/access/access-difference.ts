import { capabilities, capabilityLabel, type CapabilityId } from "./capability";
import {
  accessText,
  effectiveAccess,
  pathText,
  type AccessPath,
  type EffectiveAccess,
  type ProjectAccess,
} from "./effective-access";
import type { OrganizationCapabilities } from "./held-capabilities";
import { moduleName, moduleNamed } from "./module";
import { canonicalEmail, type Email, type Organization } from "./organization";
import { organizationRoleName } from "./role";
import { byText } from "./text-order";

/** Capabilities that come and go, in words: the playbook's labels in its order, then what is opaque (`all that Data steward permits`). */
export interface GainAndLoss {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** One project of one person, where anything about it differs. */
export interface ProjectDifference extends GainAndLoss {
  readonly projectId: string;
  /** Its id where no list names it. */
  readonly projectName: string;
  /** `no access`, `Member`, ... */
  readonly before: string;
  readonly after: string;
  /** `Member via group amp-analysts`, `Govern Consumer direct`; several when several grants reach the person. */
  readonly pathsBefore: readonly string[];
  readonly pathsAfter: readonly string[];
  /** The same may be done, though by other rows. */
  readonly equal: boolean;
}

/** What they may do in the organization as a whole; role names, undefined where not readable. */
export interface OrganizationDifference extends GainAndLoss {
  readonly before?: string;
  readonly after?: string;
}

/** One person before and after. */
export interface PersonDifference {
  readonly email: Email;
  readonly presentBefore: boolean;
  readonly presentAfter: boolean;
  /** As present as before, and the same may be done everywhere. */
  readonly equal: boolean;
  /** Only where the role differs. */
  readonly organization?: OrganizationDifference;
  /** Only projects where a role or a path differs, by name. Empty: not even a row moved. */
  readonly projects: readonly ProjectDifference[];
}

/** Compares the given people, each once, by e-mail. Costs what these people hold, not what the organization holds. */
export function accessDifference(
  before: Organization,
  after: Organization,
  emails: Iterable<string>,
): readonly PersonDifference[] {
  const people = new Set<Email>();
  for (const email of emails) people.add(canonicalEmail(email));
  return [...people]
    .sort(byText)
    .map((email) =>
      personDifference(effectiveAccess(before, email), effectiveAccess(after, email), nameIn(before, after)),
    );
}

/**
 * What one access on a project adds to and takes from another. A custom role is opaque: nothing of it counts as contained in any
 * other role, so exchanging it is both gain and loss. Grants only add up, so a custom role that is merely added takes nothing.
 * A module that the playbook does not know is as opaque, and so is what any module opens in a custom role.
 */
export function projectGainAndLoss(
  before: ProjectAccess | undefined,
  after: ProjectAccess | undefined,
): GainAndLoss {
  return { gained: beyond(after, before), lost: beyond(before, after) };
}

/** What is held without anybody but Amplitude knowing what it permits: a text for people, by an id that tells them apart. */
export function opaqueRights(access: ProjectAccess | undefined): ReadonlyMap<string, string> {
  const rights = new Map<string, string>();
  const { customRoles = [], modules = [] } = access ?? {};
  for (const { id, name } of customRoles) rights.set(`role ${id}`, `all that ${name} permits`);
  for (const module of modules) {
    const name = moduleName(module);
    if (moduleNamed(module) === undefined) rights.set(`module ${module}`, `all that ${name} permits`);
    for (const role of customRoles)
      rights.set(`module ${module} in role ${role.id}`, `all that ${name} adds to ${role.name}`);
  }
  return rights;
}

type NameOf = (projectId: string) => string;

function nameIn(before: Organization, after: Organization): NameOf {
  return (id) => (after.project(id) ?? before.project(id))?.name ?? id;
}

function personDifference(before: EffectiveAccess, after: EffectiveAccess, nameOf: NameOf): PersonDifference {
  const organization = organizationDifference(before, after);
  const ids = new Set([...before.projects.keys(), ...after.projects.keys()]);
  const projects = [...ids]
    .map((id) => projectDifference(id, nameOf(id), before.projects.get(id), after.projects.get(id)))
    .filter((difference) => difference !== undefined)
    .sort((a, b) => byText(a.projectName, b.projectName) || byText(a.projectId, b.projectId));
  const equal =
    before.present === after.present &&
    (organization === undefined || isNothing(organization)) &&
    projects.every((project) => project.equal);
  return {
    email: before.email,
    presentBefore: before.present,
    presentAfter: after.present,
    equal,
    ...(organization === undefined ? {} : { organization }),
    projects,
  };
}

function organizationDifference(
  before: EffectiveAccess,
  after: EffectiveAccess,
): OrganizationDifference | undefined {
  if (before.organizationRole === after.organizationRole) return undefined;
  return {
    ...(before.organizationRole === undefined
      ? {}
      : { before: organizationRoleName(before.organizationRole) }),
    ...(after.organizationRole === undefined ? {} : { after: organizationRoleName(after.organizationRole) }),
    gained: organizationBeyond(after.capabilities, before.capabilities),
    lost: organizationBeyond(before.capabilities, after.capabilities),
  };
}

/** Limited is less than yes: from one to the other is a gain, and back a loss. */
function organizationBeyond(
  more: OrganizationCapabilities,
  less: OrganizationCapabilities,
): readonly string[] {
  return capabilities.flatMap(({ id, label }) => {
    const held = more.get(id);
    const known = less.get(id);
    if (held === undefined || held === known || known === "yes") return [];
    return [held === "limited" ? `${label} (limited)` : label];
  });
}

function projectDifference(
  projectId: string,
  projectName: string,
  before: ProjectAccess | undefined,
  after: ProjectAccess | undefined,
): ProjectDifference | undefined {
  if (pathsKey(before) === pathsKey(after) && accessText(before) === accessText(after)) return undefined;
  const change = projectGainAndLoss(before, after);
  return {
    projectId,
    projectName,
    before: accessText(before),
    after: accessText(after),
    ...change,
    pathsBefore: pathTexts(before, after),
    pathsAfter: pathTexts(after),
    equal: isNothing(change) && (before === undefined) === (after === undefined),
  };
}

function isNothing({ gained, lost }: GainAndLoss): boolean {
  return gained.length === 0 && lost.length === 0;
}

function beyond(more: ProjectAccess | undefined, less: ProjectAccess | undefined): readonly string[] {
  if (more === undefined) return [];
  const known = opaqueRights(less);
  const opaque = [...opaqueRights(more)].filter(([id]) => !known.has(id)).map(([, text]) => text);
  return [...capabilitiesBeyond(more.capabilities, less?.capabilities), ...opaque];
}

function capabilitiesBeyond(
  more: ReadonlySet<CapabilityId>,
  less: ReadonlySet<CapabilityId> | undefined,
): readonly string[] {
  if (more === less) return [];
  return [...more].filter((id) => less?.has(id) !== true).map(capabilityLabel);
}

/** Tells two sets of paths apart even where their texts are alike: groups of one name, roles of one name. */
function pathsKey(access: ProjectAccess | undefined): string {
  const keys = access?.paths.map(({ via, role, module }) =>
    // A group that is renamed is the same one, wherever it stands by its name.
    JSON.stringify([via.type, via.type === "group" ? via.id : "", role?.id, module]),
  );
  return JSON.stringify(keys?.sort());
}

/** @param later where a group of the same id has another name, the name by which it goes on */
function pathTexts(access: ProjectAccess | undefined, later?: ProjectAccess): readonly string[] {
  return (access?.paths ?? []).map(({ via, role, module }) => {
    const held = role?.name ?? (module === undefined ? undefined : moduleName(module));
    const text = pathText(lastingWay(via, later));
    return held === undefined ? text : `${held} ${text}`;
  });
}

function lastingWay(via: AccessPath["via"], later: ProjectAccess | undefined): AccessPath["via"] {
  if (via.type !== "group") return via;
  return later?.paths.find((path) => path.via.type === "group" && path.via.id === via.id)?.via ?? via;
}
