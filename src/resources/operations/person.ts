import { canonicalEmail, type Effect, type Organization } from "../../access";
import { ensure, type MemberRecord, type PersonRecord, type WriteApi } from "../../api";
import { defineOperation, type NoFacts, type StepDraft } from "../operation";
import { Unexpected } from "../unexpected";

type Names = { readonly email: string; readonly givenName?: string; readonly familyName?: string };

const MEMBERS_PAGE = "Amplitude, Settings > Organization Settings > Members & Groups";
const self = (values: { readonly email: string }): string[] => [canonicalEmail(values.email)];

type FullName = { readonly givenName?: string | undefined; readonly familyName?: string | undefined };

const wholeName = ({ givenName, familyName }: FullName): string =>
  [givenName, familyName].filter(Boolean).join(" ") || "no name";
const nameInParts = ({ givenName, familyName }: FullName): string =>
  `given name ${givenName || "none"}, family name ${familyName || "none"}`;

/** What somebody is called before a step that gives another name; `inParts`: only where a word stands differs. */
export function calledBefore(before: FullName, wanted: FullName): RenameFacts {
  return wholeName(before) === wholeName(wanted)
    ? { from: nameInParts(before), inParts: true }
    : { from: wholeName(before) };
}

/** `Ana Lima → Ana Stern` */
export function calledThen(wanted: FullName, { from, inParts = false }: RenameFacts): string {
  return `${from} → ${inParts ? nameInParts(wanted) : wholeName(wanted)}`;
}

type RenameFacts = { readonly from: string; readonly inParts?: boolean };

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

/** Roles that an invitation may give of itself: which one is a setting of the organization. */
const UNCHOSEN = new Set(["no_access", "viewer", "member"]);

type Invited = Names & { readonly role: string };

/** Invites somebody with a role in the organization, in one request (playbook, "Programmatic User Management": no documented API does). */
export const inviteWithRole = defineOperation<Invited, NoFacts>({
  name: "person.invite_with_role",
  actor: "write",
  family: "management",
  effects: ({ email, role, ...names }) => [
    { type: "invite", email, names },
    { type: "set_organization_role", email, role },
  ],
  people: self,
  text: ({ email, role }) => `invite ${email} as ${role} of the organization`,
  how: ({ email, role }) => `${MEMBERS_PAGE} > Invite: ${email}, Role: ${role}`,
  async perform(api, entries) {
    for (const { values } of entries) {
      const { role, ...person } = values;
      await ensure<MemberRecord>({
        create: () => api.inviteWithRole(person, role),
        lookUp: async () =>
          (await api.members()).items.find(
            ({ email }) => canonicalEmail(email) === canonicalEmail(person.email),
          ),
        equal: (found) => found.role === role,
        update: async (found) => {
          // What comes with an invitation is nobody's choice.
          if (UNCHOSEN.has(found.role)) {
            await api.setOrganizationRole(person.email, role);
            return { ...found, role };
          }
          throw new Unexpected({
            request: `POST members/${person.email}`,
            family: "management",
            was: "nobody of that address",
            is: `${person.email} as ${found.role}`,
            effects: [
              { type: "invite", email: person.email },
              { type: "set_organization_role", email: person.email, role: found.role },
            ],
          });
        },
      });
    }
  },
});

/**
 * The invitation that carries the role of somebody who is not in the organization yet, and whom this plan invites or puts into a group.
 * Whom an identity provider invites is left to it.
 */
export function invitationWithRole(
  { email, role }: { readonly email: string; readonly role: string },
  others: readonly Effect[],
  live: Organization,
): StepDraft | undefined {
  if (live.person(email) !== undefined) return undefined;
  const isTheirs = (effect: { readonly email: string }): boolean =>
    canonicalEmail(effect.email) === canonicalEmail(email);
  const invited = others.find((effect) => effect.type === "invite" && isTheirs(effect));
  const joins = invited ?? others.find((effect) => effect.type === "add_member" && isTheirs(effect));
  if (joins === undefined) return undefined;
  // The line of somebody who is put into a group as well says their names.
  const names = joins.type === "invite" ? joins.names : {};
  return inviteWithRole.draft({ email, ...names, role }, {});
}

/** Changes somebody's names; the e-mail never changes. */
export const rename = defineOperation<Names, RenameFacts>({
  name: "person.rename",
  actor: "write",
  family: "scim",
  effects: ({ email, ...names }) => [{ type: "rename_person", email, names }],
  people: self,
  text: (values, facts) => `rename ${values.email}: ${calledThen(values, facts)}`,
  how: ({ email }) => `only ${email} can change the name, in Amplitude's own profile page`,
  look:
    ({ email, ...wanted }, { from, inParts = false }) =>
    async (api) => {
      const found = await api.person(email);
      // Whoever is gone would be invited again by their names.
      const nameOf = inParts ? nameInParts : wholeName;
      const is = found && nameOf(found);
      if (is === nameOf(wanted) || is === from) return undefined;
      return new Unexpected({
        request: `PUT /scim/1/Users/${email}`,
        family: "scim",
        // A report for everybody hides names that the plan tells, and this one it does not know.
        was: "one name",
        is: found === undefined ? "nobody of that address" : "another",
        effects: found === undefined ? [{ type: "remove_person", email }] : [],
      });
    },
  async perform(api, entries) {
    for (const { values } of entries) await api.rename(values);
  },
});

/** Whoever was invited accepts: until then they can stand in for nobody. Only they can do it. */
export const accept = defineOperation<{ email: string }, NoFacts>({
  name: "person.accept",
  actor: "invitee",
  family: "management",
  confirms: "act",
  effects: ({ email }) => [{ type: "accept", email }],
  people: self,
  text: ({ email }) => `${email} accepts the invitation`,
  how: ({ email }) =>
    `${email} follows the link in Amplitude's e-mail and logs in; once they have, run again`,
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

/**
 * A leaver's line meets nobody, here or in the state: only a person knows whether the address is wrong or its owner is gone for long.
 * `near`: addresses of the organization that a slip of the pen could have meant.
 */
export const confirmAbsent = defineOperation<
  { email: string },
  {
    near: readonly string[];
    /** Who is new since the last apply, and is called like the one who is gone. */
    perhaps?: readonly string[];
  }
>({
  name: "person.confirm-absent",
  actor: "hand",
  confirms: "act",
  effects: () => [],
  people: () => [],
  text: ({ email }, { near, perhaps = [] }) =>
    perhaps.length > 0
      ? `${email} is gone since the last apply, and ${perhaps.join(" and ")} ${perhaps.length === 1 ? "is" : "are"} new: perhaps the same person, by the name`
      : `nobody has the address ${email}, here or in the state${near.length === 0 ? "" : `: did you mean ${near.join(" or ")}?`}`,
  how: ({ email }, { perhaps = [] }) =>
    `${perhaps.length > 0 ? `Write the new address in the leaver's line if it is the same person, so that they are removed` : `Correct the leaver's address if it is misspelt`}; otherwise confirm that ${email} is not in the organization`,
});
