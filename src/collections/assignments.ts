import { principalKey } from "../access";
import { assignmentRecord, type AssignmentRecord } from "../api";
import type { Collection } from "./collection";
import { holderOf, referredBy } from "./principal";

const keyOf = ({ principalType, principal, projectId }: AssignmentRecord): string =>
  `${principalKey({ type: principalType, id: principal })} ${projectId}`;

/** Explicit roles of people and groups on projects (https://amplitude.com/docs/apis/user-management). */
export const assignments: Collection<AssignmentRecord> = {
  family: "user-management",
  title: "role assignments",
  row: assignmentRecord,
  id: ({ id }) => id,
  list: (api, options) => api.assignments({}, options),
  one: (api, id) => api.assignment(id),
  key: {
    of: keyOf,
    async read(api, key) {
      const [holder = "", projectId = ""] = key.split(" ");
      const principal = holder.slice(holder.indexOf(":") + 1);
      const { items } = await api.assignments({ principal, projectId });
      return items.find((found) => keyOf(found) === key);
    },
  },
  changedBy: ["grant", "revoke", "remove_person", "delete_group"],
  model: (facts, rows) => ({
    ...facts,
    grants: rows.map(({ id, projectId, roleId, ...principal }) => ({
      id,
      principal: holderOf(principal),
      projectId,
      roleId,
    })),
  }),
  // A state tells of a role by its name.
  shown: {
    key: ({ principalType, principal, projectId }) => JSON.stringify([principalType, principal, projectId]),
    of: (told) => {
      const row = Object.assign({}, ...told) as AssignmentRecord;
      return { ...row, roleId: row.roleId.toLowerCase() };
    },
  },
  refers: (row) => ({ ...referredBy(row), roles: row.roleId === undefined ? [] : [row.roleId] }),
};
