import { missingBuiltIns } from "../seed/references";
import type { State } from "../seed/schema";
import { assignmentId } from "./assignments";
import { freshModuleId } from "./modules";
import { canonical, Organization, type Credentials } from "./organization";

/** Builds an organization from a checked seed: group principals become ids, missing ids are made, indexes filled. */
export function organizationFrom(seed: State): Organization {
  const organization = new Organization(seed.organization, credentialsOf(seed), seed.settings);
  for (const person of seed.people) organization.people.set(person);
  for (const group of seed.groups)
    organization.groups.set({ ...group, members: new Set(group.members.map(canonical)) });
  for (const role of [...missingBuiltIns(seed), ...seed.roles]) organization.roles.set(role);
  for (const project of seed.projects) organization.projects.set(project);
  organization.counters = {
    group: seed.counters.group ?? Math.max(630, ...seed.groups.map((group) => group.id)) + 1,
    assignment: seed.counters.assignment ?? 1,
    apiKey: seed.counters.apiKey ?? 1,
    moduleGrant: seed.counters.moduleGrant ?? 1,
  };
  const taken = new Set(seed.assignments.flatMap((assignment) => assignment.id ?? []));
  for (const { id, principalType, principal, project, role } of seed.assignments) {
    organization.assignments.set({
      id: id ?? freshId(organization, taken),
      principalType,
      principal: principalType === "user" ? canonical(String(principal)) : groupId(organization, principal),
      project,
      roleId: organization.role(role)?.id ?? role,
    });
  }
  const takenModules = new Set(seed.modules.flatMap((grant) => grant.id ?? []));
  for (const { id, principalType, principal, project, module } of seed.modules) {
    organization.modules.set({
      id: id ?? freshModuleId(organization, takenModules),
      principalType,
      principal: principalType === "user" ? canonical(String(principal)) : groupId(organization, principal),
      project,
      module,
    });
  }
  for (const key of seed.apiKeys) organization.apiKeys.set(key);
  for (const property of seed.properties) organization.properties.set(property);
  organization.audit = [...seed.audit].sort(
    (one, other) => Date.parse(one.timestamp) - Date.parse(other.timestamp),
  );
  organization.removed = new Set(seed.removed.map(canonical));
  return organization;
}

function freshId(organization: Organization, taken: ReadonlySet<string>): string {
  for (;;) {
    const id = assignmentId(organization.identity.id, organization.counters.assignment++);
    if (!taken.has(id)) return id;
  }
}

// A name wins over an id of the same digits, as the check of the seed's references has it.
function groupId(organization: Organization, principal: string | number): string {
  const named = typeof principal === "string" ? organization.groupNamed(principal) : undefined;
  return String(named?.id ?? principal);
}

function credentialsOf(seed: State): Credentials {
  const { id, region } = seed.organization;
  return {
    scimKey: `scim-${region}-${id}`,
    orgApiKey: `org-${region}-${id}`,
    orgSecretKey: `secret-${region}-${id}`,
    token: `token-${region}-${id}`,
    ...seed.credentials,
  };
}
