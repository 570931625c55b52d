import { z } from "zod";
import { Refusal } from "../organization/act";
import type { PersonState } from "../seed/schema";
import type { Switches } from "../switches";

/** The schema of a user. */
export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";

const email = z.string().regex(/^[^\s@"]+@[^\s@"]+\.[^\s@"]+$/, "not an e-mail address");

/** A user as it is written; attributes that Amplitude does not list are let through and ignored. */
export const userBody = z.looseObject({
  userName: email,
  id: email.optional(),
  name: z.looseObject({ givenName: z.string().optional(), familyName: z.string().optional() }).optional(),
  active: z.boolean().optional(),
});

/** A user as SCIM writes it. */
export type UserBody = z.output<typeof userBody>;

/** Reads a user from a request. Throws Refusal with every fault of it. */
export function parseUser(body: unknown): UserBody {
  const parsed = userBody.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  throw new Refusal("invalid", faults.join("; "));
}

/**
 * A person as SCIM reads them back: `id` is the e-mail, `active` is true for invited and joined alike, and who
 * never gave a name is called NO_GIVEN_NAME NO_FAMILY_NAME
 * (https://amplitude.com/docs/apis/analytics/scim, https://amplitude.com/docs/admin/account-management/scim-provision).
 */
export function userResource(
  person: PersonState,
  switches: Switches,
): Record<string, unknown> & { schemas: string[] } {
  const placeholders = switches["scim-placeholder-names"];
  return {
    schemas: [USER_SCHEMA],
    id: person.email,
    userName: person.email,
    name: {
      givenName: person.givenName ?? (placeholders ? "NO_GIVEN_NAME" : ""),
      familyName: person.familyName ?? (placeholders ? "NO_FAMILY_NAME" : ""),
    },
    active: true,
    emails: [{ value: person.email, primary: true }],
    meta: { resourceType: "User" },
  };
}

/** Names as they are kept: an empty one and a placeholder that was read back are no name. */
export function namesOf(user: UserBody): Pick<PersonState, "givenName" | "familyName"> {
  const { givenName, familyName } = user.name ?? {};
  return {
    ...(givenName === undefined || givenName === "" || givenName === "NO_GIVEN_NAME" ? {} : { givenName }),
    ...(familyName === undefined || familyName === "" || familyName === "NO_FAMILY_NAME"
      ? {}
      : { familyName }),
  };
}
