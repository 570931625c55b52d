import type { OrganizationRole, PersonState } from "../seed/schema";
import { concernsAdmin, record, Refusal, type Act } from "./act";
import { canonical } from "./organization";
import { removeAssignment } from "./assignments";
import { revokeModulesOf } from "./modules";

const LOGIN = { domain: "auth", feature: "auth", action: "login", documented: true };

/** A person to invite. */
export interface Invitation {
  readonly email: string;
  readonly givenName?: string;
  readonly familyName?: string;
  readonly organizationRole?: OrganizationRole;
}

/**
 * Invites somebody. Throws Refusal when they are there or invited already
 * (https://amplitude.com/docs/apis/analytics/scim) or, with switch scim-reinvite-after-removal off, were removed before.
 */
export function invite(act: Act, invitation: Invitation): PersonState {
  const { organization, switches } = act;
  const key = canonical(invitation.email);
  if (organization.people.has(key)) {
    throw new Refusal("conflict", `${invitation.email} is in the organization or has a pending invitation.`);
  }
  if (!switches["scim-reinvite-after-removal"] && organization.removed.has(key)) {
    throw new Refusal("conflict", `${invitation.email} was removed and cannot be invited again.`);
  }
  const person: PersonState = {
    ...invitation,
    email: invitation.email.trim(),
    status: "pending",
    organizationRole: invitation.organizationRole ?? switches["scim-invited-organization-role"],
  };
  organization.people.set(person);
  organization.removed.delete(key);
  record(act, {
    domain: "user",
    feature: "user",
    action: "invite",
    documented: true,
    target: person.email,
    properties: { to: person.organizationRole },
  });
  return person;
}

/** The person of that e-mail; throws Refusal where there is none. */
export function personOf(act: Act, email: string): PersonState {
  const person = act.organization.person(email);
  if (person === undefined) throw new Refusal("not-found", `${email} is not in the organization.`);
  return person;
}

/**
 * Removes somebody, or revokes their invitation: they leave every group and, switch
 * removing-person-deletes-assignments, lose their direct roles. Their modules go with them.
 */
export function removePerson(act: Act, email: string): void {
  const { organization } = act;
  const person = personOf(act, email);
  const key = canonical(email);
  keepAnAdmin(act, person);
  const groups = organization.groupsOf(email);
  for (const group of groups) {
    const members = new Set(group.members);
    members.delete(key);
    organization.groups.set({ ...group, members, lastModified: act.at });
  }
  const assignments = act.switches["removing-person-deletes-assignments"]
    ? organization.assignmentsOf("user", key)
    : [];
  for (const assignment of assignments) removeAssignment(act, assignment);
  revokeModulesOf(act, "user", key);
  organization.people.delete(key);
  organization.removed.add(key);
  record(act, {
    domain: "user",
    feature: "user",
    action: "delete",
    documented: true,
    target: person.email,
    properties: {
      from: {
        status: person.status,
        organization_role: person.organizationRole,
        groups: groups.map((group) => group.name),
      },
      to: null,
    },
  });
}

/** Changes the names of somebody. */
export function renamePerson(
  act: Act,
  email: string,
  names: Pick<PersonState, "givenName" | "familyName">,
): PersonState {
  const person = personOf(act, email);
  const renamed = { ...person, ...names };
  if (renamed.givenName === person.givenName && renamed.familyName === person.familyName) return person;
  act.organization.people.set(renamed);
  record(act, {
    domain: "user",
    feature: "user",
    action: "update",
    documented: false,
    target: person.email,
    properties: { from: displayName(person), to: displayName(renamed) },
  });
  return renamed;
}

/** Gives somebody an organization role. */
export function setOrganizationRole(act: Act, email: string, role: OrganizationRole): void {
  const person = personOf(act, email);
  if (person.organizationRole === role) return;
  if (role !== "owner" && role !== "admin") keepAnAdmin(act, person);
  act.organization.people.set({ ...person, organizationRole: role });
  record(act, {
    domain: "user",
    feature: "role",
    action: "update",
    documented: concernsAdmin(person.organizationRole, role),
    target: person.email,
    properties: { from: person.organizationRole, to: role },
  });
}

/** Somebody accepts their invitation. */
export function acceptInvitation(
  act: Act,
  email: string,
  names: Pick<PersonState, "givenName" | "familyName">,
): void {
  const person = personOf(act, email);
  if (person.status === "joined") throw new Refusal("conflict", `${person.email} has already joined.`);
  act.organization.people.set({ ...person, ...names, status: "joined" });
  record(act, {
    domain: "auth",
    feature: "invitation",
    action: "accept",
    documented: true,
    target: person.email,
    properties: { from: "pending", to: "joined" },
  });
}

/**
 * Somebody logs in, or tries to: of an act that failed the log says why (https://amplitude.com/docs/admin/audit-log). Whom nobody invited is let in where JIT provisioning is on
 * (https://amplitude.com/docs/admin/single-sign-on/sso), else refused.
 */
export function login(act: Act, email: string, fails?: string): void {
  const { organization } = act;
  if (fails !== undefined) {
    record(act, { ...LOGIN, target: email, error: fails });
    return;
  }
  const known = organization.person(email);
  const role = organization.settings.jitDefaultRole;
  if (known === undefined && role === null)
    throw new Refusal("not-found", `${email} is not in the organization.`);
  const person: PersonState = known ?? { email, status: "joined", organizationRole: role ?? "viewer" };
  if (known === undefined) {
    record(act, {
      domain: "user",
      feature: "user",
      action: "create",
      documented: true,
      target: email,
      properties: { to: person.organizationRole, via: "jit" },
    });
  }
  organization.people.set({ ...person, status: "joined", lastLogin: act.at });
  record(act, { ...LOGIN, target: person.email });
}

function displayName(person: PersonState): string {
  return [person.givenName, person.familyName].filter((part) => part !== undefined).join(" ");
}

// At least one Admin is required, and the only one's role cannot be changed:
// https://amplitude.com/docs/admin/account-management/manage-users. Whether the APIs hold to it is a switch.
function keepAnAdmin(act: Act, person: PersonState): void {
  const isAdmin = (other: PersonState): boolean =>
    other.organizationRole === "owner" || other.organizationRole === "admin";
  if (!act.switches["last-admin-protected"] || !isAdmin(person)) return;
  const others = act.organization.people.list().some(({ value }) => value !== person && isAdmin(value));
  if (!others)
    throw new Refusal("forbidden", `${person.email} is the organization's only administrator.`, 403);
}
