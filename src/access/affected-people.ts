import { groupOf, isRefusal, type Effect, type GroupReference } from "./effect";
import { canonicalEmail, type Email, type Organization } from "./organization";

const nobody: ReadonlySet<Email> = new Set();

/**
 * Whose presence or access an effect may change, in the organization as it is before the effect. Enough to evaluate before and
 * after: nobody else's changes. Not counted: a grant on a project that nothing named so far also makes it visible in the access of
 * organization owners and admins, who reached it all along. The set of a group is its own live one: copy it to keep it.
 */
export function affectedPeople(organization: Organization, effect: Effect): ReadonlySet<Email> {
  switch (effect.type) {
    case "invite":
    case "rename_person":
    case "remove_person":
    case "add_member":
    case "remove_member":
    case "idp_gain":
    case "idp_lose":
      return new Set([canonicalEmail(effect.email)]);
    case "create_group":
      return nobody;
    case "rename_group":
    case "delete_group":
      return membersOf(organization, effect.group);
    case "grant":
    case "revoke":
      return effect.principal.type === "user"
        ? new Set([canonicalEmail(effect.principal.email)])
        : membersOf(organization, effect.principal.group);
  }
}

function membersOf(organization: Organization, reference: GroupReference): ReadonlySet<Email> {
  const group = groupOf(organization, reference);
  return isRefusal(group) ? nobody : group.members;
}
