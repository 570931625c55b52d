import type { IdentityProviderState, State } from "../seed/schema";
import { changedSwitches, type Switches } from "../switches";
import type { Organization } from "./organization";

/** The whole organization in the seed's format; `clock` only where it is a virtual one. */
export function stateOf(
  organization: Organization,
  provider: IdentityProviderState | null,
  switches: Switches,
  clock: string | undefined,
): State {
  return structuredClone({
    format: "amplitude-emulator/1" as const,
    organization: organization.identity,
    ...(clock === undefined ? {} : { clock }),
    credentials: organization.credentials,
    settings: organization.settings,
    people: [...organization.people.values()],
    groups: organization.groups.values().map((group) => ({
      ...group,
      members: [...group.members].map((email) => organization.person(email)?.email ?? email),
    })),
    roles: [...organization.roles.values()],
    projects: [...organization.projects.values()],
    assignments: organization.assignments.values().map((assignment) => ({
      id: assignment.id,
      principalType: assignment.principalType,
      principal: principalOf(organization, assignment.principalType, assignment.principal),
      project: assignment.project,
      role: organization.role(assignment.roleId)?.name ?? assignment.roleId,
    })),
    modules: organization.modules.values().map((grant) => ({
      ...grant,
      principal: principalOf(organization, grant.principalType, grant.principal),
    })),
    apiKeys: [...organization.apiKeys.values()],
    properties: [...organization.properties.values()],
    identityProvider: provider,
    audit: organization.audit,
    removed: [...organization.removed],
    switches: changedSwitches(switches),
    counters: organization.counters,
  });
}

function principalOf(organization: Organization, type: "user" | "group", principal: string): string | number {
  return type === "group" ? Number(principal) : (organization.person(principal)?.email ?? principal);
}
