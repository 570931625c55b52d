import { addOnOf } from "../seed/managed-records";
import type { ProjectState } from "../seed/schema";
import { record, Refusal, type Act } from "./act";
import { revokeModule } from "./modules";
import { projectOf } from "./project-of";

/** What of a project somebody sets. */
export type ProjectSettings = Pick<ProjectState, "name" | "archived" | "environment" | "addOns">;

/** Creates a project. Throws Refusal when the name is taken. */
export function createProject(act: Act, wanted: Omit<ProjectSettings, "archived">): ProjectState {
  const { organization } = act;
  refuseTakenName(act, wanted.name);
  // Projects are never deleted, so the highest id says which one is next.
  const id = Math.max(288_500, ...organization.projects.values().map((project) => project.id)) + 1;
  const project = { ...wanted, id, archived: false, createdAt: act.at, updatedAt: act.at };
  organization.projects.set(project);
  log(act, "create", project, null, shown(project));
  return project;
}

/**
 * Renames, archives, restores or re-equips a project. Module grants go with the add-on that they are part of; what
 * is archived keeps its grants. Throws Refusal when the name is taken.
 */
export function changeProject(act: Act, id: number | string, change: Partial<ProjectSettings>): ProjectState {
  const { organization } = act;
  const before = projectOf(act, id);
  const after = { ...before, ...change, updatedAt: act.at };
  if (after.name !== before.name) refuseTakenName(act, after.name);
  const [from, to] = [shown(before), shown(after)];
  const isChanged = JSON.stringify(from) !== JSON.stringify(to);
  if (!isChanged && after.archived === before.archived) return before;
  for (const grant of organization.modules.where("project", String(before.id))) {
    if (!after.addOns.includes(addOnOf(grant.value.module))) revokeModule(act, grant.value.id);
  }
  organization.projects.set(after);
  if (isChanged) log(act, "update", after, from, to);
  if (after.archived !== before.archived) {
    const state = (archived: boolean): string => (archived ? "archived" : "active");
    log(act, after.archived ? "archive" : "restore", after, state(before.archived), state(after.archived));
  }
  return after;
}

function refuseTakenName(act: Act, name: string): void {
  if (act.organization.projectNamed(name) === undefined) return;
  throw new Refusal("conflict", `There is a project named ${name} already.`);
}

function shown({ name, environment, addOns }: ProjectSettings): object {
  return { name, environment, add_ons: [...addOns].sort() };
}

function log(act: Act, action: string, project: ProjectState, from: unknown, to: unknown): void {
  record(act, {
    domain: "project",
    feature: "project",
    action,
    documented: true,
    target: project.name,
    projectId: project.id,
    properties: { from, to },
  });
}
