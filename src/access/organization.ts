import { canonicalEmail } from "../schema";
import type { Role } from "./role";

export { canonicalEmail };

/**
 * A canonical e-mail: the identity of a person. Amplitude ignores case in e-mail ids and never lets an e-mail change
 * (https://amplitude.com/docs/apis/analytics/scim).
 */
export type Email = string;

/** Whether a text can be somebody's address at all: an id of theirs is none. */
export function isAddress(text: string): boolean {
  return text.includes("@");
}

/** The canonical e-mails of many at once: the members of a group. */
export function canonicalEmails(texts: Iterable<string>): ReadonlySet<Email> {
  const emails = new Set<Email>();
  for (const text of texts) emails.add(canonicalEmail(text));
  return emails;
}

export interface PersonNames {
  readonly givenName?: string;
  readonly familyName?: string;
}

/** Somebody in the organization, joined or invited: SCIM shows both alike (https://amplitude.com/docs/apis/analytics/scim). */
export interface Person extends PersonNames {
  /** As spelled by whoever invited them. */
  readonly email: string;
  /** A name such as `owner` or `No Access`; undefined where no API shows it. */
  readonly organizationRole?: string;
  /** Amplitude's own id of the person, where a list shows one apart from the address. */
  readonly memberId?: string;
  /** Whether they have accepted their invitation; undefined where no API shows it. */
  readonly accepted?: boolean;
}

/** A permission group (https://amplitude.com/docs/admin/account-management/manage-permission-groups). */
export interface Group {
  readonly id: string;
  /** Not unique: nothing says that Amplitude refuses a second group of the same name. */
  readonly name: string;
  readonly members: ReadonlySet<Email>;
  /** Who writes its members. */
  readonly writer: "us" | "idp" | "unknown";
}

export interface Project {
  readonly id: string;
  readonly name: string;
  /** Nobody reaches an archived project; its grants stay and count again when it is restored. */
  readonly archived?: boolean;
  /** `govern`, `experiment`; undefined where no API shows them. */
  readonly addOns?: readonly string[];
  /** What it is for: `production`; undefined where no API shows it. */
  readonly environment?: string;
}

/** Who holds a grant. */
export interface Principal {
  readonly type: "user" | "group";
  /** A canonical e-mail, or the id of a group. */
  readonly id: string;
}

/** An explicit role on a project: at most one per principal and project (https://amplitude.com/docs/apis/user-management). */
export interface Grant {
  readonly id: string;
  readonly principal: Principal;
  readonly projectId: string;
  readonly roleId: string;
}

/** An add-on's role on a project, on top of a project role (playbook, "Govern and Experiment Add-Ons"); no API of Amplitude shows it. */
export interface ModuleGrant {
  readonly id: string;
  readonly principal: Principal;
  readonly projectId: string;
  /** `govern_data_manager`; any other name than the playbook's is opaque. */
  readonly module: string;
}

/** A property of a project's data, as Amplitude lists it (https://amplitude.com/docs/apis/analytics/taxonomy). */
export interface Property {
  /** `gp:email`: custom ones have a prefix there. */
  readonly name: string;
  /** From everybody's query builder in the project. */
  readonly hidden: boolean;
  /** `PII`, `SENSITIVE`, `REVENUE`. */
  readonly classifications: readonly string[];
}

/** What tells one API key from the others. */
export interface KeyIdentity {
  readonly label: string;
  /** `project`, `organization`, `govern` or `secret` (playbook, "API Key Types"). */
  readonly keyType: string;
  /** undefined: of the organization. */
  readonly projectId?: string;
  /** Counted up by a person to rotate the key. */
  readonly generation: number;
}

/** An API key without its value, which Amplitude shows once. */
export interface ApiKey extends KeyIdentity {
  readonly id: string;
  /** RFC 3339; undefined for one that a plan will make. */
  readonly createdAt?: string;
}

/**
 * An organization as it is, or as it would be. E-mails are looked up without case. Two groups, projects or roles may share a name,
 * so a name always finds a list; roles are found without case.
 */
export interface Organization {
  people(): Iterable<Person>;
  person(email: string): Person | undefined;
  groups(): Iterable<Group>;
  group(id: string): Group | undefined;
  groupsNamed(name: string): readonly Group[];
  groupsOf(email: string): readonly Group[];
  roles(): Iterable<Role>;
  role(id: string): Role | undefined;
  rolesNamed(name: string): readonly Role[];
  projects(): Iterable<Project>;
  project(id: string): Project | undefined;
  projectsNamed(name: string): readonly Project[];
  /** Every project that is listed or granted on: where no API lists projects, grants are all that names them. */
  projectIds(): Iterable<string>;
  grants(): Iterable<Grant>;
  grant(principal: Principal, projectId: string): Grant | undefined;
  grantsOf(principal: Principal): readonly Grant[];
  modules(): Iterable<ModuleGrant>;
  module(principal: Principal, projectId: string, module: string): ModuleGrant | undefined;
  modulesOf(principal: Principal): readonly ModuleGrant[];
  keys(): Iterable<ApiKey>;
  key(identity: KeyIdentity): ApiKey | undefined;
  /** Properties of a project, of users (`user`), events (`event`) or groups of users (`group`); undefined where nobody read them. */
  properties(projectId: string, type: string): readonly Property[] | undefined;
  /** Name to value, both as text; a setting that is not known is absent. */
  settings(): ReadonlyMap<string, string>;
  /** Rows of a list on which nobody's access depends, as they were read; a collection's `rowsIn` gives them their type. */
  others(collection: string): readonly unknown[];
  /** Whether the id is in a row that nobody understood: then a list that lacks it says nothing of it. */
  isMentioned(id: string): boolean;
}

/** One text per principal, for maps and sets. */
export function principalKey({ type, id }: Principal): string {
  return type === "user" ? `user:${canonicalEmail(id)}` : `group:${id}`;
}

/** One text per key, for maps and sets. */
export function keyText({ keyType, projectId, label, generation }: KeyIdentity): string {
  return JSON.stringify([keyType, projectId ?? null, label, generation]);
}

/** The identity behind a `keyText`. */
export function identityOfKey(text: string): KeyIdentity {
  const [keyType, projectId, label, generation] = JSON.parse(text) as [string, string | null, string, number];
  return { keyType, ...(projectId === null ? {} : { projectId }), label, generation };
}
