import type { Snapshot } from "../../collections";
import { SEES_ALL } from "../unlisted-project";
import { countOf, discrepancy, exampleText, type Discrepancy } from "./discrepancy";

/** Does the token's list of projects have those that an administrator's list has? Nothing rests on it: the other list tells of them. */
export function projectDiscrepancies({ projects, managedProjects }: Snapshot): Discrepancy[] {
  if (projects === undefined || managedProjects === undefined) return [];
  const known = new Set(projects.map(({ id }) => id));
  // Whether archived ones are listed is not documented (https://amplitude.com/docs/apis/developer).
  const active = managedProjects.filter(({ archived }) => !archived);
  const missing = active.filter(({ id }) => !known.has(id)).map(({ id, name }) => `${id} ${name}`);
  return discrepancy("projects", missing, {
    says: `the list of projects lacks ${missing.length} of the ${countOf(active.length, "project")} of the list that administrators see: ${exampleText(missing)}`,
    advice: SEES_ALL.slice(0, -1),
    doubt: {},
  });
}
