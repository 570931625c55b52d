import { canonicalEmail, type Group } from "../../access";
import {
  bool,
  computed,
  email,
  mapOf,
  name,
  oneOf,
  optional,
  problem,
  required,
  setOf,
  type StateOf,
} from "../../schema";
import { engagement, id, timeouts } from "../attributes";
import { defineKind } from "../kind";
import { idpGain, idpGroup as idpGroupStep, idpLose } from "../operations/group";
import { groupNamed } from "../references";

const attributes = {
  id,
  name: required(name, "Name, as the identity provider pushes it."),
  expected_members: optional(
    setOf(email),
    "Who is expected in it. Never written: a difference is a step for the identity provider.",
    {
      origin: "declared",
    },
  ),
  maps_organization_role: optional(
    oneOf(["owner", "admin", "manager", "member", "viewer", "no_access"]),
    "Organization role that the identity provider sets for its people. No API reads the mapping.",
    { origin: "declared" },
  ),
  maps_project_roles: optional(
    mapOf(name, name),
    "Project roles that the identity provider sets for its people, by project name.",
    {
      origin: "declared",
    },
  ),
  deprovisions: optional(
    bool,
    "Whether the identity provider removes people from Amplitude whom it takes out of their last group. No API reads it; left out: it does not.",
    { origin: "declared" },
  ),
  engagement,
  timeouts,
  members: computed(setOf(email), "Who is in it now."),
};

const state = (group: Group): StateOf<typeof attributes> => ({
  id: group.id,
  name: group.name,
  members: [...group.members],
});

/** A group that an identity provider writes: taken over, waited for, forgotten. Never created, renamed or filled by us. */
export const idpGroup = defineKind({
  type: "amplitude_idp_group",
  description:
    "A permission group whose members an identity provider pushes. It is never created, renamed, filled or deleted from here; what is expected of it is compared and waited for.",
  attributes,
  key: ["name"],
  family: "scim",
  reads: ["groups", "people"],
  nature: "given",
  can: { create: true, update: true, delete: true },
  find(live, config) {
    const found = groupNamed(live, config.name);
    return found && state(found);
  },
  findById(live, groupId) {
    const found = live.group(groupId);
    return found && state(found);
  },
  rows: () => [{ collection: "groups" }],
  *list(live) {
    for (const found of live.groups()) if (found.writer === "idp") yield state(found);
  },
  shows: ({ id: groupId, name, members = [] }) =>
    groupId === undefined
      ? {}
      : { groups: [{ id: groupId, ...(name === undefined ? {} : { name }), members }] },
  isThere: async (api, groupId) => (await api.group(groupId)) !== undefined,
  id: (found) => found.id,
  label: (config) => config.name,
  names: (config) => ({ present: config.expected_members ?? [], absent: [] }),
  group: (config) => ({ name: config.name, writer: "idp", members: "unstated" }),
  provides: (config) => ({
    group: config.name,
    mapping: {
      ...(config.maps_organization_role === undefined
        ? {}
        : { organizationRole: config.maps_organization_role }),
      projectRoles: new Map(Object.entries(config.maps_project_roles ?? {})),
    },
    deprovisions: config.deprovisions,
  }),
  validate({ maps_organization_role: role, maps_project_roles: projects = {} }) {
    if (role !== "no_access" || Object.keys(projects).length === 0) return [];
    return [
      problem(
        `The mapping contradicts itself: no_access to the organization, and a role on ${Object.keys(projects).sort().join(", ")}`,
        "With no_access nothing granted on a project counts. Map another role of the organization, or no project.",
        { attribute: "maps_project_roles" },
      ),
    ];
  },
  steps: () => [],
  awaits(config, { live, id: groupId }) {
    const found = groupId === undefined ? undefined : live.group(groupId);
    const values = { group: config.name };
    const drafts = found === undefined ? [idpGroupStep.draft(values, {})] : [];
    if (config.expected_members === undefined) return drafts;
    const members = found?.members ?? new Set<string>();
    const expected = new Map(config.expected_members.map((address) => [canonicalEmail(address), address]));
    for (const [address, spelled] of expected) {
      if (!members.has(address))
        drafts.push(idpGain.draft({ ...values, email: spelled }, { groupId: found?.id }));
    }
    if (found === undefined) return drafts;
    for (const address of members) {
      if (expected.has(address)) continue;
      drafts.push(
        idpLose.draft({ ...values, email: live.person(address)?.email ?? address }, { groupId: found.id }),
      );
    }
    return drafts;
  },
  example: {
    create: { name: "amp-nova-analysts", expected_members: ["marco@nova.agency"] },
    update: { maps_organization_role: "member" },
  },
});
