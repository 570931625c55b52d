import {
  canonicalEmail,
  type Effect,
  type Email,
  type GrantHolder,
  type GroupReference,
  type Organization,
  type Principal,
} from "../../access";
import type { LiveStep } from "../step";
import type { Doubt } from "./discrepancy";
import { holdingKey, membershipKey } from "./second-lists";
import { couldRestOn } from "./unknown-rows";

/** What a step is judged by, beside the doubt. */
export interface Basis {
  readonly live: Organization;
  /** Canonical e-mails: what they hold goes whatever it is, so that nothing in doubt keeps it. */
  readonly leavers: ReadonlySet<Email>;
}

/** Whether a step rests on what is in doubt. By its effects, never by its kind. A record sends nothing and rests on no list. */
export function restsOn({ step, effects }: LiveStep, doubt: Doubt, { live, leavers }: Basis): boolean {
  if (step.actor === "record") return false;
  // No declaration asks for it: it goes because a pattern owns it and no list says otherwise.
  const byPattern = step.addresses.length === 0;
  return effects.some(
    (effect) => !isOfLeaver(effect, leavers) && isInDoubt(effect, doubt, { live, byPattern }),
  );
}

/** Whether an effect takes something from somebody who leaves. */
export function isOfLeaver(effect: Effect, leavers: ReadonlySet<Email>): boolean {
  const { type } = effect;
  if (
    type === "remove_member" ||
    type === "idp_lose" ||
    type === "remove_person" ||
    type === "set_organization_role"
  )
    return leavers.has(canonicalEmail(effect.email));
  if (type !== "revoke" && type !== "revoke_module") return false;
  return effect.principal.type === "user" && leavers.has(canonicalEmail(effect.principal.email));
}

function isInDoubt(
  effect: Effect,
  doubt: Doubt,
  { live, byPattern }: { readonly live: Organization; readonly byPattern: boolean },
): boolean {
  if (doubt.unknownRows !== undefined && couldRestOn(effect, doubt.unknownRows)) return true;
  switch (effect.type) {
    case "add_member":
      // Whom the list of people lacks would be invited by it.
      return (
        isGroupInDoubt(effect.group, doubt) ||
        has(doubt.memberships, membershipKey(effect.group.id ?? "", effect.email)) ||
        has(doubt.people, canonicalEmail(effect.email))
      );
    case "remove_member":
    case "idp_gain":
    case "idp_lose":
      return (
        isGroupInDoubt(effect.group, doubt) ||
        has(doubt.memberships, membershipKey(effect.group.id ?? "", effect.email))
      );
    case "delete_group":
      return isGroupInDoubt(effect.group, doubt) || isAnyMemberInDoubt(effect.group, doubt);
    case "rename_group":
      return has(doubt.groups, effect.group.id);
    case "create_group":
      return doubt.newGroups === "any" || has(doubt.newGroups, effect.name);
    case "grant":
      return (
        isHolderInDoubt(effect.principal, effect.projectId, doubt) ||
        (doubt.rolesByName === true && !isRoleId(effect.roleId)) ||
        has(doubt.roles, heldRole(live, effect.principal, effect.projectId))
      );
    case "revoke":
      return (
        isHolderInDoubt(effect.principal, effect.projectId, doubt) ||
        has(doubt.roles, heldRole(live, effect.principal, effect.projectId))
      );
    case "grant_module":
    case "revoke_module":
      return isHolderInDoubt(effect.principal, effect.projectId, doubt);
    case "invite":
      return has(doubt.people, canonicalEmail(effect.email));
    case "set_organization_role":
      return has(doubt.organizationRolesOf, canonicalEmail(effect.email));
    case "remove_person":
      // Whoever is in a group of an identity provider is not ours to remove: a pattern needs to know who is.
      return byPattern && (doubt.membersOf !== undefined || doubt.groups !== undefined);
    case "rename_person":
    case "accept":
    case "create_project":
    case "rename_project":
    case "archive_project":
    case "restore_project":
    case "create_key":
    case "hand_over_key":
    case "delete_key":
    case "setting":
      return false;
  }
}

function isAnyMemberInDoubt({ id = "" }: GroupReference, { memberships }: Doubt): boolean {
  return [...(memberships ?? [])].some((key) => key.startsWith(membershipKey(id, "")));
}

function isGroupInDoubt({ id }: GroupReference, { membersOf, groups }: Doubt): boolean {
  return has(membersOf, id) || has(groups, id);
}

function isHolderInDoubt(holder: GrantHolder, projectId: string, doubt: Doubt): boolean {
  const principal = principalOf(holder);
  if (principal !== undefined && has(doubt.holdings, holdingKey(principal, projectId))) return true;
  if (holder.type === "group") return doubt.groupIds === true || isGroupInDoubt(holder.group, doubt);
  return has(doubt.rolesOfPeopleOn, projectId);
}

/** The role that somebody has on a project now, by id. */
export function heldRole(live: Organization, holder: GrantHolder, projectId: string): string | undefined {
  const principal = principalOf(holder);
  return principal === undefined ? undefined : live.grant(principal, projectId)?.roleId;
}

/** undefined for a group that a plan is still to make. */
function principalOf(holder: GrantHolder): Principal | undefined {
  const id = holder.type === "user" ? canonicalEmail(holder.email) : holder.group.id;
  return id === undefined ? undefined : { type: holder.type, id };
}

const has = (set: ReadonlySet<string> | "any" | undefined, one: string | undefined): boolean =>
  set !== undefined && one !== undefined && (set === "any" || set.has(one));

/** Where no list names a role, its name stands in the place of its id (a uuid: https://amplitude.com/docs/apis/user-management/roles/list-roles). */
function isRoleId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
