import type { StackContent } from "../support/stack-file";

/* What a stack declares, in a word each. */

export type Resources = NonNullable<StackContent["resources"]>;

const local = (text: string): string => text.replace(/\W/g, "_");
export const user = (email: string, more: object = {}): Resources => ({
  [`amplitude_user.${local(email)}`]: { email, ...more },
});
export const users = (emails: readonly string[]): Resources =>
  Object.fromEntries(emails.map((email) => [`amplitude_user.${local(email.toLowerCase())}`, { email }]));
export const group = (name: string, ...members: string[]): Resources => ({
  [`amplitude_group.${local(name)}`]: { name, members },
});
export const idpGroup = (name: string, members: readonly string[], more: object = {}): Resources => ({
  [`amplitude_idp_group.${local(name)}`]: { name, expected_members: members, ...more },
});
const holder = (name: string, type = "amplitude_group"): object =>
  name.includes("@")
    ? { principal_type: "user", principal: name }
    : { principal_type: "group", principal: `\${${type}.${local(name)}.id}` };
export const may = (who: string, role: string, project = "501", type?: string): Resources => ({
  [`amplitude_project_role_assignment.${local(who)}_${project}`]: {
    ...holder(who, type),
    project_id: project,
    role,
  },
});
export const ranks = (email: string, role: string): Resources => ({
  [`amplitude_organization_role.${local(email)}`]: { email, role },
});
