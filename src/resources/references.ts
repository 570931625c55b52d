import type { Group, GroupReference, Organization, Project, Role } from "../access";
import { canonicalName, DiagnosticError, problem, Unknown, type Id } from "../schema";

/** Whether a live object has that name; blanks and forms of Unicode that nobody sees make no other. */
export function isCalled(live: string | undefined, name: string): boolean {
  return live !== undefined && canonicalName(live) === canonicalName(name);
}

/** The group behind an id, live or still to be created. An id that is neither is shown as it is. */
export function groupReference(live: Organization, id: Id): GroupReference {
  if (id instanceof Unknown) return { name: id.name };
  const group = live.group(id);
  return { name: group === undefined ? id : groupLabel(live, group), id };
}

/** A group's name; where another one has the same, with its id, so that steps on both are told apart. */
export function groupLabel(live: Organization, { id, name }: Pick<Group, "id" | "name">): string {
  return live.groupsNamed(name).length > 1 ? `${name} (id ${id})` : name;
}

/** The project behind an id, live or still to be created; the id itself is its name where no API lists projects. */
export function projectReference(
  live: Organization,
  id: Id,
): { readonly name: string; readonly id?: string } {
  if (id instanceof Unknown) return { name: id.name };
  return { name: live.project(id)?.name ?? id, id };
}

/** The one live group of a name; throws when there are two, because nobody can tell which is meant. */
export function groupNamed(live: Organization, name: string): Group | undefined {
  return only(live.groupsNamed(name), "group", name, (group) => group.id);
}

/** The one project of a name. */
export function projectNamed(live: Organization, name: string): Project | undefined {
  return only(live.projectsNamed(name), "project", name, (project) => project.id);
}

/** The one role of a name, compared without case. */
export function roleNamed(live: Organization, name: string): Role | undefined {
  return only(live.rolesNamed(name), "role", name, (role) => role.id);
}

function only<T>(found: readonly T[], what: string, name: string, id: (item: T) => string): T | undefined {
  if (found.length > 1) {
    throw new DiagnosticError([
      problem(
        `Two live ${what}s are called ${JSON.stringify(name)}`,
        `Amplitude has them under the ids ${found.map(id).join(", ")}, and a name must say which is meant. ` +
          `Rename or delete one of them in Amplitude.`,
      ),
    ]);
  }
  return found[0];
}

/** Whether somebody holds something on a project that no list shows. */
export function isUnlistedProject(live: Organization, projectId: string): boolean {
  if (live.project(projectId) !== undefined) return false;
  for (const id of live.projectIds()) if (id === projectId) return true;
  return false;
}
