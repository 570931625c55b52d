import { moduleGrantRecord, type ModuleGrantRecord } from "../api";
import type { Collection } from "./collection";
import { holderOf, referredBy } from "./principal";

/** Add-on roles of people and groups on projects (playbook, "Govern and Experiment Add-Ons"). No documented API lists them. */
export const modules: Collection<ModuleGrantRecord> = {
  family: "management",
  title: "module grants",
  row: moduleGrantRecord,
  id: ({ id }) => id,
  list: (api) => api.moduleGrants(),
  one: (api, id) => api.moduleGrant(id),
  changedBy: ["grant_module", "revoke_module", "remove_person", "delete_group"],
  model: (facts, rows) => ({
    ...facts,
    modules: rows.map(({ id, projectId, module, ...principal }) => ({
      id,
      principal: holderOf(principal),
      projectId,
      module,
    })),
  }),
  refers: referredBy,
};
