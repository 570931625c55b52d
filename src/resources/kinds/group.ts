import { canonicalEmail, type Group } from "../../access";
import {
  email,
  instant,
  instantOf,
  mapOf,
  name,
  optional,
  problem,
  required,
  setOf,
  type StateOf,
} from "../../schema";
import { deletionProtection, engagement, id, status } from "../attributes";
import { defineKind } from "../kind";
import { addMember, createGroup, deleteGroup, removeMember, renameGroup } from "../operations/group";
import { groupNamed, isCalled } from "../references";

const attributes = {
  id,
  name: required(name, "Name, unique in the organization."),
  members: optional(
    setOf(email),
    "E-mails of everybody in it; anybody else is taken out. Left out: members are single memberships, or not managed.",
  ),
  member_expires_at: optional(mapOf(email, instant), "When single members end, by e-mail.", {
    origin: "declared",
  }),
  previous_name: optional(name, "What it was called before, so that a new name renames it.", {
    origin: "declared",
  }),
  deletion_protection: deletionProtection,
  engagement,
  status,
};

const state = (group: Group): StateOf<typeof attributes> => ({
  id: group.id,
  name: group.name,
  members: [...group.members],
});

/** A permission group whose members code writes. */
export const group = defineKind({
  type: "amplitude_group",
  description: "A permission group that code writes, with its whole set of members where `members` is given.",
  attributes,
  key: ["name"],
  family: "scim",
  reads: ["groups", "people"],
  nature: "made",
  referent: "group",
  can: { create: true, update: true, delete: true },
  find(live, config) {
    const found =
      groupNamed(live, config.name) ??
      (config.previous_name === undefined ? undefined : groupNamed(live, config.previous_name));
    return found && state(found);
  },
  findById(live, groupId) {
    const found = live.group(groupId);
    return found && state(found);
  },
  rows: (_, knownId) => [{ collection: "groups", ...(knownId === undefined ? {} : { key: knownId }) }],
  *list(live) {
    for (const found of live.groups()) if (found.writer !== "idp") yield state(found);
  },
  shows: ({ id: groupId, name, members = [] }) =>
    groupId === undefined
      ? {}
      : { groups: [{ id: groupId, ...(name === undefined ? {} : { name }), members }] },
  isThere: async (api, groupId) => (await api.group(groupId)) !== undefined,
  id: (found) => found.id,
  label: (config) => config.name,
  names: (config) => ({ present: config.members ?? [], absent: [] }),
  group: (config) => ({
    name: config.name,
    writer: "us",
    members: config.members === undefined ? "unstated" : "all",
  }),
  current(config, now) {
    const ended = new Set(
      Object.entries(config.member_expires_at ?? {})
        .filter(([, until]) => (instantOf(until) ?? Infinity) <= now)
        .map(([address]) => canonicalEmail(address)),
    );
    if (ended.size === 0 || config.members === undefined) return config;
    return { ...config, members: config.members.filter((address) => !ended.has(canonicalEmail(address))) };
  },
  validate(config) {
    const members = new Set((config.members ?? []).map(canonicalEmail));
    const strangers = Object.keys(config.member_expires_at ?? {}).filter(
      (address) => !members.has(canonicalEmail(address)),
    );
    return strangers.map((address) =>
      problem(
        `${address} has an end but is not a member`,
        "Add the address to `members`, or remove its end.",
        {
          attribute: "member_expires_at",
        },
      ),
    );
  },
  steps({ action, prior, config }, { live }) {
    const name = config?.name ?? prior?.name ?? "";
    if (action === "delete")
      return prior?.id === undefined
        ? []
        : [deleteGroup.draft({ group: name }, { groupId: prior.id, members: prior.members ?? [] })];
    const groupId = prior?.id;
    const before = new Set(prior?.members ?? []);
    const after = new Map((config?.members ?? []).map((address) => [canonicalEmail(address), address]));
    const drafts =
      groupId === undefined ? [createGroup.draft({ group: name }, { members: [...after.keys()] })] : [];
    if (groupId !== undefined && prior?.name !== undefined && !isCalled(prior.name, name)) {
      drafts.push(renameGroup.draft({ group: name, from: prior.name }, { groupId }));
    }
    for (const [address, spelled] of after) {
      if (before.has(address)) continue;
      drafts.push(
        addMember.draft(
          { group: name, email: spelled },
          { groupId, invites: live.person(address) === undefined },
        ),
      );
    }
    if (groupId === undefined || config?.members === undefined) return drafts;
    for (const address of before) {
      if (after.has(address)) continue;
      const spelled = live.person(address)?.email ?? address;
      drafts.push(removeMember.draft({ group: name, email: spelled }, { groupId }));
    }
    return drafts;
  },
  example: {
    create: { name: "agency-nova-implementers", members: ["jo@nova.agency"] },
    update: { members: ["jo@nova.agency", "sam@nova.agency"] },
  },
});
