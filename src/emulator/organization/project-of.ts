import type { ProjectState } from "../seed/schema";
import { Refusal, type Act } from "./act";

/** The project of that id; throws Refusal where there is none. */
export function projectOf(act: Act, id: number | string): ProjectState {
  const project = act.organization.projects.get(String(id));
  if (project === undefined) throw new Refusal("not-found", `There is no project ${id}.`);
  return project;
}

/** Throws Refusal where a project is archived: nobody is given anything new on it (ours). */
export function refuseArchived(act: Act, id: number): void {
  if (act.organization.projects.get(String(id))?.archived !== true) return;
  throw new Refusal("conflict", `Project ${id} is archived: it takes no new grants and members.`);
}
