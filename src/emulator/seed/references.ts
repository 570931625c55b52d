import { builtInRoles } from "./built-in-roles";
import { managedProblems } from "./managed-references";
import { pathText } from "./seed-error";
import type { State } from "./schema";
import { unique, type Path, type Report } from "./uniqueness";

/** What is twice, and what points nowhere: every problem of a well-formed seed, with its path. */
export function referenceProblems(seed: State): string[] {
  const problems: string[] = [];
  const report: Report = (path, message) => problems.push(`${pathText(path)}: ${message}`);

  const roles = [...seed.roles, ...missingBuiltIns(seed)];
  const people = unique(seed.people, "people", "email", (person) => person.email.toLowerCase(), report);
  const groups = unique(seed.groups, "groups", "id", (group) => String(group.id), report);
  const projects = unique(seed.projects, "projects", "id", (project) => String(project.id), report);
  unique(seed.projects, "projects", "name", (project) => project.name, report);
  unique(seed.roles, "roles", "id", (role) => role.id.toLowerCase(), report);
  unique(seed.roles, "roles", "name", (role) => role.name.toLowerCase(), report);
  if (seed.switches["scim-duplicate-group"] !== "allowed") {
    unique(seed.groups, "groups", "name", (group) => group.name, report);
  }

  seed.groups.forEach((group, index) => {
    const members = group.members.map((member) => ({ member }));
    unique(members, `groups[${index}].members`, undefined, ({ member }) => member.toLowerCase(), report);
    group.members.forEach((member, position) => {
      if (!people.has(member.toLowerCase())) {
        report(["groups", index, "members", position], `${member} is not in people`);
      }
    });
  });
  assignmentProblems(seed, { people, groups, projects, roles }, report);
  managedProblems(seed, report);
  providerProblems(seed, roles, report);
  return problems;
}

/** The built-in roles that the seed does not spell out itself. */
export function missingBuiltIns(seed: State): State["roles"] {
  const names = new Set(seed.roles.map((role) => role.name.toLowerCase()));
  return builtInRoles.filter((role) => !names.has(role.name.toLowerCase()));
}

interface Known {
  people: Set<string>;
  groups: Set<string>;
  projects: Set<string>;
  roles: State["roles"];
}

function assignmentProblems(seed: State, known: Known, report: Report): void {
  const roleNames = new Set(known.roles.flatMap((role) => [role.name.toLowerCase(), role.id.toLowerCase()]));
  const groupNames = new Map<string, number[]>();
  for (const group of seed.groups)
    groupNames.set(group.name, [...(groupNames.get(group.name) ?? []), group.id]);
  const ids = new Set<string>();
  const taken = new Set<string>();
  // Under these switches an assignment can outlive, or precede, its principal.
  const strays = {
    user:
      seed.switches["removing-person-deletes-assignments"] === false ||
      seed.switches["user-management-unknown-principal"] === "accepted",
    group: seed.switches["deleting-group-deletes-assignments"] === false,
  };
  seed.assignments.forEach((assignment, index) => {
    const at = (field: string): Path => ["assignments", index, field];
    const { principalType, principal } = assignment;
    if (assignment.id !== undefined) {
      if (ids.has(assignment.id)) report(at("id"), `${assignment.id} is the id of an earlier assignment`);
      ids.add(assignment.id);
    }
    let key = String(principal).toLowerCase();
    if (principalType === "user" && !strays.user && !known.people.has(key))
      report(at("principal"), `${principal} is not in people`);
    if (principalType === "group") {
      const byName = typeof principal === "string" ? (groupNames.get(principal) ?? []) : [];
      if (byName.length > 1) report(at("principal"), `${principal} is the name of several groups: use an id`);
      key = String(byName[0] ?? principal);
      if (!strays.group && !known.groups.has(key)) report(at("principal"), `there is no group ${principal}`);
    }
    if (!known.projects.has(String(assignment.project)))
      report(at("project"), `there is no project ${assignment.project}`);
    if (!roleNames.has(assignment.role.toLowerCase()))
      report(at("role"), `there is no role ${assignment.role}`);
    const place = `${principalType} ${key} ${assignment.project}`;
    if (taken.has(place))
      report(["assignments", index], `${principal} already has a role on project ${assignment.project}`);
    taken.add(place);
  });
}

function providerProblems(seed: State, roles: State["roles"], report: Report): void {
  const provider = seed.identityProvider;
  if (provider === null) return;
  unique(provider.groups, "identityProvider.groups", "name", (group) => group.name, report);
  const projectNames = new Set(seed.projects.map((project) => project.name));
  const roleNames = new Set(roles.map((role) => role.name.toLowerCase()));
  provider.groups.forEach((group, index) => {
    for (const [project, role] of Object.entries(group.mapping?.projectRoles ?? {})) {
      const path = ["identityProvider", "groups", index, "mapping", "projectRoles", project];
      if (!projectNames.has(project)) report(path, `there is no project of that name`);
      if (!roleNames.has(role.toLowerCase())) report(path, `there is no role ${role}`);
    }
  });
}
