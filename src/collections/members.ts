import { canonicalEmail } from "../access";
import { memberRecord, type MemberRecord } from "../api";
import type { Collection } from "./collection";

/** Everybody's role in the organization, and whether they have accepted (playbook). No documented API lists them. */
export const members: Collection<MemberRecord> = {
  family: "management",
  title: "members",
  row: memberRecord,
  id: ({ email }) => canonicalEmail(email),
  name: ({ email }) => email,
  list: (api) => api.members(),
  one: (api, email) => api.member(email),
  changedBy: ["invite", "accept", "remove_person", "set_organization_role"],
  model(facts, rows) {
    if (rows.length === 0 || facts.people === undefined) return facts;
    const known = new Map(rows.map((member) => [canonicalEmail(member.email), member]));
    const people = facts.people.map((person) => {
      const member = known.get(canonicalEmail(person.email));
      return member === undefined
        ? person
        : { ...person, organizationRole: member.role, accepted: member.status === "joined" };
    });
    return { ...facts, people };
  },
  shown: {
    key: ({ email = "" }) => canonicalEmail(email),
    of: (told) => Object.assign({ status: "joined" }, ...told) as MemberRecord,
  },
  refers: ({ email }) => ({ people: email === undefined ? [] : [email] }),
};
