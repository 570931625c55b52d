import { canonicalEmail, type GroupReference } from "../../access";
import { ApiFailure, ensure, type WriteApi } from "../../api";
import { inviteOnce } from "./person";
import { defineOperation, idIn, type NoFacts } from "../operation";

const GROUPS_PAGE = "Amplitude, Settings > Organization Settings > Groups";
const nobody = (): string[] => [];
const reference = (name: string, id: string | undefined): GroupReference =>
  id === undefined ? { name } : { id, name };

/** Makes an empty group: it gives nothing until somebody is in it and it may do something. */
export const createGroup = defineOperation<{ group: string }, NoFacts>({
  name: "group.create",
  actor: "write",
  family: "scim",
  effects: ({ group }) => [{ type: "create_group", name: group }],
  people: nobody,
  text: ({ group }) => `create group ${group}`,
  how: ({ group }) => `${GROUPS_PAGE} > Create group: ${group}`,
  async perform(api, entries, created) {
    for (const { values } of entries) {
      const { value } = await ensure({
        create: () => api.createGroup(values.group, []),
        lookUp: async () => (await api.groups()).items.find(({ name }) => name === values.group),
        equal: () => true,
        update: (found) => Promise.resolve(found),
      });
      created.set(`group ${values.group}`, value.id);
    }
  },
});

/** Renames a group. Not documented by Amplitude; where it refuses, a person does it. */
export const renameGroup = defineOperation<{ group: string; from: string }, { groupId: string }>({
  name: "group.rename",
  actor: "write",
  family: "scim",
  effects: ({ group, from }, { groupId }) => [
    { type: "rename_group", group: { id: groupId, name: from }, name: group },
  ],
  people: nobody,
  text: ({ group, from }) => `rename group ${from} to ${group}`,
  how: ({ group, from }) => `${GROUPS_PAGE} > ${from} > Edit: name it ${group}`,
  undocumented: () => true,
  async perform(api, entries) {
    for (const { values, facts } of entries) await api.renameGroup(facts.groupId, values.group);
  },
});

/** Deletes a group: whoever is in it loses what it gave (https://amplitude.com/docs/admin/account-management/manage-permission-groups). */
export const deleteGroup = defineOperation<{ group: string }, { groupId: string }>({
  name: "group.delete",
  actor: "write",
  family: "scim",
  effects: ({ group }, { groupId }) => [{ type: "delete_group", group: { id: groupId, name: group } }],
  people: nobody,
  text: ({ group }) => `delete group ${group}`,
  how: ({ group }) => `${GROUPS_PAGE} > ${group} > Delete`,
  async perform(api, entries) {
    for (const { facts } of entries) await api.deleteGroup(facts.groupId);
  },
});

type Membership = { readonly group: string; readonly email: string };
/** `invites`: Amplitude does not know the address and will send an invitation. */
type AddFacts = { readonly groupId?: string | undefined; readonly invites: boolean };

const member = ({ email }: Membership): string[] => [canonicalEmail(email)];

const isRefused = (error: unknown): boolean =>
  error instanceof ApiFailure && (error.status === 400 || error.status === 404 || error.status === 422);

/** Puts somebody into a group. An address that the organization does not know is invited (https://amplitude.com/docs/apis/analytics/scim). */
export const addMember = defineOperation<Membership, AddFacts>({
  name: "member.add",
  actor: "write",
  family: "scim",
  effects: ({ group, email }, { groupId }) => [
    { type: "add_member", group: reference(group, groupId), email },
  ],
  people: member,
  text: ({ group, email }, { invites }) => `${group} gains ${email}${invites ? " (invited by it)" : ""}`,
  how: ({ group, email }) => `${GROUPS_PAGE} > ${group} > Add members: ${email}`,
  batch: ({ group }) => group,
  async perform(api, entries, created) {
    const [first] = entries;
    if (first === undefined) return;
    const id = idIn(created, "group", first.values.group, first.facts.groupId);
    const emails = entries.map(({ values }) => values.email);
    try {
      await api.addMembers(id, emails);
    } catch (error) {
      const unknown = entries.filter(({ facts }) => facts.invites).map(({ values }) => values);
      if (unknown.length === 0 || !isRefused(error)) throw error;
      // Amplitude documents that it invites whom it does not know; where it does not, they are invited first.
      for (const { email } of unknown) await inviteOnce(api, { email });
      await api.addMembers(id, emails);
    }
  },
});

/** Takes somebody out of a group; what others give them stays. */
export const removeMember = defineOperation<Membership, { groupId: string }>({
  name: "member.remove",
  actor: "write",
  family: "scim",
  effects: ({ group, email }, { groupId }) => [
    { type: "remove_member", group: reference(group, groupId), email },
  ],
  people: member,
  text: ({ group, email }) => `${group} loses ${email}`,
  how: ({ group, email }) => `${GROUPS_PAGE} > ${group} > ${email} > Remove`,
  batch: ({ group }) => group,
  async perform(api, entries) {
    const [first] = entries;
    if (first === undefined) return;
    const { groupId } = first.facts;
    try {
      await api.removeMembers(
        groupId,
        entries.map(({ values }) => values.email),
      );
    } catch (error) {
      // Nobody is in a group that is gone: terraform deletes it side by side with this.
      if (!(await isGone(api, groupId, error))) throw error;
    }
  },
});

/** Whether a refusal is for want of the group, which a look confirms. */
async function isGone(api: WriteApi, groupId: string, error: unknown): Promise<boolean> {
  if (!(error instanceof ApiFailure) || error.status !== 404) return false;
  return await api.group(groupId).then(
    (found) => found === undefined,
    () => false,
  );
}

type IdpFacts = { readonly groupId?: string | undefined };
const idp = (instruction: string): string => `At the identity provider: ${instruction}`;

/** The identity provider must push a group of that name: it is never made by us, or the provider would make a second one. */
export const idpGroup = defineOperation<{ group: string }, IdpFacts>({
  name: "idp.group",
  actor: "idp",
  effects: ({ group }) => [{ type: "create_group", name: group, writer: "idp" }],
  people: nobody,
  text: ({ group }) => `the identity provider pushes group ${group}`,
  how: ({ group }) => idp(`create the group ${group} and push it to Amplitude`),
});

/** The identity provider must put somebody into its group. */
export const idpGain = defineOperation<Membership, IdpFacts>({
  name: "idp.gain",
  actor: "idp",
  effects: ({ group, email }, { groupId }) => [{ type: "idp_gain", group: reference(group, groupId), email }],
  people: member,
  text: ({ group, email }) => `${group} gains ${email}`,
  how: ({ group, email }) => idp(`add ${email} to ${group}`),
});

/** The identity provider must take somebody out of its group. */
export const idpLose = defineOperation<Membership, { groupId: string }>({
  name: "idp.lose",
  actor: "idp",
  effects: ({ group, email }, { groupId }) => [{ type: "idp_lose", group: reference(group, groupId), email }],
  people: member,
  text: ({ group, email }) => `${group} loses ${email}`,
  how: ({ group, email }) => idp(`remove ${email} from ${group}`),
});
