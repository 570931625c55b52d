import {
  canonicalEmail,
  canonicalEmails,
  isAddress,
  organizationOf,
  projectRoleNamed,
  type Organization,
  type Person,
  type Project,
} from "../access";
import { ApiFailure } from "../api";
import { canonicalName } from "../schema";
import type {
  ApiKeyRecord,
  AssignmentRecord,
  Family,
  GroupRecord,
  ListedGroup,
  ManagedProjectRecord,
  MemberRecord,
  PersonRecord,
  ProjectRecord,
  Proof,
  ReadApi,
  RoleRecord,
  SettingsRecord,
} from "../api";
import {
  allCollections,
  collections,
  factsOf,
  holderOf,
  writerOf,
  type DeclaredFacts,
  type Rows,
} from "../collections";
import { keyOfRecord } from "./key-label";
import type { Collection } from "./collection";
import { withAddresses } from "./member-addresses";
import type { PropertyList } from "./property-list";
import { settingTexts } from "./setting-text";
import type { Witness } from "./witness";

/** The live organization as it was read, whole, with the proof. A value: it can be saved, and planned from later. */
export interface Snapshot extends Rows {
  readonly people: readonly PersonRecord[];
  readonly groups: readonly GroupRecord[];
  readonly roles: readonly RoleRecord[];
  readonly assignments: readonly AssignmentRecord[];
  readonly projects: readonly ProjectRecord[];
  /** What only the management family shows; undefined where it does not answer. */
  readonly management?: ManagementSnapshot;
  /** Where properties are declared and could be read. */
  readonly properties?: readonly PropertyList[];
  /** Group ids as user-management knows them; undefined where that family does not answer. */
  readonly userManagementGroupIds?: readonly string[];
  /** The same with their names, where it tells them. */
  readonly userManagementGroups?: readonly ListedGroup[];
  /** What the audit log says of administrators; undefined where nobody asked it. */
  readonly administration?: AdministrationLog;
  /** What the role API answered of single groups and projects; only of those that were asked for. */
  readonly witnesses?: readonly Witness[];
  readonly proofs: readonly Proof[];
  /** Families that answered. What belongs to the others could not be read, which is not the same as empty. */
  readonly families: readonly Family[];
}

/** Who became an administrator of the organization, as far as its audit log tells. Canonical e-mails. */
export interface AdministrationLog {
  /** RFC 3339: of what was before, nothing is known. */
  readonly since: string;
  /** Who was made an administrator, or may have been, and was not demoted since; when, RFC 3339. */
  readonly promoted: readonly { readonly email: string; readonly at: string }[];
  /** Whose last change of role took administration. */
  readonly demoted: readonly { readonly email: string; readonly at: string }[];
  /** The last promotion, and the last demotion, of somebody whom the log names by no address: it may be anybody's. */
  readonly unnamed: { readonly promoted?: string; readonly demoted?: string };
}

/** What Amplitude documents no API for (playbook). */
export interface ManagementSnapshot {
  /** undefined where nobody read them, and other things of the family are known all the same. */
  readonly settings?: SettingsRecord;
  readonly members: readonly MemberRecord[];
  readonly projects: readonly ManagedProjectRecord[];
  /** Without their values, which are seen once. */
  readonly apiKeys: readonly ApiKeyRecord[];
}

/** The family that each collection is read from. */
export const familyOf: Readonly<Record<Collection, Family>> = {
  people: "scim",
  groups: "scim",
  roles: "user-management",
  assignments: "user-management",
  projects: "developer",
  members: "management",
  settings: "management",
  managedProjects: "management",
  modules: collections.modules.family,
  keys: "management",
  properties: "taxonomy",
};

/** Collections of which a part may be known all the same: from the stack, or over another API. The kind says what is. */
export const partlyKnown: ReadonlySet<Collection> = new Set<Collection>(["projects", "properties"]);

/** Reads every collection for which there are credentials, families side by side. Throws NotWhole, ApiFailure. */
export async function readSnapshot(api: ReadApi): Promise<Snapshot> {
  const proofs: Proof[] = [];
  const read = async <T>(
    family: Family,
    list: () => Promise<{ items: readonly T[]; proof: Proof }>,
  ): Promise<readonly T[]> => {
    if (!api.families.has(family)) return [];
    const { items, proof } = await list();
    proofs.push(proof);
    return items;
  };
  const scim = async (): Promise<[readonly PersonRecord[], readonly GroupRecord[]]> => [
    await read("scim", () => api.people()),
    await read("scim", () => api.groups()),
  ];
  const userManagement = async (): Promise<UserManagementSnapshot | undefined> => {
    if (!api.families.has("user-management")) return undefined;
    try {
      return {
        roles: await read("user-management", () => api.roles()),
        assignments: await read("user-management", () => api.assignments()),
        groups: await read("user-management", () => api.listedGroups()),
      };
    } catch (error) {
      if (isNotEnrolled(error)) return undefined;
      throw error;
    }
  };
  const derived = async (): Promise<Rows> => {
    const rows: Record<string, readonly unknown[]> = {};
    for (const [name, collection] of allCollections)
      if (api.families.has(collection.family))
        rows[name] = await read(collection.family, () => collection.list(api, {}));
    return rows;
  };
  const management = async (): Promise<ManagementSnapshot | undefined> =>
    api.families.has("management")
      ? {
          settings: await api.settings(),
          members: await read("management", () => api.members()),
          projects: await read("management", () => api.managedProjects()),
          apiKeys: await read("management", () => api.apiKeys()),
        }
      : undefined;
  const [[people, groups], roles, projects, managed, rows] = await Promise.all([
    scim(),
    userManagement(),
    read("developer", () => api.projects()),
    management(),
    derived(),
  ]);
  return {
    ...rows,
    people,
    groups: withAddresses(groups, people),
    roles: roles?.roles ?? [],
    assignments: roles?.assignments ?? [],
    projects,
    ...(managed === undefined ? {} : { management: managed }),
    ...(roles === undefined
      ? {}
      : {
          userManagementGroupIds: roles.groups.map(({ id }) => id),
          userManagementGroups: roles.groups,
        }),
    proofs: proofs.sort((a, b) => place(a) - place(b)),
    families: [...api.families]
      .filter((family) => family !== "user-management" || roles !== undefined)
      .sort(),
  };
}

interface UserManagementSnapshot {
  readonly roles: readonly RoleRecord[];
  readonly assignments: readonly AssignmentRecord[];
  readonly groups: readonly ListedGroup[];
}

/** The keys are right and the organization is not part of the Early Access: then the family is not there, as without keys. */
function isNotEnrolled(error: unknown): boolean {
  return error instanceof ApiFailure && error.status === 403 && error.said.includes("org_not_enrolled");
}

/** People first, whatever arrived first: equal organizations give equal plans. */
function place({ collection }: Proof): number {
  return ["people", "groups", "role assignments", "roles", "projects"].indexOf(collection) >>> 0;
}

/** The rows that an organization is made of: a whole snapshot, or what one instance is read from. */
export interface LiveRows
  extends Rows, Pick<Snapshot, "people" | "groups" | "roles" | "assignments" | "projects"> {
  readonly management?: Partial<ManagementSnapshot>;
  readonly properties?: readonly PropertyList[];
}

/** The model of the organization that plans are made from: what was read, and what the stack says beside it. */
export function liveOrganization(snapshot: LiveRows, facts: DeclaredFacts): Organization {
  const roles = new Map(snapshot.roles.map((role) => [role.id, { ...role, name: canonicalName(role.name) }]));
  for (const [name, id] of Object.entries(facts.roleIds))
    roles.set(id, { id, name, custom: roles.get(id)?.custom ?? projectRoleNamed(name) === undefined });
  const before = {
    people: peopleOf(snapshot),
    groups: snapshot.groups.map(({ id, name, members }) => ({
      id,
      name: canonicalName(name),
      // What is no address is nobody: the lists are held against each other, and say so.
      members: canonicalEmails(members.filter(isAddress)),
      writer: writerOf(facts, { id, name: canonicalName(name) }),
    })),
    roles: [...roles.values()],
    projects: projectsOf(snapshot, facts.projectIds),
    grants: snapshot.assignments.map(({ id, projectId, roleId, ...principal }) => ({
      id,
      principal: holderOf(principal),
      projectId,
      roleId,
    })),
    keys: (snapshot.management?.apiKeys ?? []).map(keyOfRecord),
    properties: snapshot.properties ?? [],
    settings: settingTexts(snapshot.management?.settings),
  };
  return organizationOf(factsOf(snapshot, facts, before));
}

/** Organization roles, and who has accepted, are known only where the management family shows them. */
function peopleOf({ people, management }: LiveRows): readonly Person[] {
  if (management?.members === undefined) return people;
  const members = new Map(management.members.map((member) => [canonicalEmail(member.email), member]));
  return people.map((person) => {
    const member = members.get(canonicalEmail(person.email));
    return member === undefined
      ? person
      : { ...person, organizationRole: member.role, accepted: member.status === "joined" };
  });
}

/** Every list that names projects, and the stack's own names for ids. */
function projectsOf({ projects, management }: LiveRows, projectIds: DeclaredFacts["projectIds"]): Project[] {
  const known = new Map<string, Project>();
  for (const project of [...projects, ...(management?.projects ?? [])])
    known.set(project.id, { ...project, name: canonicalName(project.name) });
  for (const [name, id] of Object.entries(projectIds)) known.set(id, { ...known.get(id), id, name });
  return [...known.values()];
}
