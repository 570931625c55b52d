import { Refusal, type Act } from "../organization/act";
import { createApiKey, deleteApiKey } from "../organization/api-keys";
import { grant, removeAssignment, type Place } from "../organization/assignments";
import {
  addMembers,
  createGroup,
  deleteGroup,
  groupOf,
  removeMembers,
  renameGroup,
} from "../organization/groups";
import { grantModule, revokeModule } from "../organization/modules";
import { canonical, type Group } from "../organization/organization";
import {
  acceptInvitation,
  invite,
  login,
  personOf,
  removePerson,
  setOrganizationRole,
} from "../organization/people";
import { changeProject } from "../organization/projects";
import { changeProperty } from "../organization/properties";
import { changeScim, changeSecurity, changeSso, exportData } from "../organization/settings";
import type { ApiKeyState } from "../seed/schema";
import type { UiChange } from "./ui-request";

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
      login(act, done.email ?? act.actor.name, done.fails);
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
      return { apiKey: createApiKey(act, { label: done.label, scope: done.scope, projectId }).key.id };
    }
    case "delete_api_key":
      deleteApiKey(act, apiKey(act, done.key).id);
      return {};
    case "grant_module":
      return { moduleGrant: grantModule(act, { ...place(act, done), module: done.module }).id };
    case "revoke_module": {
      const held = act.organization.moduleAt({ ...place(act, done), module: done.module });
      if (held === undefined) throw new Refusal("not-found", "There is no such module grant.");
      revokeModule(act, held.id);
      return {};
    }
    case "change_property": {
      const which = { project: project(act, done.project), type: done.propertyType, name: done.property };
      changeProperty(act, which, {
        ...(done.hidden === undefined ? {} : { hidden: done.hidden }),
        ...(done.classifications === undefined ? {} : { classifications: done.classifications }),
      });
      return {};
    }
    case "archive_project":
      changeProject(act, project(act, done.project), { archived: done.archived });
      return {};
    case "change_settings":
      changeSecurity(act, {
        ...(done.mfaRequired === undefined ? {} : { mfaRequired: done.mfaRequired }),
        ...(done.ipAllowlist === undefined ? {} : { ipAllowlist: done.ipAllowlist }),
      });
      return {};
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

function apiKey(act: Act, idOrLabel: string): ApiKeyState {
  const { apiKeys } = act.organization;
  const byId = apiKeys.get(idOrLabel);
  const labelled = apiKeys.values().filter((key) => key.label === idOrLabel);
  if (byId === undefined && labelled.length > 1)
    throw new Refusal("conflict", `${idOrLabel} labels several API keys: use an id.`);
  const found = byId ?? labelled[0];
  if (found === undefined) throw new Refusal("not-found", `There is no API key ${idOrLabel}.`);
  return found;
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
