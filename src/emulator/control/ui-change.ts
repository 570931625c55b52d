import { z } from "zod";
import { Refusal, type Act } from "../organization/act";
import { grant, removeAssignment, type Place } from "../organization/assignments";
import {
  addMembers,
  createGroup,
  deleteGroup,
  groupOf,
  removeMembers,
  renameGroup,
} from "../organization/groups";
import { canonical, type Group } from "../organization/organization";
import {
  acceptInvitation,
  invite,
  login,
  personOf,
  removePerson,
  setOrganizationRole,
} from "../organization/people";
import { changeScim, changeSso, createApiKey, exportData } from "../organization/settings";
import { organizationRoles } from "../seed/schema";

const email = z.string().regex(/^[^\s@"]+@[^\s@"]+\.[^\s@"]+$/, "not an e-mail address");
const named = z.union([z.string().min(1), z.int().min(1)]);
const organizationRole = z.enum(organizationRoles);
const names = { givenName: z.string().min(1).optional(), familyName: z.string().min(1).optional() };
const principal = { person: email.optional(), group: named.optional() };

const change = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("invite"),
    email,
    ...names,
    organizationRole: organizationRole.optional(),
  }),
  z.strictObject({ type: z.literal("remove_person"), email }),
  z.strictObject({ type: z.literal("accept_invitation"), email: email.optional(), ...names }),
  z.strictObject({ type: z.literal("login"), email: email.optional() }),
  z.strictObject({ type: z.literal("set_organization_role"), email, role: organizationRole }),
  z.strictObject({
    type: z.literal("create_group"),
    name: z.string().min(1),
    members: z.array(email).default([]),
  }),
  z.strictObject({ type: z.literal("rename_group"), group: named, name: z.string().min(1) }),
  z.strictObject({ type: z.literal("delete_group"), group: named }),
  z.strictObject({ type: z.literal("add_member"), group: named, email }),
  z.strictObject({ type: z.literal("remove_member"), group: named, email }),
  z.strictObject({ type: z.literal("grant"), ...principal, project: named, role: z.string().min(1) }),
  z.strictObject({ type: z.literal("revoke"), ...principal, project: named }),
  z.strictObject({
    type: z.literal("create_api_key"),
    label: z.string().min(1),
    scope: z.enum(["project", "organization", "secret"]).default("project"),
    project: named.optional(),
  }),
  z.strictObject({
    type: z.literal("change_sso"),
    enforced: z.boolean().optional(),
    jitDefaultRole: organizationRole.nullable().optional(),
  }),
  z.strictObject({
    type: z.literal("change_scim"),
    enabled: z.boolean().optional(),
    regenerateKey: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal("export"), project: named, what: z.string().default("events") }),
]);

/** What a person can do in Amplitude's own pages, and who it is. */
export const uiRequest = z.strictObject({ actor: email, change });

/** One thing done in Amplitude's own pages. */
export type UiChange = z.output<typeof change>;

/** Does it, in the name of the act's actor. Throws Refusal; answers what the page would show, if anything. */
export function applyUiChange(act: Act, done: UiChange): object {
  switch (done.type) {
    case "invite": {
      const { type: _type, ...invitation } = done;
      invite(act, invitation);
      return {};
    }
    case "remove_person":
      removePerson(act, done.email);
      return {};
    case "accept_invitation": {
      const { type: _type, email: whose, ...given } = done;
      acceptInvitation(act, whose ?? act.actor.name, given);
      return {};
    }
    case "login":
      login(act, done.email ?? act.actor.name);
      return {};
    case "set_organization_role":
      setOrganizationRole(act, done.email, done.role);
      return {};
    case "create_group":
      return { group: createGroup(act, done.name, done.members).id };
    case "rename_group":
      renameGroup(act, group(act, done.group), done.name);
      return {};
    case "delete_group":
      deleteGroup(act, group(act, done.group));
      return {};
    case "add_member":
      addMembers(act, group(act, done.group), [done.email]);
      return {};
    case "remove_member":
      removeMembers(act, group(act, done.group), [done.email]);
      return {};
    case "grant": {
      const role = act.organization.role(done.role);
      if (role === undefined) throw new Refusal("not-found", `There is no role ${done.role}.`);
      return { assignment: grant(act, place(act, done), role).id };
    }
    case "revoke": {
      const assignment = act.organization.assignmentAt(place(act, done));
      if (assignment === undefined) throw new Refusal("not-found", "There is no such assignment.");
      removeAssignment(act, assignment);
      return {};
    }
    case "create_api_key": {
      const projectId = done.project === undefined ? null : project(act, done.project);
      return { apiKey: createApiKey(act, done.label, done.scope, projectId).id };
    }
    case "change_sso":
      changeSso(act, {
        ...(done.enforced === undefined ? {} : { ssoEnforced: done.enforced }),
        ...(done.jitDefaultRole === undefined ? {} : { jitDefaultRole: done.jitDefaultRole }),
      });
      return {};
    case "change_scim":
      return { scimKey: changeScim(act, done) };
    case "export":
      exportData(act, project(act, done.project), done.what);
      return {};
  }
}

function group(act: Act, idOrName: string | number): Group {
  const byName = typeof idOrName === "string" ? act.organization.groupNamed(idOrName) : undefined;
  return byName ?? groupOf(act, String(idOrName));
}

function project(act: Act, idOrName: string | number): number {
  const byName = typeof idOrName === "string" ? act.organization.projectNamed(idOrName) : undefined;
  const found = byName ?? act.organization.projects.get(String(idOrName));
  if (found === undefined) throw new Refusal("not-found", `There is no project ${idOrName}.`);
  return found.id;
}

function place(
  act: Act,
  done: { person?: string | undefined; group?: string | number | undefined; project: string | number },
): Place {
  const projectId = project(act, done.project);
  if (done.person !== undefined && done.group === undefined) {
    const person = personOf(act, done.person);
    return { principalType: "user", principal: canonical(person.email), project: projectId };
  }
  if (done.group !== undefined && done.person === undefined) {
    return { principalType: "group", principal: String(group(act, done.group).id), project: projectId };
  }
  throw new Refusal("invalid", "Name a person or a group, one of the two.");
}
