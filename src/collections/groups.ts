import { canonicalEmails, isAddress } from "../access";
import { groupRecord, type GroupRecord } from "../api";
import { canonicalName } from "../schema";
import { writerOf, type Collection } from "./collection";

/** Permission groups with their members (https://amplitude.com/docs/apis/analytics/scim). */
export const groups: Collection<GroupRecord> = {
  family: "scim",
  title: "groups",
  row: groupRecord,
  id: ({ id }) => id,
  name: ({ name }) => name,
  list: (api, options) => api.groups(options),
  one: (api, id, options) => api.group(id, options),
  changedBy: [
    "create_group",
    "rename_group",
    "delete_group",
    "add_member",
    "remove_member",
    "idp_gain",
    "idp_lose",
    "remove_person",
  ],
  model: (facts, rows, declared) => ({
    ...facts,
    groups: rows.map(({ id, members, ...row }) => {
      const name = canonicalName(row.name);
      // What is no address is nobody: the lists are held against each other, and say so.
      return {
        id,
        name,
        members: canonicalEmails(members.filter(isAddress)),
        writer: writerOf(declared, { id, name }),
      };
    }),
  }),
  shown: {
    key: ({ id = "" }) => id,
    of: (told) => {
      const [{ id = "" } = {}] = told;
      const name = told.findLast((row) => row.name !== undefined)?.name ?? id;
      return { id, name, members: [...new Set(told.flatMap(({ members = [] }) => members))] };
    },
  },
  refers: ({ members = [] }) => ({ people: members }),
};
