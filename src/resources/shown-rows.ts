import { canonicalEmail } from "../access";
import type {
  ApiKeyRecord,
  AssignmentRecord,
  GroupRecord,
  ManagedProjectRecord,
  ModuleGrantRecord,
} from "../api";
import type { Snapshot } from "./snapshot";

/** What must be there, when a host's state says that an object is: rows as Amplitude would list them. */
export interface ShownRows {
  /** E-mails. */
  readonly people?: readonly string[];
  /** Of one group several rows may tell: their members add up. Without a name: only that there is such a group. */
  readonly groups?: readonly (Omit<GroupRecord, "name"> & { readonly name?: string })[];
  /** Names of roles. */
  readonly roles?: readonly string[];
  /** `roleId` is a name. */
  readonly assignments?: readonly AssignmentRecord[];
  readonly projects?: readonly (Pick<ManagedProjectRecord, "id"> & Partial<ManagedProjectRecord>)[];
  readonly organizationRoles?: readonly { readonly email: string; readonly role: string }[];
  readonly modules?: readonly ModuleGrantRecord[];
  readonly keys?: readonly ApiKeyRecord[];
}

const BUILT_IN = ["Viewer", "Member", "Manager", "Admin"];

/** An organization of which no more is known than these rows. */
export function shownSnapshot(all: readonly ShownRows[]): Snapshot {
  const each = <K extends keyof ShownRows>(name: K): NonNullable<ShownRows[K]>[number][] =>
    all.flatMap((rows) => [...((rows[name] ?? []) as readonly NonNullable<ShownRows[K]>[number][])]);
  const groups = new Map<string, { name?: string; members: Set<string> }>();
  const [assignments, modules] = [each("assignments"), each("modules")];
  const holders = [...assignments, ...modules].filter(({ principalType }) => principalType === "group");
  for (const { id, name, members } of [
    ...each("groups"),
    ...holders.map(({ principal }) => ({ id: principal, name: undefined, members: [] })),
  ]) {
    const known = groups.get(id) ?? { members: new Set() };
    if (name !== undefined) known.name = name;
    for (const email of members) known.members.add(email);
    groups.set(id, known);
  }
  const projects = new Map<string, ManagedProjectRecord>();
  for (const { id, ...told } of [
    ...each("projects"),
    ...[...assignments, ...modules].map(({ projectId }) => ({ id: projectId })),
  ]) {
    const known = projects.get(id) ?? { id, name: id, archived: false, addOns: [] };
    projects.set(id, { ...known, ...told });
  }
  const roles = new Map(
    [...BUILT_IN, ...each("roles"), ...assignments.map(({ roleId }) => roleId)].map((name) => [
      name.toLowerCase(),
      name,
    ]),
  );
  const members = each("organizationRoles");
  const people = new Map<string, string>();
  for (const email of [
    ...each("people"),
    ...members.map(({ email: address }) => address),
    ...[...groups.values()].flatMap((group) => [...group.members]),
    ...[...assignments, ...modules].flatMap(({ principalType, principal }) =>
      principalType === "user" ? [principal] : [],
    ),
  ])
    if (!people.has(canonicalEmail(email))) people.set(canonicalEmail(email), email);
  return {
    people: [...people.values()].map((email) => ({ email })),
    groups: [...groups].map(([id, group]) => ({ id, name: group.name ?? id, members: [...group.members] })),
    roles: [...roles].map(([id, name]) => ({ id, name, custom: !BUILT_IN.includes(name) })),
    assignments: assignments.map((row) => ({ ...row, roleId: row.roleId.toLowerCase() })),
    projects: [...projects.values()].map(({ id, name }) => ({ id, name })),
    modules,
    management: {
      members: members.map((row) => ({ ...row, status: "joined" })),
      projects: [...projects.values()],
      apiKeys: each("keys"),
    },
    proofs: [],
    families: ["developer", "management", "scim", "user-management"],
  };
}
