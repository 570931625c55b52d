import type { State } from "../../src/emulator";
import { sliceIn } from "./slice";

/** Everything live, a line each, sorted: of every slice, and of the organization as a whole (undefined). */
export type Live = ReadonlyMap<number | undefined, readonly string[]>;

export function liveOf(state: State): Live {
  const slices = new Map<number | undefined, string[]>([
    [undefined, Object.entries(state.settings).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)],
  ]);
  for (const line of linesOf(state)) {
    const slice = sliceIn(line);
    if (slice !== undefined) slices.set(slice, [...(slices.get(slice) ?? []), line]);
  }
  for (const lines of slices.values()) lines.sort();
  return slices;
}

function linesOf(state: State): string[] {
  const { people, groups, projects, assignments, modules, apiKeys, properties } = state;
  const group = (id: string | number): string =>
    groups.find((each) => String(each.id) === String(id) || each.name === id)?.name ?? String(id);
  const project = (id: number | null): string => projects.find((each) => each.id === id)?.name ?? String(id);
  const holder = (type: "user" | "group", principal: string | number): string =>
    type === "group" ? group(principal) : String(principal);
  return [
    ...people.map(
      ({ email, givenName, organizationRole }) => `${email} ${givenName ?? "no name"} ${organizationRole}`,
    ),
    ...groups.flatMap(({ name, members }) => [name, ...members.map((member) => `${name} has ${member}`)]),
    ...projects.map(
      ({ name, environment, archived }) => `${name} ${environment} ${archived ? "archived" : "open"}`,
    ),
    ...assignments.map(
      ({ principalType, principal, project: on, role }) =>
        `${holder(principalType, principal)} may ${role} on ${project(on)}`,
    ),
    ...modules.map(
      ({ principalType, principal, project: on, module }) =>
        `${holder(principalType, principal)} has ${module} on ${project(on)}`,
    ),
    ...apiKeys.map(({ label, scope, projectId }) => `${label} ${scope} of ${project(projectId)}`),
    ...properties.map(
      ({ name, hidden, project: on }) => `${project(on)} ${name} ${hidden ? "hidden" : "shown"}`,
    ),
  ];
}
