import { managedProjectRecord, type ManagedProjectRecord } from "../api";
import type { Collection } from "./collection";
import { withProjects } from "./projects";

/** Projects with what only an administrator sees, archived ones too. No documented API lists them. */
export const managedProjects: Collection<ManagedProjectRecord> = {
  family: "management",
  title: "managed projects",
  row: managedProjectRecord,
  id: ({ id }) => id,
  name: ({ name }) => name,
  list: (api) => api.managedProjects(),
  one: (api, id) => api.managedProject(id),
  changedBy: ["create_project", "rename_project", "archive_project", "restore_project"],
  model: withProjects,
  shown: {
    key: ({ id = "" }) => id,
    of: (told) => {
      const [{ id = "" } = {}] = told;
      return Object.assign({ id, name: id, archived: false, addOns: [] }, ...told) as ManagedProjectRecord;
    },
  },
};
