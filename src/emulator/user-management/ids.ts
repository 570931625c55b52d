import { createHash } from "node:crypto";
import { Refusal } from "../organization/act";
import type { Organization } from "../organization/organization";
import type { Switches } from "../switches";

const OFFSET = 700_000;

/**
 * A group's id as user-management writes it: the same as SCIM's, which Amplitude does not say; switch
 * user-management-group-ids.
 */
export function outwardGroupId(id: number, switches: Switches): number {
  return switches["user-management-group-ids"] === "same" ? id : id + OFFSET;
}

/** The key of a group by the id that a caller sent, a number or its digits. Throws Refusal for anything else. */
export function inwardGroupId(id: unknown, switches: Switches): string {
  const text = typeof id === "number" || typeof id === "string" ? String(id) : "";
  if (!/^[1-9]\d*$/.test(text)) throw new Refusal("invalid", "A group id is a whole number of at least 1.");
  return switches["user-management-group-ids"] === "same" ? text : String(Number(text) - OFFSET);
}

/** A person's id in group routes: the e-mail, which Amplitude does not say; switch user-management-user-ids. */
export function outwardUserId(email: string, switches: Switches): string {
  return switches["user-management-user-ids"] === "email" ? email : opaqueId(email);
}

/** The e-mail behind a user id in a path; an opaque id that nobody has comes back as it is. */
export function inwardUserId(id: string, organization: Organization, switches: Switches): string {
  if (switches["user-management-user-ids"] === "email") return id;
  return organization.people.values().find((person) => opaqueId(person.email) === id)?.email ?? id;
}

function opaqueId(email: string): string {
  return createHash("sha256").update(email.toLowerCase()).digest("hex").slice(0, 12);
}
