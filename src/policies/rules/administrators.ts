import {
  canonicalEmail,
  compareOrganizationRoles,
  organizationRoleName,
  organizationRoleNamed,
  type Person,
} from "../../access";
import { defineRule, type Unchecked, type View } from "../rule";

/** People with at least that organization role, where roles can be read. */
function peopleWith(view: View, role: "admin" | "owner"): Person[] {
  return [...view.organization.people()].filter(({ organizationRole }) => {
    const known = organizationRole === undefined ? undefined : organizationRoleNamed(organizationRole);
    return known !== undefined && compareOrganizationRoles(known, role) >= 0;
  });
}

const readsRoles = (view: View): boolean => view.circumstances.readsOrganizationRoles;

const NOT_READABLE = "organization roles cannot be read";
const DECLARED: Unchecked = { judged: "in part", why: `${NOT_READABLE}, only \`admins\` of the stack` };

export const collaboratorOrganizationAdmin = defineRule({
  name: "collaborator-organization-admin",
  level: "deny",
  description: "A collaborator who is owner or admin of the organization.",
  source:
    "Common over-provisioning mistakes: granting Org Admin when the collaborator only needs Project Admin",
  parameters: {},
  unchecked: (view) => (readsRoles(view) ? undefined : DECLARED),
  person({ email, access, collaborator, isServiceAccount }, { circumstances }) {
    if (collaborator === undefined) return [];
    const role = access.organizationRole;
    const held = role === "owner" || role === "admin" ? organizationRoleName(role) : undefined;
    const declared = circumstances.admins.includes(email);
    if (held === undefined && !declared) return [];
    const who = isServiceAccount ? "A collaborator's service account" : "A collaborator";
    return [
      {
        subject: email,
        path: `${email}: ${held === undefined ? "named in `admins`" : `organization ${held}`}`,
        people: [email],
        reason: `${who} administers the organization and reaches every project.`,
        fix: "Make them Member of the organization, and grant Admin on the projects that the statement of work names.",
      },
    ];
  },
});

export const tooManyOwners = defineRule({
  name: "too-many-owners",
  level: "warn",
  description: "More owners of the organization than the limit.",
  source: "Use Org Owner for: limit to 1-2 people maximum",
  parameters: { limit: { value: 2, description: "As many owners are fine." } },
  unchecked: (view) => (readsRoles(view) ? undefined : { judged: "not", why: NOT_READABLE }),
  organization(view, { limit }) {
    const owners = peopleWith(view, "owner")
      .map(({ email }) => canonicalEmail(email))
      .sort();
    if (owners.length <= limit) return [];
    return [
      {
        subject: "organization",
        path: `organization: Owner ${owners.join(", ")}`,
        people: owners,
        reason: `${owners.length} people own the organization, and ${limit} are the most.`,
        fix: "Make the others Admin; who pays the invoices and who answers for the account stay Owner.",
      },
    ];
  },
});

export const tooFewClientAdmins = defineRule({
  name: "too-few-client-admins",
  level: "deny",
  description: "Fewer administrators among the client's own people than the minimum.",
  source: "Roles to Maintain: keep at least two client admins",
  parameters: {
    minimum: { value: 2, description: "As many owners and admins who are no collaborators must remain." },
  },
  unchecked(view) {
    if (readsRoles(view)) return undefined;
    return view.circumstances.admins.length > 0
      ? DECLARED
      : { judged: "not", why: `${NOT_READABLE}, and the stack names no \`admins\`` };
  },
  organization(view, { minimum }) {
    const { circumstances } = view;
    if (!readsRoles(view) && circumstances.admins.length === 0) return [];
    const named = readsRoles(view)
      ? peopleWith(view, "admin").map(({ email }) => email)
      : circumstances.admins;
    const own = named.filter(
      (email) => circumstances.collaborator(email) === undefined && !circumstances.isServiceAccount(email),
    );
    if (own.length >= minimum) return [];
    return [
      {
        subject: "organization",
        path: `organization: ${own.length === 0 ? "no client admin" : `Admin ${own.join(", ")}`}`,
        people: own.map(canonicalEmail),
        reason: `${own.length} of the client's own people administer the organization, and ${minimum} are the least.`,
        fix: "Make another of the client's people Admin first.",
      },
    ];
  },
});
