/**
 * What the layers above see of Amplitude: typed reads, and typed writes that only an apply ever holds.
 */

import type { AuditLogRead } from "./audit-log";
import type { LoginRead } from "./logins";
import type { DeveloperRead } from "./developer";
import type { PropertyRead, PropertyWrite } from "./property";
import type {
  AccessRecord,
  ApiKeyDraft,
  ApiKeyRecord,
  AssignmentKey,
  AssignmentRecord,
  Family,
  GroupRecord,
  ListedGroup,
  Listing,
  ManagedProjectRecord,
  MemberRecord,
  ModuleGrantKey,
  ModuleGrantRecord,
  PersonRecord,
  ProjectChange,
  ProjectDraft,
  RoleRecord,
  SettingsChange,
  SettingsRecord,
} from "./records";
import type { Secret } from "./secret";

/** How a list is read. */
export interface ListOptions {
  /** Awaited before every page but the first: whoever is not sure to need the whole list holds it back so. */
  readonly pace?: () => Promise<void>;
}

/** How one row is read. */
export interface SingleOptions<T> {
  /**
   * What proves an absence where errors are undocumented: by default a whole list, read after the answer and shared by all doubts of a run. A
   * function: the list of whoever holds one. `unproved`: nothing, for whoever is about to create, which Amplitude refuses where there is one.
   */
  readonly proof?: "unproved" | (() => Promise<readonly T[]>);
}

export interface ScimRead {
  people(options?: ListOptions): Promise<Listing<PersonRecord>>;
  /** undefined only when nobody of that address is there: Amplitude says so, and the whole list does. */
  person(email: string, options?: SingleOptions<PersonRecord>): Promise<PersonRecord | undefined>;
  groups(options?: ListOptions): Promise<Listing<GroupRecord>>;
  group(id: string, options?: SingleOptions<GroupRecord>): Promise<GroupRecord | undefined>;
}

export interface ScimWrite extends ScimRead {
  /** Sends an invitation e-mail. Never repeated on doubt: see `ensure`. */
  invite(person: PersonRecord): Promise<void>;
  rename(person: PersonRecord): Promise<void>;
  /** Already gone is success, where the whole list lacks them too. */
  removePerson(email: string): Promise<void>;
  createGroup(name: string, members: readonly string[]): Promise<GroupRecord>;
  /** One request; unknown e-mails among `add` are invited by Amplitude. Answers the group as it is then, where Amplitude tells. */
  addMembers(groupId: string, emails: readonly string[]): Promise<readonly string[] | undefined>;
  removeMembers(groupId: string, emails: readonly string[]): Promise<readonly string[] | undefined>;
  /** Not documented: a 4xx here means that a person must do it by hand. */
  renameGroup(groupId: string, name: string): Promise<void>;
  /** Already gone is success, where the whole list lacks it too. */
  deleteGroup(groupId: string): Promise<void>;
}

export interface UserManagementRead {
  roles(): Promise<Listing<RoleRecord>>;
  assignments(
    filter?: { readonly principal?: string; readonly projectId?: string },
    options?: ListOptions,
  ): Promise<Listing<AssignmentRecord>>;
  assignment(id: string): Promise<AssignmentRecord | undefined>;
  /** Groups as this family knows them: their ids prove that the SCIM key is of the same organization. */
  listedGroups(): Promise<Listing<ListedGroup>>;
  /** Who is in a group, as this family names people: an address, or an id of its own. */
  groupMembers(groupId: string): Promise<Listing<string>>;
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
  /** Already gone is success, where the whole list lacks it too; here as below. */
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
