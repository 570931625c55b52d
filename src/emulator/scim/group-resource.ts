import { z } from "zod";
import { Refusal } from "../organization/act";
import type { Group, Organization } from "../organization/organization";
import type { Switches } from "../switches";

const email = z.string().regex(/^[^\s@"]+@[^\s@"]+\.[^\s@"]+$/, "not an e-mail address");

/** Members as they are written: `[{ "value": "ana@nova.agency" }]`. */
export const memberList = z.array(z.looseObject({ value: email }));

const groupBody = z.looseObject({ displayName: z.string().min(1), members: memberList.optional() });

/** A group as it is written. */
export interface GroupBody {
  readonly displayName: string;
  readonly members: string[];
}

/** Reads a group from a request. Throws Refusal with every fault of it. */
export function parseGroup(body: unknown): GroupBody {
  const parsed = groupBody.safeParse(body);
  if (parsed.success) {
    return {
      displayName: parsed.data.displayName,
      members: (parsed.data.members ?? []).map((member) => member.value),
    };
  }
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  throw new Refusal("invalid", faults.join("; "));
}

/**
 * A group as SCIM reads it back. Its id is a number in the examples of list and create, a text in those of get
 * and patch (`single`), and a member without names is called "undefined undefined"
 * (https://amplitude.com/docs/apis/analytics/scim).
 */
export function groupResource(
  group: Group,
  organization: Organization,
  switches: Switches,
  shape: { readonly single: boolean; readonly members: boolean },
): object {
  const ids = switches["scim-group-ids"];
  const asText = ids === "string" || (ids === "mixed" && shape.single);
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    id: asText ? String(group.id) : group.id,
    displayName: group.name,
    ...(shape.members
      ? { members: [...group.members].map((member) => memberResource(member, organization)) }
      : {}),
    meta: {
      resourceType: "Group",
      created: scimTime(group.created),
      lastModified: scimTime(group.lastModified),
    },
  };
}

function memberResource(member: string, organization: Organization): object {
  const person = organization.person(member);
  return {
    value: person?.email ?? member,
    display: `${String(person?.givenName)} ${String(person?.familyName)}`,
  };
}

function scimTime(time: string): string {
  return new Date(time).toISOString().replace("Z", "+00:00");
}
