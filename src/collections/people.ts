import { canonicalEmail } from "../access";
import { personRecord, type PersonRecord } from "../api";
import type { Collection } from "./collection";

/** Everybody in the organization, joined or invited (https://amplitude.com/docs/apis/analytics/scim). */
export const people: Collection<PersonRecord> = {
  family: "scim",
  title: "people",
  row: personRecord,
  // SCIM's id of a person is the e-mail.
  id: ({ email }) => canonicalEmail(email),
  name: ({ email }) => email,
  list: (api, options) => api.people(options),
  one: (api, email, options) => api.person(email, options),
  changedBy: ["invite", "rename_person", "remove_person", "accept", "add_member", "idp_gain", "idp_lose"],
  model: (facts, rows) => ({ ...facts, people: rows }),
  shown: {
    key: ({ email = "" }) => canonicalEmail(email),
    of: ([{ email = "" } = {}]) => ({ email }),
  },
};
