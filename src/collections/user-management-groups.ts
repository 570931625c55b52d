import { listedGroupRecord, type ListedGroup } from "../api";
import type { Collection } from "./collection";

/** Groups as the role API knows them: equal ids prove that the SCIM key is of the same organization. The model knows them from SCIM. */
export const userManagementGroups: Collection<ListedGroup> = {
  family: "user-management",
  title: "group ids",
  row: listedGroupRecord,
  id: ({ id }) => id,
  list: (api) => api.listedGroups(),
  witness: true,
  changedBy: ["create_group", "delete_group"],
};
