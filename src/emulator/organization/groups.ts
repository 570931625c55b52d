import { record, Refusal, type Act } from "./act";
import { removeAssignment } from "./assignments";
import { revokeModulesOf } from "./modules";
import { canonical, type Group } from "./organization";
import { invite } from "./people";

/** The group of that id; throws Refusal where there is none. */
export function groupOf(act: Act, id: string): Group {
  const group = act.organization.groups.get(id);
  if (group === undefined) throw new Refusal("not-found", `There is no group ${id}.`);
  return group;
}

/** Creates a group. Members whom nobody invited are invited (https://amplitude.com/docs/apis/analytics/scim). */
export function createGroup(act: Act, name: string, members: readonly string[]): Group {
  const { organization } = act;
  refuseTakenName(act, name);
  const group: Group = {
    id: organization.counters.group++,
    name,
    members: new Set(),
    created: act.at,
    lastModified: act.at,
  };
  organization.groups.set(group);
  record(act, {
    domain: "group",
    feature: "group",
    action: "create",
    documented: true,
    target: name,
    properties: { group_id: group.id, from: null, to: name },
  });
  return members.length === 0 ? group : addMembers(act, group, members);
}

/** Gives a group another name. */
export function renameGroup(act: Act, group: Group, name: string): Group {
  if (group.name === name) return group;
  refuseTakenName(act, name);
  const renamed = { ...group, name, lastModified: act.at };
  act.organization.groups.set(renamed);
  record(act, {
    domain: "group",
    feature: "group",
    action: "update",
    documented: false,
    target: name,
    properties: { group_id: group.id, from: group.name, to: name },
  });
  return renamed;
}

/** Deletes a group, its modules and, switch deleting-group-deletes-assignments, its roles on projects. */
export function deleteGroup(act: Act, group: Group): void {
  const { organization } = act;
  const id = String(group.id);
  const assignments = act.switches["deleting-group-deletes-assignments"]
    ? organization.assignmentsOf("group", id)
    : [];
  for (const assignment of assignments) removeAssignment(act, assignment);
  revokeModulesOf(act, "group", id);
  organization.groups.delete(id);
  record(act, {
    domain: "group",
    feature: "group",
    action: "delete",
    documented: false,
    target: group.name,
    properties: { group_id: group.id, from: { name: group.name, members: [...group.members] }, to: null },
  });
}

/** Adds members, inviting whom nobody invited; who is in the group already stays as they are. */
export function addMembers(act: Act, group: Group, emails: readonly string[]): Group {
  const { organization } = act;
  const members = new Set(group.members);
  const added: string[] = [];
  for (const email of emails) {
    if (members.has(canonical(email))) continue;
    if (organization.person(email) === undefined) invite(act, { email });
    members.add(canonical(email));
    added.push(email);
  }
  return changeMembers(act, group, members, "add", added);
}

/** Takes members out of a group; their direct roles stay. */
export function removeMembers(act: Act, group: Group, emails: readonly string[]): Group {
  const members = new Set(group.members);
  const gone = emails.filter((email) => members.delete(canonical(email)));
  return changeMembers(act, group, members, "remove", gone);
}

function changeMembers(
  act: Act,
  group: Group,
  members: ReadonlySet<string>,
  action: "add" | "remove",
  who: readonly string[],
): Group {
  if (who.length === 0) return group;
  const changed = { ...group, members, lastModified: act.at };
  act.organization.groups.set(changed);
  for (const email of who) {
    const user = act.organization.person(email)?.email ?? email;
    record(act, {
      domain: "group",
      feature: "member",
      action,
      documented: true,
      target: group.name,
      properties: {
        group_id: group.id,
        user,
        from: action === "add" ? null : user,
        to: action === "add" ? user : null,
      },
    });
  }
  return changed;
}

function refuseTakenName(act: Act, name: string): void {
  const rule = act.switches["scim-duplicate-group"];
  if (rule === "allowed" || act.organization.groupNamed(name) === undefined) return;
  throw new Refusal("conflict", `There is a group named ${name} already.`, Number(rule));
}
