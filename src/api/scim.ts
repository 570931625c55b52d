import type * as z from "zod";

import { canonicalEmail } from "../schema";
import type { ListOptions, ScimWrite, SingleOptions } from "./api";
import type { GroupRecord, Listing, PersonRecord } from "./records";
import type { Clock } from "./clock";
import type { Call } from "./exchange";
import { type Reading, readWhole, walkCounted, paced } from "./pages";
import type { Spellings } from "./spellings";
import type { Transport } from "./transport";
import { isRefusedInDoubt, unlessDone } from "./unless-done";
import { type Answer, sameAddress, segment } from "./wire";
import { Witness } from "./witness";
import {
  arrivedAs,
  arrivedGroup,
  arrivedPerson,
  groupRecord,
  groupSchema,
  listOfGroups,
  listOfPeople,
  wholeUser,
  type ArrivedGroup,
  type List,
} from "./scim-rows";

/*
 * SCIM 2.0 as Amplitude documents it: https://amplitude.com/docs/apis/analytics/scim (the `1` in the path is Amplitude's version).
 * Its oddities: the page size parameter is `itemsPerPage`, a person's id is the e-mail, people who were only invited are `active` too.
 */

const root = "/scim/1";
/** Documented as both the default and the largest. */
const pageSize = 100;

/** Which status an unknown id gets is not documented. */
const absent = [404, 400];

const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

export function scimOf(transport: Transport, clock: Clock, spellings: Spellings): ScimWrite {
  const family = "scim";
  const peopleNow = ({ pace }: ListOptions = {}) =>
    readWhole({ family, name: "people", clock }, () =>
      walkCounted(
        paced(pace, (startIndex) =>
          page(`${root}/Users`, listOfPeople, { startIndex, itemsPerPage: pageSize }),
        ),
        ({ person }) => person.email.toLowerCase(),
      ),
    );

  const page = async <T>(path: string, schema: z.ZodType<List<T>>, query: Call["query"] = {}) => {
    const answer = await transport.send({ family, method: "GET", path, query });
    const list = arrivedAs(schema, answer);
    return { rows: list.Resources, total: list.totalResults };
  };

  const askGroup = (groupId: string) =>
    transport.send({ family, method: "GET", path: groupPath(groupId), absence: absent });

  const groupIn = (answer: Answer, groupId: string): ArrivedGroup => {
    const group = arrivedAs(arrivedGroup, answer);
    if (group.id !== groupId) throw answer.failure(`it is another group (${group.id})`);
    return group;
  };

  /** Lists may leave members out (undocumented): then each group is read singly. */
  const readGroups = async ({ pace }: ListOptions = {}): Promise<Reading<GroupRecord>> => {
    const reading = await walkCounted(
      // Paging is documented for people only: it is asked for when a first, plain answer was not all.
      paced(pace, (startIndex) =>
        page(`${root}/Groups`, listOfGroups, startIndex === 1 ? {} : { startIndex, itemsPerPage: pageSize }),
      ),
      (group) => group.id,
    );
    if ("anomaly" in reading) return reading;
    const rows: GroupRecord[] = [];
    const untold = new Set<string>();
    let pages = reading.pages;
    for (const listed of reading.rows) {
      if (listed.members !== undefined) {
        rows.push(groupRecord(listed));
        listed.members.forEach((email) => {
          spellings.heard(email);
        });
        continue;
      }
      pages++;
      const answer = await askGroup(listed.id);
      if (answer.absent) return { anomaly: `the group ${listed.displayName} went while it was read`, pages };
      const group = groupIn(answer, listed.id);
      rows.push(groupRecord(group));
      if (group.members === undefined) untold.add(group.id);
    }
    // Where some groups have members, one without is empty. Where none has, nobody says who is in any.
    if (untold.size < rows.length || rows.length === 0) return { ...reading, rows, pages };
    return { ...reading, rows: rows.map((row) => ({ ...row, membersUntold: true as const })), pages };
  };

  const groupsNow = (options?: ListOptions) =>
    readWhole({ family, name: "groups", clock }, () => readGroups(options));

  const everybody = async (options?: ListOptions): Promise<Listing<PersonRecord>> => {
    const listing = await peopleNow(options);
    for (const { person } of listing.items) spellings.heard(person.email);
    return { ...listing, items: listing.items.filter(({ active }) => active).map(({ person }) => person) };
  };

  const people = new Witness<PersonRecord>({
    name: "people",
    key: ({ email }) => canonicalEmail(email),
    read: async () => (await everybody()).items,
  });
  const groups = new Witness<GroupRecord>({
    name: "groups",
    key: ({ id }) => id,
    read: async () => (await groupsNow()).items,
  });

  const readGroup = async (
    groupId: string,
    { proof }: SingleOptions<GroupRecord> = {},
  ): Promise<GroupRecord | undefined> => {
    const answer = await askGroup(groupId);
    if (!answer.absent) return groupRecord(groupIn(answer, groupId));
    if (proof === "unproved") return undefined;
    if (proof !== undefined) return (await proof()).find(({ id }) => id === groupId);
    return groups.insteadOf(answer, groupId);
  };

  const readPerson = async (
    email: string,
    { proof }: SingleOptions<PersonRecord> = {},
  ): Promise<PersonRecord | undefined> => {
    const answer = await transport.send({
      family,
      method: "GET",
      path: userPath(spellings.of(email)),
      absence: absent,
    });
    if (!answer.absent) {
      const { person, active } = arrivedAs(arrivedPerson, answer);
      if (!sameAddress(person.email, email)) throw answer.failure(`it is somebody else (${person.email})`);
      return active ? person : undefined;
    }
    if (proof === "unproved") return undefined;
    if (proof !== undefined) return (await proof()).find((person) => sameAddress(person.email, email));
    return people.insteadOf(answer, canonicalEmail(email));
  };

  const patchGroup = async (groupId: string, operation: Readonly<Record<string, unknown>>): Promise<Answer> =>
    transport.send({
      family,
      method: "PATCH",
      path: groupPath(groupId),
      body: { schemas: [patchSchema], Operations: [operation] },
    });

  /** Deletes. Where it is refused after an answer was lost, the list says whether it is gone. */
  const remove = async <T>(path: string, key: string, witness: Witness<T>): Promise<void> => {
    let answer: Answer;
    try {
      answer = await transport.send({ family, method: "DELETE", path, absence: absent });
    } catch (error) {
      if (!isRefusedInDoubt(error)) throw error;
      witness.wrote(key);
      if (await witness.lacks(key).catch(() => false)) return;
      throw error;
    }
    if (answer.absent) await witness.confirmGone(answer, key);
    else witness.wrote(key);
  };

  const changeMembers = async (
    groupId: string,
    op: "add" | "remove",
    emails: readonly string[],
  ): Promise<readonly string[] | undefined> => {
    if (emails.length === 0) return undefined;
    const value = emails.map((email) => ({ value: spellings.of(email) }));
    return await unlessDone(
      async () => {
        // Documented: the whole group as it is then. Whoever answers less says nothing of it.
        const { body } = await patchGroup(groupId, { op, path: "members", value });
        const group = arrivedGroup.safeParse(body);
        return group.success && group.data.id === groupId ? group.data.members : undefined;
      },
      async () => {
        const group = groupIn(await askGroup(groupId), groupId);
        const isIn = (email: string): boolean =>
          group.members?.some((member) => sameAddress(member, email)) === true;
        return group.members !== undefined && emails.every((email) => isIn(email) === (op === "add"));
      },
    );
  };

  return {
    async people(options) {
      const listing = await everybody(options);
      people.listed(listing.items);
      return listing;
    },

    person: readPerson,

    async groups(options) {
      const listing = await groupsNow(options);
      groups.listed(listing.items);
      return listing;
    },

    group: readGroup,

    async invite(person) {
      const call = { family, method: "POST", path: `${root}/Users`, body: wholeUser(person) } as const;
      await people.making([canonicalEmail(person.email)], () => transport.send(call));
    },

    async rename(person) {
      // The whole resource, as documented: without `active: true` it could be read as a removal.
      await transport.send({
        family,
        method: "PUT",
        path: userPath(spellings.of(person.email)),
        body: wholeUser({ ...person, email: spellings.of(person.email) }),
      });
    },

    removePerson: (email) => remove(userPath(spellings.of(email)), canonicalEmail(email), people),

    async createGroup(name, members) {
      const answer = await transport.send({
        family,
        method: "POST",
        path: `${root}/Groups`,
        body: {
          schemas: [groupSchema],
          displayName: name,
          members: members.map((email) => ({ value: spellings.of(email) })),
        },
      });
      const group = arrivedAs(arrivedGroup, answer);
      groups.wrote(group.id);
      return { id: group.id, name: group.displayName, members: group.members ?? members };
    },

    // Whom it does not know it invites.
    addMembers: (groupId, emails) =>
      people.making(emails.map(canonicalEmail), () => changeMembers(groupId, "add", emails)),

    removeMembers: (groupId, emails) => changeMembers(groupId, "remove", emails),

    async renameGroup(groupId, name) {
      await patchGroup(groupId, { op: "replace", path: "displayName", value: name });
    },

    deleteGroup: (groupId) => remove(groupPath(groupId), groupId, groups),
  };
}

function userPath(email: string): string {
  return `${root}/Users/${segment(email)}`;
}

function groupPath(groupId: string): string {
  return `${root}/Groups/${segment(groupId)}`;
}
