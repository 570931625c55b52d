import type { Seed } from "../../src/emulator";
import { today } from "../support/organization";
import { IDP_GROUP, LAB, LAB_ID, PRIYA, projectIds, TOM, VISITORS, type Side, type World } from "./world";

/** What the identity provider has. */
export function providerOf({ deprovisions, mapped }: World, members: readonly string[]) {
  return {
    name: "okta",
    deprovisions,
    groups: [
      {
        name: IDP_GROUP,
        members: [...members],
        ...(mapped === undefined ? {} : { mapping: { projectRoles: { App: mapped } } }),
      },
    ],
  };
}

/** An organization that is as a side says. */
export function seedOf(world: World, { present, groups, grants, admins, modules, lab, keys }: Side): Seed {
  const names = Object.keys(groups);
  // What a mapping has set stays when the identity provider takes somebody out.
  const earlier = present === world.after.present ? (world.before.groups[IDP_GROUP] ?? []) : [];
  const mapped = [...new Set([...(groups[IDP_GROUP] ?? []), ...earlier])].flatMap((email) =>
    world.mapped === undefined || !present.includes(email) || grants[`${email} App`] !== undefined
      ? []
      : [[`${email} App`, world.mapped] as const],
  );
  const ids: Readonly<Record<string, number>> = { ...projectIds, [LAB]: LAB_ID };
  const visited = world.visited && world.before.lab !== "absent";
  return {
    format: "amplitude-emulator/1",
    organization: { id: 7, name: "Acme" },
    clock: today,
    people: [
      { email: TOM, organizationRole: "owner" },
      ...[PRIYA, ...present, ...(visited ? [VISITORS.member] : [])].map((email) => ({
        email,
        organizationRole: admins.includes(email) ? ("admin" as const) : ("member" as const),
      })),
    ],
    groups: [
      ...names.map((name, index) => ({ id: 601 + index, name, members: [...(groups[name] ?? [])] })),
      ...(visited ? [{ id: 699, name: VISITORS.name, members: [VISITORS.member] }] : []),
    ],
    projects: [
      ...Object.entries(projectIds).map(([name, id]) => ({ id, name, addOns: ["govern" as const] })),
      ...(lab === "absent" ? [] : [{ id: LAB_ID, name: LAB, archived: lab === "archived" }]),
    ],
    settings: { ssoEnforced: world.sso && present === world.after.present },
    modules: modules.map((holder) => ({
      principalType: holder.includes("@") ? ("user" as const) : ("group" as const),
      principal: holder.includes("@") ? holder : 601 + names.indexOf(holder),
      project: projectIds.Web,
      module: "govern_data_manager" as const,
    })),
    apiKeys: Object.entries(keys).map(([label, generation]) => ({
      id: `key-${label}`,
      label: liveLabel(label, generation),
      scope: "secret" as const,
      projectId: projectIds.Web,
    })),
    roles: [{ id: "7f0c5f4e-3b0a-4c57-9d55-0a5a0a9e7c00", name: "Auditor" }],
    assignments: [
      ...[...mapped, ...Object.entries(grants)].map(([place, name]) => {
        const [principal = "", project = ""] = place.split(" ");
        const principalType = principal.includes("@") ? ("user" as const) : ("group" as const);
        return { principalType, principal, project: ids[project] ?? 0, role: name };
      }),
      ...(visited
        ? [{ principalType: "group" as const, principal: VISITORS.name, project: LAB_ID, role: "Viewer" }]
        : []),
    ],
    identityProvider: providerOf(world, groups[IDP_GROUP] ?? []),
    switches: { management: "served" },
  };
}

/** As Amplitude shows a generation. */
export const liveLabel = (label: string, generation: number): string =>
  generation === 1 ? label : `${label} #${generation}`;
