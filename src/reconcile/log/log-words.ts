import { canonicalEmail, organizationRoleNamed, type Email, type OrganizationRole } from "../../access";
import type { AuditEvent } from "../../api";

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
export function personIn({ target, actor, properties }: AuditEvent): string {
  const others = [target, properties["user"], properties["email"], properties["user_email"]];
  const person = others.find((value) => typeof value === "string" && value.includes("@"));
  return canonicalEmail(typeof person === "string" ? person : actor);
}

/** A change of somebody's role in the organization. */
export interface OrganizationRoleChange extends RoleChange {
  readonly person: Email;
}

/**
 * What an entry says of a role in the organization, by a change or an invitation; undefined: nothing. The log speaks of "role updates to or
 * from Admin" and may not say which: then `to` is undefined. What Amplitude refused, and roles on projects, are nothing.
 */
export function organizationRoleChangeIn(event: AuditEvent): OrganizationRoleChange | undefined {
  const words = wordsOf(event);
  if (event.error !== undefined || event.projectId !== undefined || words.has("project")) return undefined;
  const isCreated = speaksOf(words, "user") && speaksOf(words, "create");
  if (!isCreated && !speaksOf(words, "role", "invite", "permission")) return undefined;
  const change = { person: personIn(event), ...roleChangeOf(event) };
  if (change.to !== undefined) return change;
  const text = `${event.action} ${JSON.stringify(event.properties)}`;
  return speaksOf(words, "role") && /(?<![a-z])(?:admin|owner)(?![a-z])/i.test(text) ? change : undefined;
}

/** Whether an entry tells of somebody who logged in, or tried to. */
export function isLogin(words: ReadonlySet<string>): boolean {
  return speaksOf(words, "login", "signin", "authenticate") || (words.has("log") && words.has("in"));
}
