import { canonicalEmail, type Group, type Organization } from "../../access";
import { email, required, type StateOf } from "../../schema";
import { engagement, expiresAt, groupId, status } from "../attributes";
import { defineKind } from "../kind";
import { addMember, removeMember } from "../operations/group";
import { groupReference } from "../references";

const attributes = {
  group_id: groupId,
  email: required(email, "E-mail address of the member.", { requiresReplace: true }),
  expires_at: expiresAt,
  engagement,
  status,
};

function* memberships(
  live: Organization,
  isMeant: (group: Group) => boolean,
): Iterable<StateOf<typeof attributes>> {
  for (const group of live.groups()) {
    if (!isMeant(group)) continue;
    for (const address of group.members)
      yield { group_id: group.id, email: live.person(address)?.email ?? address };
  }
}

/** One person in one group whose whole set of members nobody declares. */
export const groupMembership = defineKind({
  type: "amplitude_group_membership",
  description: "One person in one group whose `members` is not set. Other members are left alone.",
  attributes,
  key: ["group_id", "email"],
  family: "scim",
  reads: ["groups", "people"],
  nature: "made",
  can: { create: true, update: true, delete: true },
  find(live, config) {
    if (typeof config.group_id !== "string") return undefined;
    const isMember = live.group(config.group_id)?.members.has(canonicalEmail(config.email)) ?? false;
    return isMember ? { group_id: config.group_id, email: config.email } : undefined;
  },
  rows: ({ group_id: group }) => [
    { collection: "groups", ...(typeof group === "string" ? { key: group } : {}) },
  ],
  list: (live) => memberships(live, () => true),
  // Members of an identity provider's group change daily, and not by hand.
  around: (live) => memberships(live, ({ writer }) => writer !== "idp"),
  shows: ({ group_id: group, email: address }) =>
    typeof group === "string" && address !== undefined ? { groups: [{ id: group, members: [address] }] } : {},
  id: () => undefined,
  label: (config, live) => `${config.email} in ${groupReference(live, config.group_id).name}`,
  names: (config) => ({ present: [config.email], absent: [] }),
  group: (config, live) => ({
    name: groupReference(live, config.group_id).name,
    writer: "us",
    members: "one",
  }),
  steps({ action, prior, config }, { live }) {
    const instance = config ?? prior;
    if (instance?.group_id === undefined || instance.email === undefined) return [];
    const { name, id } = groupReference(live, instance.group_id);
    const values = { group: name, email: instance.email };
    if (action === "create") {
      return [addMember.draft(values, { groupId: id, invites: live.person(instance.email) === undefined })];
    }
    return action === "delete" && id !== undefined ? [removeMember.draft(values, { groupId: id })] : [];
  },
  example: { create: { group_id: "632", email: "jo@nova.agency" }, update: { expires_at: "2027-03-31" } },
});
