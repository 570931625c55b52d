import * as z from "zod";

import type { UnknownRow } from "./unknown-row";

/**
 * What reads answer and writes are given. Records are normalised (ids are strings, absent is `undefined`), so nothing above knows a wire format.
 */

/** A group of routes with one credential and one rate limit of its own. */
const family = z.enum(["scim", "user-management", "audit-log", "developer", "taxonomy", "management"]);
export type Family = z.infer<typeof family>;

/** Proof that a list was read whole: an invariant of every listing here, kept as evidence in plans and snapshots. */
export const proofRecord = z.strictObject({
  family,
  /** What was listed, in words: `people`, `groups`, `role assignments`. */
  collection: z.string(),
  requests: z.number(),
  /** Rows that arrived. */
  rows: z.number(),
  /** What the other side said the total is (SCIM `totalResults`); undefined where a cursor ended the list. */
  total: z.number().optional(),
  /** RFC 3339, UTC. */
  startedAt: z.string(),
  endedAt: z.string(),
});
export type Proof = Readonly<z.infer<typeof proofRecord>>;

/** A whole list. Whoever cannot prove that it is whole throws `NotWhole` instead of returning one. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly proof: Proof;
  /** Rows that are not understood, and so not among the items; absent where there is none. */
  readonly unknownRows?: readonly UnknownRow[];
}

/** Somebody in the organization, invited or joined: SCIM shows both alike. */
export const personRecord = z.strictObject({
  /** As Amplitude spells it; identity ignores case. */
  email: z.string(),
  /** undefined when Amplitude shows its placeholder for people who never joined (`NO_GIVEN_NAME`). */
  givenName: z.string().optional(),
  familyName: z.string().optional(),
  /** SCIM's id of them where it is not the address: groups may list them by it (RFC 7643, section 4.2). */
  memberId: z.string().optional(),
});
export type PersonRecord = Readonly<z.infer<typeof personRecord>>;

/** A group as the role API lists it, by the id that this API knows it by. */
export const listedGroupRecord = z.strictObject({ id: z.string(), name: z.string().optional() });
export type ListedGroup = Readonly<z.infer<typeof listedGroupRecord>>;

/** A permission group with its members' e-mails. */
export const groupRecord = z.strictObject({
  /** Amplitude answers a number or a string; always a string here. */
  id: z.string(),
  name: z.string(),
  members: z.array(z.string()).readonly(),
  /** No answer says who is in it: `members` is empty, and the group may not be. */
  membersUntold: z.literal(true).optional(),
});
export type GroupRecord = Readonly<z.infer<typeof groupRecord>>;

/** A role that can be assigned on a project. */
export const roleRecord = z.strictObject({
  /** uuid */
  id: z.string(),
  name: z.string(),
  custom: z.boolean(),
});
export type RoleRecord = Readonly<z.infer<typeof roleRecord>>;

const principalType = z.enum(["user", "group"]);
export type PrincipalType = z.infer<typeof principalType>;

/** An explicit role of one person or one group on one project. */
export const assignmentRecord = z.strictObject({
  id: z.string(),
  principalType,
  /** An e-mail for a user, a group id for a group. */
  principal: z.string(),
  projectId: z.string(),
  roleId: z.string(),
});
export type AssignmentRecord = Readonly<z.infer<typeof assignmentRecord>>;

/** A project (Amplitude's wire also says app). */
export const projectRecord = z.strictObject({ id: z.string(), name: z.string() });
export type ProjectRecord = Readonly<z.infer<typeof projectRecord>>;

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
export const settingsRecord = z.strictObject({
  ssoEnforced: z.boolean(),
  /** Organization role of whoever signs in first, spelled as in `MemberRecord`; undefined where nobody is let in so. */
  jitDefaultRole: z.string().optional(),
  scimEnabled: z.boolean(),
  mfaRequired: z.boolean(),
  /** CIDR ranges; empty lets every address in. */
  ipAllowlist: z.array(z.string()).readonly(),
});
export type SettingsRecord = Readonly<z.infer<typeof settingsRecord>>;

/** Settings to be changed: what is left out stays. `jitDefaultRole: null` takes the default role away. */
export interface SettingsChange extends Partial<Omit<SettingsRecord, "jitDefaultRole">> {
  readonly jitDefaultRole?: string | null;
}

/** Somebody's place in the organization. */
export const memberRecord = z.strictObject({
  /** As Amplitude spells it; identity ignores case. */
  email: z.string(),
  /** `owner`, `admin`, `manager`, `member`, `viewer`, `no_access` (playbook, "Organization-Level Roles"): lower case, `_` for blanks. */
  role: z.string(),
  status: z.enum(["pending", "joined"]),
  /** RFC 3339, UTC; undefined for who never signed in. */
  lastLogin: z.string().optional(),
});
export type MemberRecord = Readonly<z.infer<typeof memberRecord>>;

/** A project with what only an administrator sees. */
export const managedProjectRecord = projectRecord.extend({
  archived: z.boolean(),
  /** `production`, `staging`, `reporting`, `development` (playbook, "Separate Staging and Production Access"). */
  environment: z.string().optional(),
  /** `govern`, `experiment` (playbook, "Project Settings → Add-ons"). */
  addOns: z.array(z.string()).readonly(),
});
export type ManagedProjectRecord = Readonly<z.infer<typeof managedProjectRecord>>;

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

export const moduleGrantRecord = z.strictObject({
  id: z.string(),
  principalType,
  principal: z.string(),
  projectId: z.string(),
  module: z.string(),
});
export type ModuleGrantRecord = Readonly<z.infer<typeof moduleGrantRecord>>;

/** A key that exists; its value is seen once, when it is made. */
export const apiKeyRecord = z.strictObject({
  id: z.string(),
  /** `project`, `organization`, `govern`, `secret` (playbook, "API Key Types"). */
  type: z.string(),
  /** undefined for a key of the organization. */
  projectId: z.string().optional(),
  label: z.string(),
  /** RFC 3339, UTC. */
  createdAt: z.string(),
});
export type ApiKeyRecord = Readonly<z.infer<typeof apiKeyRecord>>;

/** What a new key is to be. */
export type ApiKeyDraft = Omit<ApiKeyRecord, "id" | "createdAt">;

/** Which principal has which role where: natural identity of an assignment. */
export interface AssignmentKey {
  readonly principalType: PrincipalType;
  readonly principal: string;
  readonly projectId: string;
}
