import { stringify } from "yaml";
import type { Effect, GrantHolder, Organization } from "../access";
import type { LiveStep } from "../reconcile";
import { holderName, membersIn, projectName, roleOf, variable } from "./adoption";

/**
 * The same as `adoptionOf` for an engagement's file: a line of YAML for each effect, to be merged into the maps that are there. Projects go by the
 * names that the stack gives them, which are made up here. What is not of an engagement's file is a comment that says so.
 */
export function yamlAdoptionOf({ effects }: Pick<LiveStep, "effects">, live: Organization): string[] {
  return [...new Set(effects.flatMap((effect) => lineOf(effect, live)))];
}

/** A person who is let be. */
export const yamlPerson = (email: string): string => line({ people: { [email]: {} } });

/** A group as it is. */
export function yamlGroup(name: string, live: Organization): string {
  return line({ groups: { [name]: { members: membersIn(live, { name }) } } });
}

function lineOf(effect: Effect, live: Organization): string[] {
  switch (effect.type) {
    case "add_member":
    case "remove_member":
    case "delete_group":
    case "rename_group": {
      const { group } = effect;
      return [line({ groups: { [group.name]: { members: membersIn(live, group) } } })];
    }
    case "idp_gain":
    case "idp_lose": {
      const { group } = effect;
      return [line({ groups: { [group.name]: { from: "idp", expects: membersIn(live, group) } } })];
    }
    case "grant":
    case "revoke": {
      const project = variable(projectName(effect.projectId, live));
      const role = roleOf(effect, live);
      if (role === undefined)
        return [`# Take out what gives ${holderName(effect.principal)} a role on ${project}.`];
      if (role.custom) return [`# ${role.name} is a role of your own: declare it in TypeScript.`];
      return [held(effect.principal, { may: { [project]: role.name.toLowerCase() } })];
    }
    case "grant_module":
      return [`# Take out what gives ${holderName(effect.principal)} ${effect.module}.`];
    case "revoke_module": {
      const project = variable(projectName(effect.projectId, live));
      return [held(effect.principal, { modules: { [project]: [effect.module] } })];
    }
    case "invite":
      return [`# Take out ${effect.email}, or put them into left.`];
    case "remove_person":
      return [yamlPerson(effect.email)];
    case "create_group":
      return [`# Take out the group ${effect.name}.`];
    case "set_organization_role":
    case "setting":
      return ["# Not of an engagement's file: declare it in TypeScript."];
    case "accept":
    case "rename_person":
    case "create_project":
    case "rename_project":
    case "archive_project":
    case "restore_project":
    case "create_key":
    case "delete_key":
    case "hand_over_key":
      return [];
  }
}

function held(holder: GrantHolder, holdings: object): string {
  return line({ [holder.type === "user" ? "people" : "groups"]: { [holderName(holder)]: holdings } });
}

const line = (content: object): string =>
  stringify(content, { collectionStyle: "flow", lineWidth: 0 }).trim();
