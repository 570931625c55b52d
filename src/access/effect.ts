import type { Draft } from "./draft";
import {
  canonicalEmail,
  type Group,
  type Organization,
  type PersonNames,
  type Principal,
} from "./organization";

/** A group by its id or, while it has none that we know (a plan will create it), by its name. */
export interface GroupReference {
  readonly id?: string;
  readonly name: string;
}

/** Who a grant is for. */
export type GrantHolder =
  | { readonly type: "user"; readonly email: string }
  | { readonly type: "group"; readonly group: GroupReference };

/** One atomic change of an organization. The list is closed: ordering, guards and simulation know effects and nothing else. */
export type Effect =
  | { readonly type: "invite"; readonly email: string; readonly names?: PersonNames }
  | { readonly type: "rename_person"; readonly email: string; readonly names: PersonNames }
  | { readonly type: "remove_person"; readonly email: string }
  | { readonly type: "create_group"; readonly name: string; readonly id?: string }
  | { readonly type: "rename_group"; readonly group: GroupReference; readonly name: string }
  | { readonly type: "delete_group"; readonly group: GroupReference }
  | { readonly type: "add_member"; readonly group: GroupReference; readonly email: string }
  | { readonly type: "remove_member"; readonly group: GroupReference; readonly email: string }
  | {
      readonly type: "grant";
      readonly principal: GrantHolder;
      readonly projectId: string;
      readonly roleId: string;
    }
  | { readonly type: "revoke"; readonly principal: GrantHolder; readonly projectId: string }
  | { readonly type: "idp_gain"; readonly group: GroupReference; readonly email: string }
  | { readonly type: "idp_lose"; readonly group: GroupReference; readonly email: string };

/** Why an effect cannot happen now. */
export interface Refusal {
  readonly code:
    "person_present" | "person_unknown" | "group_unknown" | "group_ambiguous" | "group_name_taken";
  /** A sentence for people. */
  readonly reason: string;
}

/**
 * Does to the draft what Amplitude does to an organization, or changes nothing and says why Amplitude would refuse.
 *
 * - Inviting somebody who is there is refused; adding an unknown e-mail to a group invites it; removing a person ends memberships
 *   and own grants (https://amplitude.com/docs/apis/analytics/scim).
 * - A grant on (principal, project) is one row: granting again changes its role (https://amplitude.com/docs/apis/user-management).
 * - Deleting a group ends what it granted and leaves direct grants
 *   (https://amplitude.com/docs/admin/account-management/manage-permission-groups, which says it of leaving a group).
 * - Taking away what is already gone succeeds, as it does when it is applied.
 * - A second group of one name is refused, whatever Amplitude does (undocumented): neither could be named afterwards.
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
    case "create_group":
      return createGroup(draft, effect.name, effect.id);
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
      return withPrincipal(draft, effect.principal, (principal) => {
        if (principal.type === "user" && draft.person(principal.id) === undefined)
          return unknownPerson(principal.id);
        draft.putGrant(principal, effect.projectId, effect.roleId);
        return undefined;
      });
    case "revoke":
      return acceptUnknownGroup(
        withPrincipal(draft, effect.principal, (principal) => {
          draft.dropGrant(principal, effect.projectId);
          return undefined;
        }),
      );
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

/** The group that a reference means, or why it means none. */
export function groupOf(organization: Organization, { id, name }: GroupReference): Group | Refusal {
  if (id !== undefined) return organization.group(id) ?? unknownGroup(`${name} (id ${id})`);
  const [group, ...others] = organization.groupsNamed(name);
  if (group === undefined) return unknownGroup(name);
  if (others.length === 0) return group;
  const reason = `${others.length + 1} groups are named ${name}: only an id tells them apart.`;
  return { code: "group_ambiguous", reason };
}

/** Tells a refusal from what was looked for. */
export function isRefusal(found: object): found is Refusal {
  return "code" in found;
}

function unknownGroup(name: string): Refusal {
  return { code: "group_unknown", reason: `There is no group ${name}.` };
}

function unknownPerson(email: string): Refusal {
  return { code: "person_unknown", reason: `${email} is not in the organization.` };
}

function acceptUnknownGroup(refusal: Refusal | undefined): Refusal | undefined {
  return refusal?.code === "group_unknown" ? undefined : refusal;
}

function withExisting(
  draft: Draft,
  reference: GroupReference,
  change: (group: Group) => void,
): Refusal | undefined {
  const group = groupOf(draft, reference);
  if (isRefusal(group)) return acceptUnknownGroup(group);
  change(group);
  return undefined;
}

function withPrincipal(
  draft: Draft,
  holder: GrantHolder,
  change: (principal: Principal) => Refusal | undefined,
): Refusal | undefined {
  if (holder.type === "user") return change({ type: "user", id: canonicalEmail(holder.email) });
  const group = groupOf(draft, holder.group);
  return isRefusal(group) ? group : change({ type: "group", id: group.id });
}

function renamePerson(draft: Draft, email: string, names: PersonNames): Refusal | undefined {
  const person = draft.person(email);
  if (person === undefined) return unknownPerson(email);
  draft.putPerson({ ...person, ...names });
  return undefined;
}

function nameTaken(name: string): Refusal {
  return { code: "group_name_taken", reason: `There is already a group ${name}.` };
}

function createGroup(draft: Draft, name: string, id = `new:${name}`): Refusal | undefined {
  if (draft.groupsNamed(name).length > 0) return nameTaken(name);
  if (draft.group(id) !== undefined)
    return { code: "group_name_taken", reason: `There is already a group of the id ${id}.` };
  draft.addGroup({ id, name, writer: "us" });
  return undefined;
}

function renameGroup(draft: Draft, reference: GroupReference, name: string): Refusal | undefined {
  const group = groupOf(draft, reference);
  if (isRefusal(group)) return group;
  if (group.name === name) return undefined;
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
