import {
  canonicalEmails,
  organizationOf,
  type Grant,
  type Group,
  type ModuleGrant,
  type OrganizationFacts,
  type Person,
} from "../../src/access";

/** A small organization in which situations are told; whatever a situation needs otherwise replaces a list. */
export const roles = [
  { id: "r-viewer", name: "Viewer", custom: false },
  { id: "r-member", name: "Member", custom: false },
  { id: "r-manager", name: "Manager", custom: false },
  { id: "r-admin", name: "Admin", custom: false },
  { id: "r-steward", name: "Data steward", custom: true },
  { id: "r-partner", name: "Partner", custom: true },
];

export const projects = [
  { id: "101", name: "Client Production" },
  { id: "102", name: "Client Staging" },
];

export function person(email: string, organizationRole?: string): Person {
  return { email, ...(organizationRole === undefined ? {} : { organizationRole }) };
}

export function group(id: string, name: string, members: string[], writer: Group["writer"] = "us"): Group {
  return { id, name, members: canonicalEmails(members), writer };
}

/** `direct("ana@nova.agency", "101", "r-member")` */
export function direct(email: string, projectId: string, roleId: string): Grant {
  return { id: `${email}/${projectId}`, principal: { type: "user", id: email }, projectId, roleId };
}

/** `toGroup("7", "101", "r-member")` */
export function toGroup(groupId: string, projectId: string, roleId: string): Grant {
  return { id: `${groupId}/${projectId}`, principal: { type: "group", id: groupId }, projectId, roleId };
}

/** `moduleOfPerson("ana@nova.agency", "101", "govern_consumer")` */
export function moduleOfPerson(email: string, projectId: string, name: string): ModuleGrant {
  return {
    id: `${email}/${projectId}/${name}`,
    principal: { type: "user", id: email },
    projectId,
    module: name,
  };
}

/** `moduleOfGroup("7", "101", "govern_consumer")` */
export function moduleOfGroup(groupId: string, projectId: string, name: string): ModuleGrant {
  return {
    id: `${groupId}/${projectId}/${name}`,
    principal: { type: "group", id: groupId },
    projectId,
    module: name,
  };
}

export function acme(facts: OrganizationFacts = {}) {
  return organizationOf({
    roles,
    projects,
    people: [person("ana@nova.agency"), person("jo@nova.agency")],
    ...facts,
  });
}
