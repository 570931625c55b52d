import type { Organization } from "../access";
import type { Snapshot } from "../resources";

/** Amplitude lists the projects that the credential can access (https://amplitude.com/docs/api/content/developers/cli/authentication). */
export const SEES_ALL =
  "Amplitude lists only the projects that the owner of AMPLITUDE_TOKEN can access. Use the token of somebody who can access every project, such as an administrator of the organization; or give the project's name and id in `project_ids`.";

/** A project on which somebody holds something, and that no list shows. */
export interface UnlistedProject {
  readonly id: string;
  /** Who holds a role or a module there, or that it has keys: at most three, in words. */
  readonly holders: readonly string[];
  /** How many there are. */
  readonly count: number;
}

const SHOWN = 3;

/** Ids of projects that something refers to and no list shows. */
export function unlistedProjects(live: Organization): string[] {
  return [...live.projectIds()].filter((id) => live.project(id) === undefined).sort();
}

/** The same with who holds what there. Empty where no list of projects was read: then nothing is known of any. */
export function unlistedProjectsOf(
  live: Organization,
  { projects, managedProjects }: Pick<Snapshot, "projects" | "managedProjects">,
): UnlistedProject[] {
  if (projects === undefined && managedProjects === undefined) return [];
  const holders = new Map<string, string[]>(unlistedProjects(live).map((id) => [id, []]));
  const add = (id: string | undefined, text: string): void => {
    if (id !== undefined && live.project(id) === undefined)
      holders.set(id, [...(holders.get(id) ?? []), text]);
  };
  const nameOf = (type: string, id: string): string =>
    type === "group" ? (live.group(id)?.name ?? id) : (live.person(id)?.email ?? id);
  for (const { principal, projectId, roleId } of live.grants())
    add(projectId, `${nameOf(principal.type, principal.id)} is ${live.role(roleId)?.name ?? roleId}`);
  for (const { principal, projectId, module } of live.modules())
    add(projectId, `${nameOf(principal.type, principal.id)} has ${module}`);
  for (const { projectId, label } of live.keys()) add(projectId, `the key ${label} is of it`);
  return [...holders].map(([id, all]) => ({ id, holders: all.sort().slice(0, SHOWN), count: all.length }));
}

/** What a plan says of them. */
export function unlistedText(unlisted: readonly UnlistedProject[]): string[] {
  if (unlisted.length === 0) return [];
  const each = unlisted.map(({ id, holders, count }) => {
    const more = count - holders.length;
    return `${id} (${holders.join(", ")}${more > 0 ? `, and ${more} more` : ""})`;
  });
  const many = unlisted.length === 1 ? "a project that is" : `${unlisted.length} projects that are`;
  return [`${many} in no list of projects: ${each.slice(0, 10).join("; ")}. ${SEES_ALL.slice(0, -1)}`];
}
