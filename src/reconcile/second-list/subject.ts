import { builtInRole, compareProjectRoles, type Effect, type Email, type Organization } from "../../access";
import { userManagementPage } from "../../api";
import { liveState, identify } from "../../lifecycle";
import { heldRole, isOfLeaver } from "../consistency";
import type { LivePlan } from "../live-plan";
import type { LiveStep } from "../step";

/** A group or a project of which a second list is asked for. */
export interface Subject {
  readonly of: "group" | "project";
  readonly id: string;
  readonly name: string;
  /** Pages that the answer is expected to have. */
  readonly requests: number;
}

/**
 * From what some steps take access: each group and project once. What a leaver holds goes whatever any list says, and nothing is asked for it.
 */
export function takenFrom(
  steps: readonly LiveStep[],
  { live, leavers }: Pick<LivePlan, "live" | "leavers">,
): Subject[] {
  const found = steps.flatMap(({ effects }) =>
    effects.flatMap((effect) => placeTakenFrom(effect, live, leavers) ?? []),
  );
  return subjectsOf(found, live);
}

/** Every group and project that is declared and there: one that a stack makes, names or grants on. */
export function declaredSubjects({ instances, live }: Pick<LivePlan, "instances" | "live">): Subject[] {
  const found = instances.flatMap(({ declaration: { kind }, config }): Place[] => {
    const group = kind.group?.(config, live).name;
    const states = [config, liveState(identify(kind, config, { live })) ?? {}];
    const shown = states.flatMap((state) => kind.shows?.(state as never) ?? []);
    const projects = shown.flatMap(({ projects = [], assignments = [], modules = [] }) => [
      ...projects.map(({ id }) => id),
      ...[...assignments, ...modules].map(({ projectId }) => projectId),
    ]);
    return [
      ...(group === undefined ? [] : live.groupsNamed(group).map(({ id }) => ({ of: "group" as const, id }))),
      ...projects
        .filter((id) => id !== undefined && live.project(id) !== undefined)
        .map((id = "") => ({ of: "project" as const, id })),
    ];
  });
  return subjectsOf(found, live);
}

type Place = Pick<Subject, "of" | "id">;

function placeTakenFrom(effect: Effect, live: Organization, leavers: ReadonlySet<Email>): Place | undefined {
  if (isOfLeaver(effect, leavers)) return undefined;
  const { type } = effect;
  if (type === "remove_member" || type === "delete_group") return groupPlace(effect.group.id);
  if (type !== "revoke" && type !== "grant") return undefined;
  const { principal, projectId } = effect;
  const project: Place = { of: "project", id: projectId };
  if (type === "revoke") return project;
  const held = heldRole(live, principal, projectId);
  return held === undefined || !isLower(live, effect.roleId, held) ? undefined : project;
}

const groupPlace = (id: string | undefined): Place | undefined =>
  id === undefined ? undefined : { of: "group", id };

/** Whether a role that replaces another one takes something: what a custom role permits, no API tells. */
function isLower(live: Organization, roleId: string, held: string): boolean {
  if (roleId === held) return false;
  const [next, last] = [roleId, held].map((id) => {
    const role = live.role(id);
    return role === undefined ? undefined : builtInRole(role);
  });
  return next === undefined || last === undefined || compareProjectRoles(next, last) < 0;
}

function subjectsOf(places: readonly Place[], live: Organization): Subject[] {
  const once = [...new Map(places.map((place) => [`${place.of} ${place.id}`, place])).values()];
  const rows = once.some(({ of }) => of === "project") ? accessRows(live) : new Map<string, number>();
  return once.map(({ of, id }) => {
    const group = of === "group" ? live.group(id) : undefined;
    const name = (of === "group" ? group?.name : live.project(id)?.name) ?? id;
    const count = of === "group" ? (group?.members.size ?? 0) : (rows.get(id) ?? 0);
    return { of, id, name, requests: Math.max(1, Math.ceil(count / userManagementPage)) };
  });
}

/** Rows of a project's access: one for each role there, and one for each member whom a group's role reaches. Assumed, as the page that documents it ends before. */
function accessRows(live: Organization): Map<string, number> {
  const rows = new Map<string, number>();
  for (const { principal, projectId } of live.grants()) {
    const members = principal.type === "group" ? (live.group(principal.id)?.members.size ?? 0) : 0;
    rows.set(projectId, (rows.get(projectId) ?? 0) + 1 + members);
  }
  return rows;
}
