import * as z from "zod";

import { canonicalEmail } from "../schema";
import type { ListOptions, ScimWrite } from "./api";
import type { GroupRecord, PersonRecord } from "./records";
import type { Clock } from "./clock";
import type { Call } from "./exchange";
import { type Reading, readWhole, walkCounted, paced } from "./pages";
import type { Spellings } from "./spellings";
import type { Transport } from "./transport";
import { unlessDone } from "./unless-done";
import { type Answer, arrived, id, optionalText, sameAddress, segment } from "./wire";

/*
 * SCIM 2.0 as Amplitude documents it: https://amplitude.com/docs/apis/analytics/scim (the `1` in the path is Amplitude's version).
 * Its oddities: the page size parameter is `itemsPerPage`, a person's id is the e-mail, people who were only invited are `active` too.
 */

const root = "/scim/1";
/** Documented as both the default and the largest. */
const pageSize = 100;

const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";
const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

const count = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

interface List<T> {
  readonly totalResults: number;
  readonly Resources: T[];
}

// Made once each: zod compiles a schema when it first reads with it.
const listOf = <T extends z.ZodType>(row: T) =>
  z.object({
    totalResults: count,
    Resources: z
      .array(row)
      .nullish()
      .transform((rows) => rows ?? []),
  });

/** Placeholders for people who never joined: https://amplitude.com/docs/admin/account-management/scim-provision. */
const placeholder = /^NO_(GIVEN|FAMILY)_NAME$/;
const personName = optionalText.transform((text) =>
  text === undefined || placeholder.test(text) ? undefined : text,
);

const arrivedPerson = z
  .object({
    id: id.nullish(),
    userName: optionalText,
    emails: z.array(z.object({ value: optionalText })).nullish(),
    name: z.object({ givenName: personName, familyName: personName }).nullish(),
    active: z.boolean().nullish(),
  })
  .transform((user, context) => {
    const email = [user.userName, user.id, user.emails?.[0]?.value].find((text) => text?.includes("@"));
    if (email == null) {
      context.addIssue({ code: "custom", message: "no e-mail in userName, id or emails" });
      return z.NEVER;
    }
    const { givenName, familyName } = user.name ?? {};
    const memberId = user.id == null || user.id.includes("@") ? undefined : user.id;
    const person: PersonRecord = {
      email,
      ...(givenName && { givenName }),
      ...(familyName && { familyName }),
      ...(memberId && { memberId }),
    };
    // `active: false` is how SCIM says that somebody was removed.
    return { person, active: user.active !== false };
  });

const arrivedGroup = z.object({
  id,
  displayName: z.string(),
  /** undefined when the answer leaves members out, which is not the same as none. */
  members: z
    .array(z.object({ value: id }))
    .nullish()
    .transform((members) => (members == null ? undefined : distinct(members.map((member) => member.value)))),
});

type ArrivedGroup = z.infer<typeof arrivedGroup>;

const listOfPeople = listOf(arrivedPerson);
const listOfGroups = listOf(arrivedGroup);

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
    const list = arrived(schema, answer);
    return { rows: list.Resources, total: list.totalResults };
  };

  const readGroup = async (groupId: string): Promise<ArrivedGroup | undefined> => {
    const answer = await transport.send({
      family,
      method: "GET",
      path: groupPath(groupId),
      mayBeAbsent: true,
    });
    if (answer.status === 404) return undefined;
    const group = arrived(arrivedGroup, answer);
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
      const group = await readGroup(listed.id);
      if (group === undefined)
        return { anomaly: `the group ${listed.displayName} went while it was read`, pages };
      rows.push(groupRecord(group));
    }
    return { ...reading, rows, pages };
  };

  const patchGroup = async (groupId: string, operation: Readonly<Record<string, unknown>>): Promise<Answer> =>
    transport.send({
      family,
      method: "PATCH",
      path: groupPath(groupId),
      body: { schemas: [patchSchema], Operations: [operation] },
    });

  const sent = async (call: Call): Promise<void> => {
    await transport.send(call);
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
        const group = await readGroup(groupId);
        const isIn = (email: string): boolean =>
          group?.members?.some((member) => sameAddress(member, email)) === true;
        return group?.members !== undefined && emails.every((email) => isIn(email) === (op === "add"));
      },
    );
  };

  return {
    async people(options) {
      const listing = await peopleNow(options);
      for (const { person } of listing.items) spellings.heard(person.email);
      return { ...listing, items: listing.items.filter(({ active }) => active).map(({ person }) => person) };
    },

    async person(email) {
      const answer = await transport.send({
        family,
        method: "GET",
        path: userPath(spellings.of(email)),
        mayBeAbsent: true,
      });
      if (answer.status === 404) return undefined;
      const { person, active } = arrived(arrivedPerson, answer);
      if (!sameAddress(person.email, email)) throw answer.failure(`it is somebody else (${person.email})`);
      return active ? person : undefined;
    },

    groups: (options) => readWhole({ family, name: "groups", clock }, () => readGroups(options)),

    async group(groupId) {
      const group = await readGroup(groupId);
      return group && groupRecord(group);
    },

    async invite(person) {
      await transport.send({ family, method: "POST", path: `${root}/Users`, body: wholeUser(person) });
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

    async removePerson(email) {
      await unlessDone(
        () => sent({ family, method: "DELETE", path: userPath(spellings.of(email)), mayBeAbsent: true }),
        async () =>
          !(await peopleNow()).items.some(({ person, active }) => active && sameAddress(person.email, email)),
      );
    },

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
      const group = arrived(arrivedGroup, answer);
      return { id: group.id, name: group.displayName, members: group.members ?? members };
    },

    addMembers: (groupId, emails) => changeMembers(groupId, "add", emails),

    removeMembers: (groupId, emails) => changeMembers(groupId, "remove", emails),

    async renameGroup(groupId, name) {
      await patchGroup(groupId, { op: "replace", path: "displayName", value: name });
    },

    async deleteGroup(groupId) {
      await unlessDone(
        () => sent({ family, method: "DELETE", path: groupPath(groupId), mayBeAbsent: true }),
        async () =>
          !(await readWhole({ family, name: "groups", clock }, () => readGroups())).items.some(
            ({ id: listed }) => listed === groupId,
          ),
      );
    },
  };
}

function userPath(email: string): string {
  return `${root}/Users/${segment(email)}`;
}

function groupPath(groupId: string): string {
  return `${root}/Groups/${segment(groupId)}`;
}

function groupRecord(group: ArrivedGroup): GroupRecord {
  return { id: group.id, name: group.displayName, members: group.members ?? [] };
}

function wholeUser(person: PersonRecord): Readonly<Record<string, unknown>> {
  const { email, givenName, familyName } = person;
  return {
    schemas: [userSchema],
    id: email,
    userName: email,
    ...((givenName ?? familyName) === undefined ? {} : { name: { givenName, familyName } }),
    active: true,
    emails: [{ value: email, primary: true }],
  };
}

function distinct(emails: readonly string[]): readonly string[] {
  return [
    ...new Map([...emails].reverse().map((email) => [canonicalEmail(email), email])).values(),
  ].reverse();
}
