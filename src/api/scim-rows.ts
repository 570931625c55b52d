import * as z from "zod";

import { canonicalEmail } from "../schema";
import type { GroupRecord, PersonRecord } from "./records";
import { inDocumentedCase } from "./scim-names";
import { type Answer, arrived, id, optionalText } from "./wire";

/* What SCIM's rows look like on the wire: https://amplitude.com/docs/apis/analytics/scim. */

const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
export const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";

const count = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

export interface List<T> {
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

export const arrivedPerson = z
  .object({
    id: id.nullish(),
    userName: optionalText,
    emails: z.array(z.object({ value: optionalText })).nullish(),
    name: z.object({ givenName: personName, familyName: personName }).nullish(),
    active: z
      .union([
        z.boolean(),
        z
          .string()
          .regex(/^(true|false)$/i)
          .transform((text) => /^true$/i.test(text)),
      ])
      .nullish(),
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

/** A member without a value is somebody all the same: nobody whom an address names. */
const arrivedMember = z.union([
  z
    .object({ value: id.nullish(), display: optionalText })
    .transform(
      ({ value, display }) =>
        value ?? (display === undefined || display.includes("@") ? "(no value)" : display),
    ),
  id,
]);

export const arrivedGroup = z.object({
  id,
  displayName: z.string(),
  /** undefined when the answer leaves members out, which is not the same as none. */
  members: z
    .array(arrivedMember)
    .nullish()
    .transform((members) => (members == null ? undefined : distinct(members))),
});

export type ArrivedGroup = z.infer<typeof arrivedGroup>;

export const listOfPeople = listOf(arrivedPerson);
export const listOfGroups = listOf(arrivedGroup);

export function groupRecord(group: ArrivedGroup): GroupRecord {
  return { id: group.id, name: group.displayName, members: group.members ?? [] };
}

/** What arrived, its attributes in whatever case. Throws ApiFailure that says where it differs. */
export function arrivedAs<T>(schema: z.ZodType<T>, answer: Answer): T {
  return arrived(schema, { ...answer, body: inDocumentedCase(answer.body) });
}

export function wholeUser(person: PersonRecord): Readonly<Record<string, unknown>> {
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
