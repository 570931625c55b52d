import { canonicalName } from "../schema";
import {
  changeProject,
  createKey,
  createProject,
  deleteKey,
  handOverKey,
  archivedRefusal,
  renameProject,
} from "./apply-project-effect";
import type { Draft } from "./draft";
import { isRefusal, type Effect, type GrantHolder, type GroupReference, type Refusal } from "./effect";
import type { Group, PersonNames, Principal } from "./organization";
import { groupOf, newId, principalOf, projectIdOf } from "./reference";
import { organizationRoleNamed } from "./role";

/**
 * Does to the draft what Amplitude does to an organization, or changes nothing and says why Amplitude would refuse.
 *
 * - Inviting somebody who is there is refused; adding an unknown e-mail to a group invites it; removing a person ends memberships
 *   and own grants (https://amplitude.com/docs/apis/analytics/scim); that their own modules end too is assumed.
 * - A grant on (principal, project) is one row: granting again changes its role (https://amplitude.com/docs/apis/user-management).
 * - Deleting a group ends what it granted and leaves direct grants
 *   (https://amplitude.com/docs/admin/account-management/manage-permission-groups, which says it of leaving a group).
 * - Taking away what is already gone succeeds, as it does when it is applied.
 * - A second group or project of one name is refused, whatever Amplitude does (undocumented): neither could be named afterwards.
 * - Archiving a project leaves its grants, which count for nothing until it is restored; meanwhile new grants, other roles and modules
 *   on it are refused. A project that nothing lists can be granted on, but neither renamed nor archived nor restored. Amplitude
 *   documents none of this; assumed.
 * - Organization roles, modules, keys, settings: only the playbook knows them, no documented API does. Granting a module again
 *   changes nothing; a module needs no role on the project to be granted, only to be worth something.
 */
export function applyEffect(draft: Draft, effect: Effect): Refusal | undefined {
  switch (effect.type) {
    case "invite":
      if (draft.person(effect.email) !== undefined) {
        return {
          code: "person_present",
          reason: `${effect.email} is already in the organization, joined or invited.`,
        };
      }
      draft.putPerson({ email: effect.email.trim(), ...effect.names });
      return undefined;
    case "rename_person":
      return renamePerson(draft, effect.email, effect.names);
    case "remove_person":
      draft.dropPerson(effect.email);
      return undefined;
    case "accept":
      return draft.person(effect.email) === undefined ? unknownPerson(effect.email) : undefined;
    case "set_organization_role":
      return setOrganizationRole(draft, effect.email, effect.role);
    case "create_group":
      return createGroup(draft, effect);
    case "rename_group":
      return renameGroup(draft, effect.group, effect.name);
    case "delete_group":
      return withExisting(draft, effect.group, ({ id }) => draft.dropGroup(id));
    case "add_member":
    case "idp_gain":
      return addMember(draft, effect.group, effect.email);
    case "remove_member":
    case "idp_lose":
      return withExisting(draft, effect.group, ({ id }) => draft.dropMember(id, effect.email));
    case "grant":
      return give(draft, effect, (principal, projectId) =>
        draft.putGrant(principal, projectId, effect.roleId),
      );
    case "revoke":
      return take(draft, effect, (principal, projectId) => draft.dropGrant(principal, projectId));
    case "grant_module":
      return give(draft, effect, (principal, projectId) =>
        draft.putModule(principal, projectId, effect.module),
      );
    case "revoke_module":
      return take(draft, effect, (principal, projectId) =>
        draft.dropModule(principal, projectId, effect.module),
      );
    case "create_project":
      return createProject(draft, effect.name, effect.id);
    case "rename_project":
      return renameProject(draft, effect.projectId, effect.name);
    case "archive_project":
      return changeProject(draft, effect.projectId, { archived: true });
    case "restore_project":
      return changeProject(draft, effect.projectId, { archived: false });
    case "create_key":
      return createKey(draft, effect);
    case "hand_over_key":
      return handOverKey(draft, effect);
    case "delete_key":
      return deleteKey(draft, effect);
    case "setting":
      draft.putSetting(effect.name, effect.value);
      return undefined;
  }
}

/** All of them, or none: the first refusal takes back what went before it. */
export function applyEffects(draft: Draft, effects: Iterable<Effect>): Refusal | undefined {
  const mark = draft.mark();
  for (const effect of effects) {
    const refusal = applyEffect(draft, effect);
    if (refusal !== undefined) {
      draft.rollback(mark);
      return refusal;
    }
  }
  return undefined;
}

function unknownPerson(email: string): Refusal {
  return { code: "person_unknown", reason: `${email} is not in the organization.` };
}

function acceptUnknown(refusal: Refusal): Refusal | undefined {
  return refusal.code === "group_unknown" || refusal.code === "project_unknown" ? undefined : refusal;
}

function withExisting(
  draft: Draft,
  reference: GroupReference,
  change: (group: Group) => void,
): Refusal | undefined {
  const group = groupOf(draft, reference);
  if (isRefusal(group)) return acceptUnknown(group);
  change(group);
  return undefined;
}

interface Place {
  readonly principal: GrantHolder;
  readonly projectId: string;
}

type Change = (principal: Principal, projectId: string) => void;

function give(draft: Draft, place: Place, change: Change): Refusal | undefined {
  const principal = principalOf(draft, place.principal);
  if (isRefusal(principal)) return principal;
  if (principal.type === "user" && draft.person(principal.id) === undefined)
    return unknownPerson(principal.id);
  const project = projectIdOf(draft, place.projectId);
  if (isRefusal(project)) return project;
  const archived = archivedRefusal(draft, project.id);
  if (archived !== undefined) return archived;
  change(principal, project.id);
  return undefined;
}

function take(draft: Draft, place: Place, change: Change): Refusal | undefined {
  const principal = principalOf(draft, place.principal);
  if (isRefusal(principal)) return acceptUnknown(principal);
  const project = projectIdOf(draft, place.projectId);
  if (isRefusal(project)) return acceptUnknown(project);
  change(principal, project.id);
  return undefined;
}

function renamePerson(draft: Draft, email: string, names: PersonNames): Refusal | undefined {
  const person = draft.person(email);
  if (person === undefined) return unknownPerson(email);
  draft.putPerson({ ...person, ...names });
  return undefined;
}

function setOrganizationRole(draft: Draft, email: string, name: string): Refusal | undefined {
  const organizationRole = organizationRoleNamed(name);
  const person = draft.person(email);
  if (person === undefined) return organizationRole === "no_access" ? undefined : unknownPerson(email);
  if (organizationRole === undefined)
    return { code: "organization_role_unknown", reason: `There is no organization role ${name}.` };
  draft.putPerson({ ...person, organizationRole });
  return undefined;
}

function nameTaken(name: string): Refusal {
  return { code: "group_name_taken", reason: `There is already a group ${name}.` };
}

function createGroup(
  draft: Draft,
  { name, id = newId(name), writer }: Extract<Effect, { type: "create_group" }>,
): Refusal | undefined {
  if (draft.groupsNamed(name).length > 0) return nameTaken(name);
  if (draft.group(id) !== undefined)
    return { code: "group_name_taken", reason: `There is already a group of the id ${id}.` };
  draft.addGroup({ id, name, writer: writer ?? "us" });
  return undefined;
}

function renameGroup(draft: Draft, reference: GroupReference, name: string): Refusal | undefined {
  const group = groupOf(draft, reference);
  if (isRefusal(group)) return group;
  if (canonicalName(group.name) === canonicalName(name)) return undefined;
  if (draft.groupsNamed(name).length > 0) return nameTaken(name);
  draft.renameGroup(group.id, name);
  return undefined;
}

function addMember(draft: Draft, reference: GroupReference, email: string): Refusal | undefined {
  const group = groupOf(draft, reference);
  if (isRefusal(group)) return group;
  if (draft.person(email) === undefined) draft.putPerson({ email: email.trim() });
  draft.addMember(group.id, email);
  return undefined;
}
