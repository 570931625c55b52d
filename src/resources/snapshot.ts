import { canonicalEmails, organizationOf, canonicalEmail, type Group, type Organization } from "../access";
import type {
  AssignmentRecord,
  Family,
  GroupRecord,
  PersonRecord,
  ProjectRecord,
  Proof,
  ReadApi,
  RoleRecord,
} from "../api";
import type { Collection } from "./kind";

/** The live organization as it was read, whole, with the proof. A value: it can be saved, and planned from later. */
export interface Snapshot {
  readonly people: readonly PersonRecord[];
  readonly groups: readonly GroupRecord[];
  readonly roles: readonly RoleRecord[];
  readonly assignments: readonly AssignmentRecord[];
  readonly projects: readonly ProjectRecord[];
  /** Group ids as user-management knows them; undefined where that family does not answer. */
  readonly userManagementGroupIds?: readonly string[];
  readonly proofs: readonly Proof[];
  /** Families that answered. What belongs to the others could not be read, which is not the same as empty. */
  readonly families: readonly Family[];
}

/** The family that each collection is read from. */
export const familyOf: Readonly<Record<Collection, Family>> = {
  people: "scim",
  groups: "scim",
  roles: "user-management",
  assignments: "user-management",
  projects: "developer",
};

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
  const userManagement = async (): Promise<
    [readonly RoleRecord[], readonly AssignmentRecord[], readonly string[]]
  > => [
    await read("user-management", () => api.roles()),
    await read("user-management", () => api.assignments()),
    await read("user-management", () => api.groupIds()),
  ];
  const [[people, groups], [roles, assignments, groupIds], projects] = await Promise.all([
    scim(),
    userManagement(),
    read("developer", () => api.projects()),
  ]);
  return {
    people,
    groups,
    roles,
    assignments,
    projects,
    ...(api.families.has("user-management") ? { userManagementGroupIds: groupIds } : {}),
    proofs: proofs.sort((a, b) => place(a) - place(b)),
    families: [...api.families].sort(),
  };
}

/** People first, whatever arrived first: equal organizations give equal plans. */
function place({ collection }: Proof): number {
  return ["people", "groups", "role assignments", "roles", "projects"].indexOf(collection) >>> 0;
}

/** What a stack adds to what was read. */
export interface DeclaredFacts {
  /** Who writes the members of a group, by its name. */
  readonly writers: ReadonlyMap<string, Group["writer"]>;
  readonly roleIds: Readonly<Record<string, string>>;
  readonly projectIds: Readonly<Record<string, string>>;
}

/** The model of the organization that plans are made from: what was read, and what the stack says beside it. */
export function liveOrganization(snapshot: Snapshot, facts: DeclaredFacts): Organization {
  const roles = new Map(snapshot.roles.map((role) => [role.id, role]));
  for (const [name, id] of Object.entries(facts.roleIds))
    roles.set(id, { id, name, custom: roles.get(id)?.custom ?? true });
  const projects = new Map(snapshot.projects.map((project) => [project.id, project]));
  for (const [name, id] of Object.entries(facts.projectIds)) projects.set(id, { id, name });
  return organizationOf({
    people: snapshot.people,
    groups: snapshot.groups.map(({ id, name, members }) => ({
      id,
      name,
      members: canonicalEmails(members),
      writer: facts.writers.get(name) ?? "unknown",
    })),
    roles: [...roles.values()],
    projects: [...projects.values()],
    grants: snapshot.assignments.map(({ id, principalType, principal, projectId, roleId }) => ({
      id,
      principal: {
        type: principalType,
        id: principalType === "user" ? canonicalEmail(principal) : principal,
      },
      projectId,
      roleId,
    })),
  });
}
