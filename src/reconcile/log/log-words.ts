import { canonicalEmail, organizationRoleNamed, type Email, type OrganizationRole } from "../../access";
import { addressIn, type AuditEvent } from "../../api";
import { administers } from "../unread";

/*
 * Amplitude documents which acts are logged, and of the names in an entry only `auth`, `auth`, `login`
 * (https://amplitude.com/docs/admin/audit-log, https://amplitude.com/docs/apis/audit-logs). So words are compared, in any spelling.
 */

/** What was done, in words: `api_key`, `apiKey` and `API key` are the same two. */
export function wordsOf({ domain, feature, action }: AuditEvent): ReadonlySet<string> {
  const text = `${domain} ${feature} ${action}`.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return new Set(text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ""));
}

/** Whether one of the given words, or a form of it (`exported`, `keys`), is among these. */
export function speaksOf(words: ReadonlySet<string>, ...wanted: readonly string[]): boolean {
  return [...words].some((word) => wanted.some((stem) => word === stem || inflected(word, stem)));
}

function inflected(word: string, stem: string): boolean {
  const base = stem.replace(/e$/, "");
  return (
    stem.length > 2 &&
    word.startsWith(base) &&
    /^(?:e|s|es|ed|d|ing|ion|ation|or)?$/.test(word.slice(base.length))
  );
}

/** What an entry says that something was, and became: `from` and `to`, `old_role` and `new_role`, or one role alone. */
export interface RoleChange {
  readonly from: OrganizationRole | undefined;
  readonly to: OrganizationRole | undefined;
}

/** The organization role that an entry speaks of. */
export function roleChangeOf({ properties }: AuditEvent): RoleChange {
  const named = (wanted: RegExp): OrganizationRole | undefined => {
    for (const [name, value] of Object.entries(properties)) {
      const role = wanted.test(name) && typeof value === "string" ? organizationRoleNamed(value) : undefined;
      if (role !== undefined) return role;
    }
    return undefined;
  };
  return {
    from: named(/^(?:from|before|(?:old|previous|prior)[_ -]?(?:org(?:anization)?[_ -]?)?(?:role|value)?)$/i),
    to: named(/^(?:to|after|(?:new[_ -]?)?(?:org(?:anization)?[_ -]?)?(?:role|value)(?:[_ -]?name)?|new)$/i),
  };
}

/** Whom an entry is about; the actor where it names nobody else. */
export function personIn(event: AuditEvent): string {
  return subjectIn(event) ?? canonicalEmail(event.actor);
}

/** Whom an entry is about, where it has their address. */
function subjectIn({ target, properties }: AuditEvent): Email | undefined {
  const named = [target, properties["user"], properties["email"], properties["user_email"]];
  return named.map(addressIn).find((address) => address !== undefined);
}

/** Every address that an entry names beside its actor. */
export function addressesOf({ target, properties }: AuditEvent): Email[] {
  const named = [target, ...Object.values(properties)];
  return [...new Set(named.map(addressIn).filter((address) => address !== undefined))];
}

/** A change of somebody's role in the organization. */
export interface OrganizationRoleChange extends RoleChange {
  /** undefined: the entry has no address, only a name perhaps. Whoever did it is somebody else. */
  readonly person: Email | undefined;
  /** They came with it: an invitation, or a creation. */
  readonly isNew: boolean;
}

/**
 * What an entry says of a role in the organization, by a change or an invitation; undefined: nothing. The log speaks of "role updates to or
 * from Admin" and may not say which: then `to` is undefined. What Amplitude refused, and roles on projects and of groups, are nothing.
 */
export function organizationRoleChangeIn(event: AuditEvent): OrganizationRoleChange | undefined {
  const words = wordsOf(event);
  if (event.error !== undefined || event.projectId !== undefined || words.has("project")) return undefined;
  const isNew = speaksOf(words, "invite") || (speaksOf(words, "user") && speaksOf(words, "create"));
  if (!isNew && !speaksOf(words, "role", "permission")) return undefined;
  const change = { person: subjectIn(event), isNew, ...roleChangeOf(event) };
  // What a group loses, or may do, is not in the organization.
  const isGroups = change.person === undefined || (change.to !== undefined && !administers(change.to));
  if (speaksOf(words, "group") && isGroups) return undefined;
  if (change.to !== undefined) return change;
  const text = `${event.action} ${JSON.stringify(event.properties)}`;
  return speaksOf(words, "role") && /(?<![a-z])(?:admin|owner)(?![a-z])/i.test(text) ? change : undefined;
}

/** Who left the organization by an entry that says no more than that; its words for people and for removals are assumed. */
export function removedIn(event: AuditEvent): Email | undefined {
  const words = wordsOf(event);
  const [who, what] = [
    ["user", "member", "person", "organization", "org"],
    ["delete", "remove"],
  ];
  const says = speaksOf(words, ...who) && speaksOf(words, ...what);
  const isPlain = [...words].every((word) => speaksOf(new Set([word]), ...who, ...what));
  return says && isPlain && event.error === undefined && event.projectId === undefined
    ? subjectIn(event)
    : undefined;
}

/** Whether an entry tells of somebody who logged in, or tried to. */
export function isLogin(words: ReadonlySet<string>): boolean {
  return speaksOf(words, "login", "signin", "authenticate") || (words.has("log") && words.has("in"));
}
