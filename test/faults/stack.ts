import type { StackContent } from "../support/stack-file";
import { ANA, IDP_GROUP, LAB, PRIYA, projectIds, TOM, type Side, type World } from "./world";

/** A stack that says what a side says. */
export function stackOf(world: World, side: Side, goes: readonly string[] = []): StackContent[] {
  const { present, groups, grants, admins, modules, lab, keys } = side;
  const resources: Record<string, Record<string, unknown>> = {};
  const others: Record<string, Record<string, unknown>> = {};
  const isEnd = present === world.after.present;
  if (world.sso) others["amplitude_organization.acme"] = { org_id: "7", sso_enforced: isEnd };
  const local = (text: string): string => text.replace(/\W/g, "_");
  for (const email of present) others[`amplitude_user.${local(email)}`] = { email };
  for (const email of world.leaverLines ? goes : [])
    others[`amplitude_leaver.${local(email)}`] = { email, left_on: "2026-11-20" };
  for (const [name, members] of Object.entries(groups))
    resources[`${typeOf(name)}.${local(name)}`] =
      name === IDP_GROUP
        ? {
            name,
            expected_members: members,
            deprovisions: world.deprovisions,
            ...(world.mapped === undefined ? {} : { maps_project_roles: { App: world.mapped } }),
          }
        : { name, members };
  const ended = Object.entries(isEnd && world.ends ? world.before.grants : {}).filter(
    ([place]) => grants[place] === undefined && place.split(" ").every((name) => isHere(name, side)),
  );
  for (const [place, name] of [...Object.entries(grants), ...ended]) {
    const [holder = "", project = ""] = place.split(" ");
    const isPerson = holder.includes("@");
    resources[`amplitude_project_role_assignment.${local(place)}`] = {
      principal_type: isPerson ? "user" : "group",
      principal: isPerson ? holder : `\${${typeOf(holder)}.${local(holder)}.id}`,
      project_id: idOf(project),
      role: name,
      ...(grants[place] === undefined ? { expires_at: "2026-11-22" } : {}),
    };
  }
  for (const holder of modules) {
    const isPerson = holder.includes("@");
    resources[`amplitude_module_grant.${local(holder)}`] = {
      principal_type: isPerson ? "user" : "group",
      principal: isPerson ? holder : `\${${typeOf(holder)}.${local(holder)}.id}`,
      project_id: idOf("Web"),
      module: "govern_data_manager",
    };
  }
  if (lab === "open") resources[`amplitude_project.${LAB}`] = { name: LAB, deletion_protection: false };
  for (const [label, generation] of Object.entries(keys))
    resources[`amplitude_api_key.${label}`] = {
      key_type: "secret",
      project_id: idOf("Web"),
      label,
      generation,
      known_to: world.knowers,
    };
  const ranked = [
    PRIYA,
    ...(world.before.present.includes(ANA) && world.after.present.includes(ANA) ? [ANA] : []),
  ];
  for (const email of ranked)
    others[`amplitude_organization_role.${local(email)}`] = {
      email,
      role: admins.includes(email) ? "admin" : "member",
    };
  const { minimum, maximumRemovals, maximumInvitations } = world;
  const provider = {
    break_glass: [TOM],
    minimum_admins: minimum,
    ...(maximumRemovals === undefined ? {} : { maximum_removals: maximumRemovals }),
    ...(maximumInvitations === undefined ? {} : { maximum_invitations: maximumInvitations }),
  };
  return world.apart
    ? [
        { provider, resources },
        { name: "people", provider, resources: others },
      ]
    : [{ provider, resources: { ...others, ...resources } }];
}

const isHere = (name: string, { present, groups, lab }: Side): boolean =>
  present.includes(name) ||
  groups[name] !== undefined ||
  name in projectIds ||
  (name === LAB && lab === "open");

const idOf = (project: string): string =>
  project === LAB
    ? `\${amplitude_project.${LAB}.id}`
    : String(projectIds[project as keyof typeof projectIds]);

const typeOf = (group: string): string => (group === IDP_GROUP ? "amplitude_idp_group" : "amplitude_group");
