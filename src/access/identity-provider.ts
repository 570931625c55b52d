import type { Draft } from "./draft";
import type { Email, Group, Organization } from "./organization";
import {
  builtInRole,
  compareOrganizationRoles,
  compareProjectRoles,
  organizationRoleNamed,
  type OrganizationRole,
  type Role,
} from "./role";
import { byText } from "./text-order";

/** What an identity provider sets for the people of one of its groups. No API of Amplitude reads it, so a stack declares it. */
export interface Mapping {
  readonly organizationRole?: string;
  /** Name of a role, by name of a project. */
  readonly projectRoles: ReadonlyMap<string, string>;
}

/** An identity provider as far as a stack tells of it. */
export interface IdentityProvider {
  /** By name of the group. */
  readonly mappings: ReadonlyMap<string, Mapping>;
  /** Whether somebody who is taken out of their last group of the provider is taken out of the organization. */
  readonly deprovisions: boolean;
}

/** What a mapping sets for one person, and the groups that it comes from. */
export interface Mapped {
  readonly organizationRole?: { readonly role: OrganizationRole; readonly group: string };
  /** By id of the project. */
  readonly projects: ReadonlyMap<string, { readonly role: Role; readonly group: string }>;
}

/**
 * What the mappings of these groups come to: of two roles the stronger one, as the emulator has it; nothing is documented. A project or
 * role that does not exist is passed over.
 */
export function mappedBy(
  { mappings }: IdentityProvider,
  groups: readonly Group[],
  live: Organization,
): Mapped {
  let organizationRole: Mapped["organizationRole"];
  const projects = new Map<string, { readonly role: Role; readonly group: string }>();
  for (const { name: group } of [...groups].sort((a, b) => byText(a.name, b.name))) {
    const mapping = mappings.get(group);
    if (mapping === undefined) continue;
    const role =
      mapping.organizationRole === undefined ? undefined : organizationRoleNamed(mapping.organizationRole);
    if (
      role !== undefined &&
      (organizationRole === undefined || compareOrganizationRoles(role, organizationRole.role) > 0)
    )
      organizationRole = { role, group };
    for (const [projectName, roleName] of mapping.projectRoles) {
      const [project] = live.projectsNamed(projectName);
      const [granted] = live.rolesNamed(roleName);
      if (project === undefined || granted === undefined) continue;
      const other = projects.get(project.id);
      if (other === undefined || isStronger(granted, other.role))
        projects.set(project.id, { role: granted, group });
    }
  }
  return { ...(organizationRole === undefined ? {} : { organizationRole }), projects };
}

function isStronger(one: Role, other: Role): boolean {
  const [a, b] = [builtInRole(one), builtInRole(other)];
  return a !== undefined && (b === undefined || compareProjectRoles(a, b) > 0);
}

/**
 * What a sync does about one person, as SCIM provisioning does it: the people of the provider's groups are invited (again) and put into
 * them, whoever is in such a group without being in it at the provider is taken out, and switched off where that was the last one and
 * the provider deprovisions; then the mappings' roles are set (playbook: "SSO/SCIM overwrites happen fast").
 *
 * @param held ids of the groups that the person is in at the provider
 */
export function syncPerson(
  draft: Draft,
  provider: IdentityProvider,
  email: Email,
  held: ReadonlySet<string>,
): void {
  const pushed = draft.groupsOf(email).filter(({ writer }) => writer === "idp");
  const taken = pushed.filter(({ id }) => !held.has(id));
  for (const { id } of taken) draft.dropMember(id, email);
  const groups: Group[] = [];
  for (const id of held) {
    const group = draft.group(id);
    if (group !== undefined) groups.push(group);
  }
  if (groups.length === 0) {
    if (taken.length > 0 && provider.deprovisions) draft.dropPerson(email);
    return;
  }
  if (draft.person(email) === undefined) draft.putPerson({ email });
  for (const { id, members } of groups) if (!members.has(email)) draft.addMember(id, email);
  if (provider.mappings.size === 0) return;
  const { organizationRole, projects } = mappedBy(provider, groups, draft);
  const person = draft.person(email);
  if (organizationRole !== undefined && person !== undefined)
    draft.putPerson({ ...person, organizationRole: organizationRole.role });
  for (const [id, { role }] of projects) {
    if (draft.project(id)?.archived !== true) draft.putGrant({ type: "user", id: email }, id, role.id);
  }
}
