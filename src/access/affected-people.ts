import { isRefusal, type Effect, type GroupReference } from "./effect";
import type { IdentityProvider } from "./identity-provider";
import { reachesEveryProject } from "./held-capabilities";
import { canonicalEmail, type Email, type Organization, type Principal } from "./organization";
import { groupOf, projectIdOf } from "./reference";
import { organizationRoleNamed } from "./role";

const nobody: ReadonlySet<Email> = new Set();

/**
 * Whose presence or access an effect may change, in the organization as it is before the effect. Enough to evaluate before and
 * after: nobody else's changes. Not counted: a grant on a project that nothing named so far also makes it visible in the access of
 * organization owners and admins, who reached it all along. A project that comes, goes or returns costs a look at all people and grants. Keys and
 * settings are held by nobody here. The set of a group is its own live one: copy it to keep it.
 */
export function affectedPeople(organization: Organization, effect: Effect): ReadonlySet<Email> {
  switch (effect.type) {
    case "invite":
    case "rename_person":
    case "remove_person":
    case "accept":
    case "set_organization_role":
    case "add_member":
    case "remove_member":
    case "idp_gain":
    case "idp_lose":
      return new Set([canonicalEmail(effect.email)]);
    case "create_group":
    case "rename_project":
    case "create_key":
    case "hand_over_key":
    case "delete_key":
    case "setting":
      return nobody;
    case "rename_group":
    case "delete_group":
      return membersOf(organization, effect.group);
    case "grant":
    case "revoke":
    case "grant_module":
    case "revoke_module":
      return effect.principal.type === "user"
        ? new Set([canonicalEmail(effect.principal.email)])
        : membersOf(organization, effect.principal.group);
    case "create_project":
      return new Set(reachingAll(organization));
    case "archive_project":
    case "restore_project":
      return new Set([...reachingAll(organization), ...grantedOn(organization, effect.projectId)]);
  }
}

/**
 * Whom the provider's next sync gives something by an effect, because it maps one of their groups to a project that comes, returns or
 * takes that name.
 */
export function* affectedBySync(
  organization: Organization,
  effect: Effect,
  { mappings }: IdentityProvider,
): Iterable<Email> {
  if (mappings.size === 0) return;
  if (
    effect.type !== "restore_project" &&
    effect.type !== "create_project" &&
    effect.type !== "rename_project"
  )
    return;
  const name = "name" in effect ? effect.name : organization.project(effect.projectId)?.name;
  if (name === undefined) return;
  for (const [group, { projectRoles }] of mappings) {
    if (!projectRoles.has(name)) continue;
    for (const { writer, members } of organization.groupsNamed(group)) if (writer === "idp") yield* members;
  }
}

function membersOf(organization: Organization, reference: GroupReference): ReadonlySet<Email> {
  const group = groupOf(organization, reference);
  return isRefusal(group) ? nobody : group.members;
}

function* reachingAll(organization: Organization): Iterable<Email> {
  for (const { email, organizationRole } of organization.people()) {
    const role = organizationRole === undefined ? undefined : organizationRoleNamed(organizationRole);
    if (reachesEveryProject(role)) yield canonicalEmail(email);
  }
}

/** Modules alone reach nobody, so whoever holds one that counts has a grant too. */
function* grantedOn(organization: Organization, projectId: string): Iterable<Email> {
  const project = projectIdOf(organization, projectId);
  if (isRefusal(project)) return;
  for (const { principal, projectId: granted } of organization.grants()) {
    if (granted === project.id) yield* holdersOf(organization, principal);
  }
}

function holdersOf(organization: Organization, { type, id }: Principal): Iterable<Email> {
  return type === "user" ? [canonicalEmail(id)] : (organization.group(id)?.members ?? nobody);
}
