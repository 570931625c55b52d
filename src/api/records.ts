import * as z from "zod";

/**
 * What reads answer and writes are given. Records are normalised (ids are strings, absent is `undefined`), so nothing above knows a wire format.
 */

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
  /** SCIM's id of them where it is not the address: groups may list them by it (RFC 7643, section 4.2). */
  readonly memberId?: string;
}

/** A group as the role API lists it, by the id that this API knows it by. */
export interface ListedGroup {
  readonly id: string;
  readonly name?: string;
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

const principalType = z.enum(["user", "group"]);
export type PrincipalType = z.infer<typeof principalType>;

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

export const moduleGrantRecord = z.strictObject({
  id: z.string(),
  principalType,
  principal: z.string(),
  projectId: z.string(),
  module: z.string(),
});
export type ModuleGrantRecord = Readonly<z.infer<typeof moduleGrantRecord>>;

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
