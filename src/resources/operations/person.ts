import { canonicalEmail } from "../../access";
import { ensure, type PersonRecord, type WriteApi } from "../../api";
import { defineOperation, type NoFacts } from "../operation";

type Names = { readonly email: string; readonly givenName?: string; readonly familyName?: string };

const MEMBERS_PAGE = "Amplitude, Settings > Organization Settings > Members & Groups";
const self = (values: { readonly email: string }): string[] => [canonicalEmail(values.email)];
const named = ({ givenName, familyName }: Names): string =>
  [givenName, familyName].filter(Boolean).join(" ") || "no name";

/** Sends an invitation; after a lost answer, looks whether it went out. */
export async function inviteOnce(api: WriteApi, person: Names): Promise<void> {
  await ensure<PersonRecord>({
    create: () => api.invite(person).then(() => person),
    lookUp: () => api.person(person.email),
    equal: () => true,
    update: (found) => Promise.resolve(found),
  });
}

/** Invites somebody: Amplitude sends an e-mail, the one thing without an undo (https://amplitude.com/docs/apis/analytics/scim). */
export const invite = defineOperation<Names, NoFacts>({
  name: "person.invite",
  actor: "write",
  family: "scim",
  effects: ({ email, ...names }) => [{ type: "invite", email, names }],
  people: self,
  text: ({ email }) => `invite ${email}`,
  how: ({ email }) => `${MEMBERS_PAGE} > Invite: ${email}`,
  async perform(api, entries) {
    for (const { values } of entries) await inviteOnce(api, values);
  },
});

/** Changes somebody's names; the e-mail never changes. */
export const rename = defineOperation<Names, { from: string }>({
  name: "person.rename",
  actor: "write",
  family: "scim",
  effects: ({ email, ...names }) => [{ type: "rename_person", email, names }],
  people: self,
  text: (values, { from }) => `rename ${values.email}: ${from} → ${named(values)}`,
  how: ({ email }) => `only ${email} can change the name, in Amplitude's own profile page`,
  async perform(api, entries) {
    for (const { values } of entries) await api.rename(values);
  },
});

/** Takes somebody out of the organization, or withdraws the invitation. Ownership of their content cannot be moved afterwards. */
export const remove = defineOperation<{ email: string }, NoFacts>({
  name: "person.remove",
  actor: "write",
  family: "scim",
  effects: ({ email }) => [{ type: "remove_person", email }],
  people: self,
  text: ({ email }) => `remove ${email} from the organization`,
  how: ({ email }) => `${MEMBERS_PAGE} > ${email} > Remove`,
  async perform(api, entries) {
    for (const { values } of entries) await api.removePerson(values.email);
  },
});

/**
 * Somebody takes over a leaver's charts and dashboards. Amplitude has no API for it, and after the person is removed it is too late
 * (https://amplitude.com/docs/admin/account-management/manage-users).
 */
export const transferContent = defineOperation<{ email: string; to: string }, NoFacts>({
  name: "content.transfer",
  actor: "hand",
  confirms: "act",
  effects: () => [],
  people: () => [],
  text: ({ email, to }) => `${email}'s charts and dashboards to ${to}`,
  how: ({ email, to }) => `${MEMBERS_PAGE} > ${email} > Transfer content ownership > ${to}`,
});
