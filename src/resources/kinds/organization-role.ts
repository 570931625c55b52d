import { canonicalEmail, compareOrganizationRoles, organizationRoles } from "../../access";
import { computed, email, oneOf, required, string, type StateOf } from "../../schema";
import { engagement, expiresAt, status } from "../attributes";
import { defineKind } from "../kind";
import { changeOrganizationRole } from "../operations/organization";

const attributes = {
  id: computed(string, "The e-mail, in lower case."),
  email: required(email, "E-mail address of the person.", { requiresReplace: true }),
  role: required(oneOf(organizationRoles), "Role in the organization as a whole."),
  expires_at: expiresAt,
  engagement,
  status,
};

/** What everybody has who has nothing else (playbook: "Ideal default role for collaborators"). */
const DEFAULT_ROLE = "member";

/** The role of a person in the organization as a whole. By hand on Amplitude today. */
export const organizationRole = defineKind({
  type: "amplitude_organization_role",
  description:
    "The role of a person in the organization as a whole. By hand on Amplitude today: no documented API reads or writes it. Taken away, it becomes Member.",
  attributes,
  key: ["email"],
  family: "management",
  reads: ["people", "members"],
  nature: "given",
  can: { create: true, update: true, delete: true },
  find(live, config) {
    const person = live.person(config.email);
    const role = organizationRoles.find((known) => known === person?.organizationRole);
    if (person === undefined || role === undefined) return undefined;
    const found: StateOf<typeof attributes> = { id: canonicalEmail(config.email), email: person.email, role };
    return found;
  },
  // Everybody has one: whoever is there and is in no list of roles, or has a role of an unknown name, has one that is not known.
  isTold(live, config) {
    const person = live.person(config.email);
    return person === undefined || organizationRoles.some((known) => known === person.organizationRole);
  },
  rows: (config) => [{ collection: "people", key: canonicalEmail(config.email) }, { collection: "members" }],
  // Everybody has one; only those that somebody declares are ours.
  list: () => [],
  *around(live) {
    for (const { email: address, organizationRole: shown } of live.people()) {
      const role = organizationRoles.find((known) => known === shown);
      if (role !== undefined && compareOrganizationRoles(role, DEFAULT_ROLE) > 0)
        yield { id: canonicalEmail(address), email: address, role };
    }
  },
  reachesAll: ({ role }) => role === "owner" || role === "admin",
  shows: ({ email: address, role }) =>
    address === undefined || role === undefined ? {} : { members: [{ email: address, role }] },
  id: (found) => found.id,
  label: (config) => `organization role of ${config.email}`,
  names: (config) => ({ present: [config.email], absent: [] }),
  steps({ action, prior, config }) {
    const address = config?.email ?? prior?.email ?? "";
    const role = action === "delete" ? DEFAULT_ROLE : config?.role;
    if (role === undefined || role === prior?.role) return [];
    return [changeOrganizationRole.draft({ email: address, role }, { from: prior?.role })];
  },
  example: { create: { email: "tyra@nova.agency", role: "manager" }, update: { role: "admin" } },
});
