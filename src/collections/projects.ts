import type { OrganizationFacts, Project } from "../access";
import { projectRecord, type ProjectRecord } from "../api";
import { canonicalName } from "../schema";
import type { Collection, DeclaredFacts } from "./collection";

/** Projects that the token sees (https://amplitude.com/docs/apis/developer). The stack may name others by id. */
export const projects: Collection<ProjectRecord> = {
  family: "developer",
  title: "projects",
  row: projectRecord,
  id: ({ id }) => id,
  name: ({ name }) => name,
  list: (api) => api.projects(),
  partlyKnown: true,
  changedBy: ["create_project", "rename_project", "archive_project", "restore_project"],
  model: withProjects,
  shown: {
    key: ({ id = "" }) => id,
    of: (told) => {
      const [{ id = "" } = {}] = told;
      return { id, name: told.findLast((row) => row.name !== undefined)?.name ?? id };
    },
  },
};

/** The model with these projects, over those that it has: every list may tell more of one, and the stack's own names come last. */
export function withProjects(
  facts: OrganizationFacts,
  rows: readonly Project[],
  { projectIds }: DeclaredFacts,
): OrganizationFacts {
  const known = new Map<string, Project>(facts.projects?.map((project) => [project.id, project]));
  for (const project of rows) known.set(project.id, { ...project, name: canonicalName(project.name) });
  for (const [name, id] of Object.entries(projectIds)) known.set(id, { ...known.get(id), id, name });
  return { ...facts, projects: [...known.values()] };
}
