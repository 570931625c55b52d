import { isRefusal, type GrantHolder, type GroupReference, type Refusal } from "./effect";
import { canonicalEmail, type Group, type Organization, type Principal } from "./organization";

const ofNew = "new:";

/** The id of what a plan will create and Amplitude has not named yet: `new:Web`. Amplitude's own ids of projects are numbers. */
export function newId(name: string): string {
  return `${ofNew}${name}`;
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

/** The principal behind a holder, or why there is none. */
export function principalOf(organization: Organization, holder: GrantHolder): Principal | Refusal {
  if (holder.type === "user") return { type: "user", id: canonicalEmail(holder.email) };
  const group = groupOf(organization, holder.group);
  return isRefusal(group) ? group : { type: "group", id: group.id };
}

/**
 * The id that a project is known by, or why it has none: `new:Web` is the project of that name, whether a plan made it or it has got
 * its id since. Any other id stands for itself: where no API lists projects, nothing else is known of them.
 */
export function projectIdOf(
  organization: Organization,
  projectId: string,
): { readonly id: string } | Refusal {
  if (!projectId.startsWith(ofNew) || organization.project(projectId) !== undefined) return { id: projectId };
  const name = projectId.slice(ofNew.length);
  const [project, ...others] = organization.projectsNamed(name);
  if (project === undefined) return unknownProject(name);
  if (others.length === 0) return project;
  const reason = `${others.length + 1} projects are named ${name}: only an id tells them apart.`;
  return { code: "project_ambiguous", reason };
}

/** No project is listed under this name or id. */
export function unknownProject(nameOrId: string): Refusal {
  return { code: "project_unknown", reason: `There is no project ${nameOrId}.` };
}

function unknownGroup(name: string): Refusal {
  return { code: "group_unknown", reason: `There is no group ${name}.` };
}
