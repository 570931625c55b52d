import { canonicalEmail, type GroupReference } from "../../access";
import { ApiFailure, ensure, type GroupRecord, type ReadApi, type WriteApi } from "../../api";
import { inviteOnce } from "./person";
import { defineOperation, idIn, type Entry } from "../operation";
import { isCalled } from "../references";
import { Unexpected } from "../unexpected";

const GROUPS_PAGE = "Amplitude, Settings > Organization Settings > Groups";
const nobody = (): string[] => [];
const reference = (name: string, id: string | undefined): GroupReference =>
  id === undefined ? { name } : { id, name };

/** Members of a group that are none of those, as Amplitude spells them. */
function strangers({ members }: GroupRecord, known: readonly string[]): readonly string[] {
  const expected = new Set(known.map(canonicalEmail));
  return members.filter((email) => !expected.has(canonicalEmail(email)));
}

/**
 * Makes an empty group: it gives nothing until somebody is in it and it may do something. `members`: who will be in it; of that name one with
 * others in it, whom somebody else put there, is not taken for ours.
 */
export const createGroup = defineOperation<{ group: string }, { members: readonly string[] }>({
  name: "group.create",
  actor: "write",
  family: "scim",
  effects: ({ group }) => [{ type: "create_group", name: group }],
  people: nobody,
  text: ({ group }) => `create group ${group}`,
  how: ({ group }) => `${GROUPS_PAGE} > Create group: ${group}`,
  async perform(api, entries, created) {
    for (const { values, facts } of entries) {
      const { value } = await ensure({
        create: () => api.createGroup(values.group, []),
        lookUp: async () => (await api.groups()).items.find(({ name }) => isCalled(name, values.group)),
        equal: (found) => strangers(found, facts.members).length === 0,
        update: (found) => {
          const is = `one of ${strangers(found, facts.members).join(", ")}`;
          throw new Unexpected({ request: "POST /scim/1/Groups", family: "scim", was: "no such group", is });
        },
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
  look:
    ({ group, from }, { groupId }) =>
    async (api) => {
      const found = await api.group(groupId);
      return isCalled(found?.name, group) || isCalled(found?.name, from)
        ? undefined
        : changed(`PATCH ${groupPath(groupId)}`, { id: groupId, name: from }, found);
    },
  async perform(api, entries) {
    for (const { values, facts } of entries) await api.renameGroup(facts.groupId, values.group);
  },
});

const groupPath = (groupId: string): string => `/scim/1/Groups/${groupId}`;

/** A group of another name than it was planned on, or none. */
function changed(request: string, was: GroupReference, found: GroupRecord | undefined): Unexpected {
  return new Unexpected({
    request,
    family: "scim",
    was: `group ${was.name}`,
    is: found === undefined ? "no such group" : `group ${found.name}`,
    effects: [
      found === undefined
        ? { type: "delete_group", group: was }
        : { type: "rename_group", group: was, name: found.name },
    ],
  });
}

/**
 * Deletes a group: whoever is in it loses what it gave (https://amplitude.com/docs/admin/account-management/manage-permission-groups). `members`:
 * of whom it is known that they lose it.
 */
export const deleteGroup = defineOperation<
  { group: string },
  { groupId: string; members: readonly string[] }
>({
  name: "group.delete",
  actor: "write",
  family: "scim",
  effects: ({ group }, { groupId }) => [{ type: "delete_group", group: { id: groupId, name: group } }],
  people: nobody,
  text: ({ group }) => `delete group ${group}`,
  how: ({ group }) => `${GROUPS_PAGE} > ${group} > Delete`,
  look:
    ({ group: name }, { groupId, members }) =>
    async (api) => {
      const [group, request] = [{ id: groupId, name }, `DELETE ${groupPath(groupId)}`];
      const found = await api.group(groupId);
      if (found === undefined) return undefined;
      if (!isCalled(found.name, name)) return changed(request, group, found);
      const others = strangers(found, members);
      if (others.length === 0) return undefined;
      return new Unexpected({
        request,
        family: "scim",
        was: `${name} without ${others.join(", ")}`,
        is: `${name} with them`,
        effects: others.map((email) => ({ type: "add_member", group, email })),
      });
    },
  async perform(api, entries) {
    for (const { facts } of entries) await api.deleteGroup(facts.groupId);
  },
});

type Membership = { readonly group: string; readonly email: string };
/** `invites`: Amplitude does not know the address and will send an invitation. */
type AddFacts = { readonly groupId?: string | undefined; readonly invites: boolean };

const member = ({ email }: Membership): string[] => [canonicalEmail(email)];

/**
 * What Amplitude's answer tells of each membership that was written: it is documented to be the whole group
 * (https://amplitude.com/docs/apis/analytics/scim). What it lacks is looked at once more.
 */
async function notTaken(
  api: ReadApi,
  groupId: string,
  entries: readonly Entry<Membership>[],
  { after, wanted }: { readonly after: readonly string[] | undefined; readonly wanted: "in" | "out" },
): Promise<(Unexpected | undefined)[]> {
  const isWrong = (members: readonly string[] | undefined): ((entry: Entry<Membership>) => boolean) => {
    const present = new Set(members?.map(canonicalEmail));
    return ({ values }) =>
      members !== undefined && present.has(canonicalEmail(values.email)) !== (wanted === "in");
  };
  if (!entries.some(isWrong(after))) return [];
  const wrong = isWrong((await api.group(groupId))?.members);
  return entries.map((entry) => {
    if (!wrong(entry)) return undefined;
    const { email, group } = entry.values;
    const [present, absent] = [`${email} in ${group}`, `${group} without ${email}`];
    return new Unexpected({
      request: `PATCH ${groupPath(groupId)}`,
      family: "scim",
      was: wanted === "in" ? present : absent,
      is: wanted === "in" ? absent : present,
      when: "when it had just been written",
    });
  });
}

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
    if (first === undefined) return [];
    const id = idIn(created, "group", first.values.group, first.facts.groupId);
    const emails = entries.map(({ values }) => values.email);
    // Whom it invites Amplitude may show later.
    const known = entries.map((entry) => (entry.facts.invites ? undefined : entry));
    const told = async (after: readonly string[] | undefined): Promise<(Unexpected | undefined)[]> => {
      const found = await notTaken(
        api,
        id,
        known.flatMap((entry) => entry ?? []),
        { after, wanted: "in" },
      );
      return known.map((entry) => (entry === undefined ? undefined : found.shift()));
    };
    try {
      return await told(await api.addMembers(id, emails));
    } catch (error) {
      if (await isGone(api, id, error))
        throw changed(`PATCH ${groupPath(id)}`, reference(first.values.group, id), undefined);
      const unknown = entries.filter(({ facts }) => facts.invites).map(({ values }) => values);
      if (unknown.length === 0 || !isRefused(error)) throw error;
      // Amplitude documents that it invites whom it does not know; where it does not, they are invited first.
      for (const { email } of unknown) await inviteOnce(api, { email });
      return await told(await api.addMembers(id, emails));
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
    if (first === undefined) return [];
    const { groupId } = first.facts;
    const emails = entries.map(({ values }) => values.email);
    try {
      const after = await api.removeMembers(groupId, emails);
      return await notTaken(api, groupId, entries, { after, wanted: "out" });
    } catch (error) {
      // Nobody is in a group that is gone: terraform deletes it side by side with this.
      if (!(await isGone(api, groupId, error))) throw error;
      return [];
    }
  },
});

/** Whether a refusal is for want of the group, which a look confirms. */
async function isGone(api: WriteApi, groupId: string, error: unknown): Promise<boolean> {
  if (!(error instanceof ApiFailure) || (error.status !== 404 && error.status !== 400)) return false;
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
