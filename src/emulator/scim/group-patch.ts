import { z } from "zod";
import { Refusal } from "../organization/act";
import { canonical, type Group } from "../organization/organization";
import type { Switches } from "../switches";
import { equality, parseFilter } from "./filter";
import { memberList } from "./group-resource";

const operation = z.looseObject({
  op: z
    .string()
    .transform((op) => op.toLowerCase())
    .pipe(z.enum(["add", "remove", "replace"])),
  path: z.string().optional(),
  value: z.unknown().optional(),
});

const patchBody = z.looseObject({ Operations: z.array(operation).min(1) });
type Operation = z.output<typeof operation>;

/** What a PATCH asks of a group, all of its operations taken together. */
export interface GroupChange {
  readonly name?: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * Reads a PatchOp. Documented are `add` and `remove` with path `members` and a list of `{ value }`
 * (https://amplitude.com/docs/apis/analytics/scim); `replace`, a rename, no path and `members[value eq "x"]` are
 * what identity providers send besides: switches scim-group-replace-members and scim-group-rename. Throws Refusal.
 */
export function groupChange(group: Group, body: unknown, switches: Switches): GroupChange {
  const parsed = patchBody.safeParse(body);
  if (!parsed.success) {
    throw new Refusal(
      "invalid",
      parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "),
    );
  }
  const members = new Map([...group.members].map((member) => [member, member]));
  let name: string | undefined;
  for (const each of parsed.data.Operations.flatMap(withPath)) {
    if (each.path?.toLowerCase() === "displayname") name = newName(each, switches);
    else applyToMembers(members, each, switches);
  }
  return {
    ...(name === undefined ? {} : { name }),
    add: [...members].filter(([key]) => !group.members.has(key)).map(([, email]) => email),
    remove: [...group.members].filter((member) => !members.has(member)),
  };
}

/** An operation without a path carries attributes: `{ "displayName": ..., "members": ... }`. */
function withPath(each: Operation): Operation[] {
  if (each.path !== undefined) return [each];
  if (typeof each.value !== "object" || each.value === null || Array.isArray(each.value)) {
    throw new Refusal("invalid", "An operation without a path needs an object as its value.");
  }
  return Object.entries(each.value)
    .filter(([path]) => ["displayname", "members"].includes(path.toLowerCase()))
    .map(([path, value]) => ({ op: each.op, path, value: value as unknown }));
}

function newName(each: Operation, switches: Switches): string {
  if (!switches["scim-group-rename"]) throw new Refusal("invalid", "The name of a group cannot be changed.");
  if (each.op === "remove" || typeof each.value !== "string" || each.value === "") {
    throw new Refusal("invalid", "displayName needs a name.");
  }
  return each.value;
}

function applyToMembers(members: Map<string, string>, each: Operation, switches: Switches): void {
  const path = each.path ?? "";
  const selected = /^members\[(.+)\]$/i.exec(path)?.[1];
  if (path.toLowerCase() !== "members" && (selected === undefined || each.op !== "remove")) {
    throw new Refusal("invalid", `There is no path ${path} to ${each.op}.`);
  }
  if (each.op === "replace" && !switches["scim-group-replace-members"]) {
    throw new Refusal("invalid", "op is add or remove.");
  }
  const named = selected === undefined ? emailsOf(each, members) : [selectedEmail(selected)];
  if (each.op === "replace") members.clear();
  for (const email of named) {
    const present = members.has(canonical(email));
    if (each.op === "remove") {
      if (!present && switches["scim-remove-non-member"] === "404") {
        throw new Refusal("not-found", `${email} is not a member.`, 404);
      }
      members.delete(canonical(email));
    } else if (!present) members.set(canonical(email), email);
    else if (switches["scim-add-existing-member"] === "409")
      throw new Refusal("conflict", `${email} is a member already.`, 409);
  }
}

function emailsOf(each: Operation, members: ReadonlyMap<string, string>): string[] {
  // The standard's "remove members" without a value empties the group (RFC 7644 section 3.5.2.2).
  if (each.value === undefined && each.op === "remove") return [...members.keys()];
  const parsed = memberList.safeParse(Array.isArray(each.value) ? each.value : [each.value]);
  if (!parsed.success) throw new Refusal("invalid", 'members takes a list of {"value": "<e-mail>"}.');
  return parsed.data.map((member) => member.value);
}

function selectedEmail(selection: string): string {
  const equal = equality(parseFilter(selection));
  if (equal?.attribute !== "value")
    throw new Refusal("invalid", `Only members[value eq "..."] can be selected.`);
  return equal.value;
}
