import { projectRoleNamed } from "../access";
import { roleRecord, type RoleRecord } from "../api";
import { canonicalName } from "../schema";
import type { Collection } from "./collection";

const BUILT_IN = ["Viewer", "Member", "Manager", "Admin"];

/** Roles that can be given on a project (https://amplitude.com/docs/apis/user-management). */
export const roles: Collection<RoleRecord> = {
  family: "user-management",
  title: "roles",
  row: roleRecord,
  id: ({ id }) => id,
  name: ({ name }) => name,
  list: (api) => api.roles(),
  changedBy: [],
  model(facts, rows, { roleIds }) {
    const known = new Map(rows.map((role) => [role.id, { ...role, name: canonicalName(role.name) }]));
    for (const [name, id] of Object.entries(roleIds))
      known.set(id, { id, name, custom: known.get(id)?.custom ?? projectRoleNamed(name) === undefined });
    return { ...facts, roles: [...known.values()] };
  },
  shown: {
    always: BUILT_IN.map((name) => ({ name })),
    key: ({ name = "" }) => name.toLowerCase(),
    of: (told) => {
      const name = told.at(-1)?.name ?? "";
      return { id: name.toLowerCase(), name, custom: !BUILT_IN.includes(name) };
    },
  },
};
