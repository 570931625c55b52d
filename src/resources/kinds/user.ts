import { canonicalEmail, type Organization, type Person } from "../../access";
import { bool, computed, email, name, optional, oneOf, required, type StateOf } from "../../schema";
import { engagement, expiresAt, id } from "../attributes";
import { defineKind } from "../kind";
import { idpLose } from "../operations/group";
import { calledBefore, invite, remove, rename } from "../operations/person";

const attributes = {
  id,
  email: required(email, "E-mail address: the identity, which never changes and is compared without case.", {
    requiresReplace: true,
  }),
  given_name: optional(name, "Given name. Left out: whatever the person writes."),
  family_name: optional(name, "Family name. Left out: whatever the person writes."),
  rejoins: optional(bool, "Invite again somebody who was removed outside of the stack.", {
    origin: "declared",
  }),
  expires_at: expiresAt,
  engagement,
  status: computed(
    oneOf(["present", "absent", "overdue", "expired"]),
    "present: invited or joined (Amplitude shows both alike). absent: not in the organization. overdue: past `expires_at` and still there. expired: past it and gone.",
  ),
};

const state = (person: Person): StateOf<typeof attributes> => ({
  id: canonicalEmail(person.email),
  email: person.email,
  given_name: person.givenName,
  family_name: person.familyName,
  status: "present",
});

/** A person or a service account in the organization. */
export const user = defineKind({
  type: "amplitude_user",
  description:
    "A person or a service account in the organization: invited, named, removed. It gives no access by itself.",
  attributes,
  key: ["email"],
  family: "scim",
  reads: ["people"],
  nature: "made",
  can: { create: true, update: true, delete: true },
  find: (live, config) => {
    const person = live.person(config.email);
    return person && state(person);
  },
  rows: (config) => [{ collection: "people", key: canonicalEmail(config.email) }],
  *list(live) {
    for (const person of live.people()) yield state(person);
  },
  shows: ({ email: address, status }) => ({
    people: address === undefined || status === "absent" ? [] : [{ email: address }],
  }),
  isThere: async (api, address) => (await api.person(address)) !== undefined,
  id: (found) => found.id,
  label: (config) => config.email,
  names: (config) => ({
    present: [config.email],
    absent: [],
    rejoins: config.rejoins === true ? [config.email] : [],
  }),
  predict: (config) => ({ id: canonicalEmail(config.email) }),
  claims: (found, owns, live) =>
    found.email !== undefined &&
    owns.ownsPerson(found.email) &&
    !owns.isNamed(found.email) &&
    !heldByIdp(live, found.email),
  steps({ action, prior, config }, { live }) {
    const address = config?.email ?? prior?.email ?? "";
    if (action === "delete") {
      const held = live.groupsOf(address).filter(({ writer }) => writer === "idp");
      return [
        ...held.map(({ id: groupId, name }) => idpLose.draft({ group: name, email: address }, { groupId })),
        remove.draft({ email: address }, {}),
      ];
    }
    const names = { email: address, givenName: config?.given_name, familyName: config?.family_name };
    if (action === "create") return [invite.draft(names, {})];
    const before = { givenName: prior?.given_name, familyName: prior?.family_name };
    const wanted = {
      email: address,
      givenName: names.givenName ?? before.givenName,
      familyName: names.familyName ?? before.familyName,
    };
    return [rename.draft(wanted, calledBefore(before, wanted))];
  },
  example: {
    create: { email: "tyra@nova.agency", given_name: "Tyra", family_name: "Olsen" },
    update: { family_name: "Olsen Berg" },
  },
});

function heldByIdp(live: Organization, address: string): boolean {
  return live.groupsOf(address).some((group) => group.writer === "idp");
}
