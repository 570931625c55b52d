/**
 * What the layers above see of Amplitude: typed reads, and typed writes that only an apply ever holds.
 * Records are normalised (ids are strings, absent is `undefined`), so nothing above knows a wire format.
 */

import type { AuditLogRead } from "./audit-log";
import type { LoginRead } from "./logins";
import type { DeveloperRead } from "./developer";
import type { PropertyRead, PropertyWrite } from "./property";
import type { Secret } from "./secret";

/** A group of routes with one credential and one rate limit of its own. */
export type Family = "scim" | "user-management" | "audit-log" | "developer" | "taxonomy" | "management";

/** Proof that a list was read whole: an invariant of every listing here, kept as evidence in plans and snapshots. */
export interface Proof {
  readonly family: Family;
  /** What was listed, in words: `people`, `groups`, `role assignments`. */
  readonly collection: string;
  readonly requests: number;
  /** Rows that arrived. */
  readonly rows: number;
  /** What the other side said the total is (SCIM `totalResults`); undefined where a cursor ended the list. */
  readonly total?: number;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
}

/** A whole list. Whoever cannot prove that it is whole throws `NotWhole` instead of returning one. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly proof: Proof;
}

/** Somebody in the organization, invited or joined: SCIM shows both alike. */
export interface PersonRecord {
  /** As Amplitude spells it; identity ignores case. */
  readonly email: string;
  /** undefined when Amplitude shows its placeholder for people who never joined (`NO_GIVEN_NAME`). */
  readonly givenName?: string;
  readonly familyName?: string;
}

/** A permission group with its members' e-mails. */
export interface GroupRecord {
  /** Amplitude answers a number or a string; always a string here. */
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
}

/** A role that can be assigned on a project. */
export interface RoleRecord {
  /** uuid */
  readonly id: string;
  readonly name: string;
  readonly custom: boolean;
}

export type PrincipalType = "user" | "group";

/** An explicit role of one person or one group on one project. */
export interface AssignmentRecord {
  readonly id: string;
  readonly principalType: PrincipalType;
  /** An e-mail for a user, a group id for a group. */
  readonly principal: string;
  readonly projectId: string;
  readonly roleId: string;
}

/** A project (Amplitude's wire also says app). */
export interface ProjectRecord {
  readonly id: string;
  readonly name: string;
}

/** One line of Amplitude's audit log. */
export interface AuditEvent {
  /** RFC 3339, UTC. */
  readonly at: string;
  /** E-mail of a person, or what Amplitude writes for a key. */
  readonly actor: string;
  readonly domain: string;
  readonly feature: string;
  readonly action: string;
  readonly target: string;
  readonly projectId?: string;
  readonly userAgent?: string;
  readonly ip?: string;
  /** Why the act failed; left out where it did not. */
  readonly error?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** One row of a project's resolved access. */
export interface AccessRecord {
  readonly principalType: PrincipalType;
  readonly principal: string;
  readonly projectId: string;
  readonly roleId: string;
  readonly roleName: string;
}

/**
 * Settings of the organization. Which there are: playbook ("Enforce SSO", JIT default role, SCIM, "Enforce Multi-Factor Authentication",
 * "Implement IP Allowlisting").
 */
export interface SettingsRecord {
  readonly ssoEnforced: boolean;
  /** Organization role of whoever signs in first, spelled as in `MemberRecord`; undefined where nobody is let in so. */
  readonly jitDefaultRole?: string;
  readonly scimEnabled: boolean;
  readonly mfaRequired: boolean;
  /** CIDR ranges; empty lets every address in. */
  readonly ipAllowlist: readonly string[];
}

/** Settings to be changed: what is left out stays. `jitDefaultRole: null` takes the default role away. */
export interface SettingsChange extends Partial<Omit<SettingsRecord, "jitDefaultRole">> {
  readonly jitDefaultRole?: string | null;
}

/** Somebody's place in the organization. */
export interface MemberRecord {
  /** As Amplitude spells it; identity ignores case. */
  readonly email: string;
  /** `owner`, `admin`, `manager`, `member`, `viewer`, `no_access` (playbook, "Organization-Level Roles"): lower case, `_` for blanks. */
  readonly role: string;
  readonly status: "pending" | "joined";
  /** RFC 3339, UTC; undefined for who never signed in. */
  readonly lastLogin?: string;
}

/** A project with what only an administrator sees. */
export interface ManagedProjectRecord extends ProjectRecord {
  readonly archived: boolean;
  /** `production`, `staging`, `reporting`, `development` (playbook, "Separate Staging and Production Access"). */
  readonly environment?: string;
  /** `govern`, `experiment` (playbook, "Project Settings → Add-ons"). */
  readonly addOns: readonly string[];
}

/** What a new project is to be. */
export interface ProjectDraft {
  readonly name: string;
  readonly environment?: string;
  readonly addOns?: readonly string[];
}

/** What of a project is to be changed: what is left out stays. `environment: null` takes it away. */
export interface ProjectChange {
  readonly name?: string;
  readonly archived?: boolean;
  readonly environment?: string | null;
  readonly addOns?: readonly string[];
}

/** Which principal has which module where: natural identity of a module grant. */
export interface ModuleGrantKey extends AssignmentKey {
  /** `govern_data_manager`, `govern_consumer`, `experiment_admin`, `experiment_analyst` (modules: playbook; spelling: ours). */
  readonly module: string;
}

export interface ModuleGrantRecord extends ModuleGrantKey {
  readonly id: string;
}

/** What a new key is to be. */
export interface ApiKeyDraft {
  /** `project`, `organization`, `govern`, `secret` (playbook, "API Key Types"). */
  readonly type: string;
  /** undefined for a key of the organization. */
  readonly projectId?: string;
  readonly label: string;
}

/** A key that exists; its value is seen once, when it is made. */
export interface ApiKeyRecord extends ApiKeyDraft {
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
}

/** Which principal has which role where: natural identity of an assignment. */
export interface AssignmentKey {
  readonly principalType: PrincipalType;
  readonly principal: string;
  readonly projectId: string;
}

/** How a list is read. */
export interface ListOptions {
  /** Awaited before every page but the first: whoever is not sure to need the whole list holds it back so. */
  readonly pace?: () => Promise<void>;
}

export interface ScimRead {
  people(options?: ListOptions): Promise<Listing<PersonRecord>>;
  /** undefined only when Amplitude says that nobody of that address is there. */
  person(email: string): Promise<PersonRecord | undefined>;
  groups(options?: ListOptions): Promise<Listing<GroupRecord>>;
  group(id: string): Promise<GroupRecord | undefined>;
}

export interface ScimWrite extends ScimRead {
  /** Sends an invitation e-mail. Never repeated on doubt: see `ensure`. */
  invite(person: PersonRecord): Promise<void>;
  rename(person: PersonRecord): Promise<void>;
  /** Already gone is success. */
  removePerson(email: string): Promise<void>;
  createGroup(name: string, members: readonly string[]): Promise<GroupRecord>;
  /** One request; unknown e-mails among `add` are invited by Amplitude. Answers the group as it is then, where Amplitude tells. */
  addMembers(groupId: string, emails: readonly string[]): Promise<readonly string[] | undefined>;
  removeMembers(groupId: string, emails: readonly string[]): Promise<readonly string[] | undefined>;
  /** Not documented: a 4xx here means that a person must do it by hand. */
  renameGroup(groupId: string, name: string): Promise<void>;
  /** Already gone is success. */
  deleteGroup(groupId: string): Promise<void>;
}

export interface UserManagementRead {
  roles(): Promise<Listing<RoleRecord>>;
  assignments(
    filter?: { readonly principal?: string; readonly projectId?: string },
    options?: ListOptions,
  ): Promise<Listing<AssignmentRecord>>;
  assignment(id: string): Promise<AssignmentRecord | undefined>;
  /** Group ids as this family knows them: they prove that the SCIM key is of the same organization. */
  groupIds(): Promise<Listing<string>>;
  effectiveAccess(projectId: string): Promise<Listing<AccessRecord>>;
}

export interface UserManagementWrite extends UserManagementRead {
  /** `roleId` is a uuid. Never repeated on doubt; 409 when the principal already has a role there. */
  createAssignment(key: AssignmentKey, roleId: string): Promise<AssignmentRecord>;
  updateAssignment(id: string, roleId: string): Promise<void>;
  /** Already gone is success. */
  deleteAssignment(id: string): Promise<void>;
}

/**
 * Only where a management URL is configured: Amplitude publishes no such API. Inviting with a role, removing a member and granting a
 * project role are the playbook's routes ("Programmatic User Management"), the others follow their shape and are ours.
 */
export interface ManagementRead {
  settings(): Promise<SettingsRecord>;
  members(): Promise<Listing<MemberRecord>>;
  /** undefined only when nobody of that address is there. */
  member(email: string): Promise<MemberRecord | undefined>;
  /** Archived ones too. Of one: undefined only when there is none of that id, here as below. */
  managedProjects(): Promise<Listing<ManagedProjectRecord>>;
  managedProject(id: string): Promise<ManagedProjectRecord | undefined>;
  moduleGrants(): Promise<Listing<ModuleGrantRecord>>;
  moduleGrant(id: string): Promise<ModuleGrantRecord | undefined>;
  apiKeys(): Promise<Listing<ApiKeyRecord>>;
  apiKey(id: string): Promise<ApiKeyRecord | undefined>;
}

export interface ManagementWrite extends ManagementRead {
  updateSettings(change: SettingsChange): Promise<void>;
  /** Sends an invitation e-mail. Never repeated on doubt; 409 when the person is there or invited. */
  inviteWithRole(person: PersonRecord, role: string): Promise<MemberRecord>;
  /** 403 when the organization would lose its only administrator. */
  setOrganizationRole(email: string, role: string): Promise<void>;
  /** Already gone is success. */
  removeMember(email: string): Promise<void>;
  /** Never repeated on doubt; 409 when the name is taken. */
  createProject(draft: ProjectDraft): Promise<ManagedProjectRecord>;
  updateProject(id: string, change: ProjectChange): Promise<void>;
  /** `role` by name, built-in or custom: the person's direct role there, whatever it was. Never repeated on doubt. */
  grantProjectRole(projectId: string, email: string, role: string): Promise<void>;
  /** Never repeated on doubt; 409 when it is granted already, 400 when the project lacks the add-on. */
  grantModule(key: ModuleGrantKey): Promise<ModuleGrantRecord>;
  /** Already gone is success. */
  revokeModule(id: string): Promise<void>;
  /** The only time that `value` is seen. Never repeated on doubt: then a key may be there whose value is lost. */
  createApiKey(draft: ApiKeyDraft): Promise<{ readonly record: ApiKeyRecord; readonly value: Secret }>;
  /** Already gone is success. */
  deleteApiKey(id: string): Promise<void>;
}

/** Everything that can be read. A planner holds this, and so cannot write. */
export interface ReadApi
  extends ScimRead, UserManagementRead, AuditLogRead, LoginRead, DeveloperRead, PropertyRead, ManagementRead {
  /** Families for which there are credentials; calling another one throws `FamilyUnavailable`. */
  readonly families: ReadonlySet<Family>;
  /** `requests` counts what was sent so far, retries included. */
  readonly meter: { readonly requests: number };
  /** Finds out what time it is, where nothing was read yet; costs Amplitude no request. */
  start(): Promise<void>;
  /** Milliseconds since 1970: this machine's clock, or an emulator's, which is known once something was read or it was started. */
  now(): number;
  /** Waits on the same clock. Rejects when the run is to stop. */
  sleep(ms: number): Promise<void>;
}

/** Reads and writes. Only an apply holds one. */
export interface WriteApi extends ReadApi, ScimWrite, UserManagementWrite, PropertyWrite, ManagementWrite {}
