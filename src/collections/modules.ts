import { moduleGrantRecord, type ModuleGrantRecord } from "../api";
import type { Collection } from "./collection";
import { holderOf } from "./principal";

/** Add-on roles of people and groups on projects (playbook, "Govern and Experiment Add-Ons"). No documented API lists them. */
export const modules: Collection<ModuleGrantRecord> = {
  family: "management",
  title: "module grants",
  row: moduleGrantRecord,
  id: ({ id }) => id,
  list: (api) => api.moduleGrants(),
  one: (api, id) => api.moduleGrant(id),
  changedBy: ["grant_module", "revoke_module"],
  model: (facts, rows) => ({
    ...facts,
    modules: rows.map(({ id, projectId, module, ...principal }) => ({
      id,
      principal: holderOf(principal),
      projectId,
      module,
    })),
  }),
};
