import { z } from "zod";
import { switchesSchema } from "../switches";
import { email, id, name, organizationRole, time } from "./fields";
import { apiKey, moduleGrant, project, property, settings } from "./managed-records";

/** A person's role in the organization. */
export type OrganizationRole = z.output<typeof organizationRole>;

const person = z.strictObject({
  email,
  givenName: z.string().min(1).optional(),
  familyName: z.string().min(1).optional(),
  status: z.enum(["pending", "joined"]).default("joined"),
  organizationRole: organizationRole.default("member"),
  lastLogin: time.optional(),
});

const group = z.strictObject({
  id,
  name,
  description: z.string().optional(),
  members: z.array(email).default([]),
  created: time.default("2026-01-01T00:00:00.000Z"),
  lastModified: time.default("2026-01-01T00:00:00.000Z"),
});

const role = z.strictObject({
  id: z.guid(),
  name,
  tags: z.record(z.string(), z.unknown()).optional(),
});

const assignment = z.strictObject({
  id: z.string().min(1).optional(),
  principalType: z.enum(["user", "group"]),
  principal: z.union([z.string().min(1), id]),
  project: id,
  role: name,
});

const identityProviderGroup = z.strictObject({
  name,
  members: z.array(email).default([]),
  mapping: z
    .strictObject({
      organizationRole: organizationRole.optional(),
      projectRoles: z.record(z.string(), name).optional(),
    })
    .optional(),
});

/** An identity provider (IdP): its groups, who is in them, and what its sync does. */
export const identityProviderSchema = z.strictObject({
  name: name.default("idp"),
  groups: z.array(identityProviderGroup).default([]),
  deprovisions: z.boolean().default(false),
  every: z.int().min(1).nullable().default(null),
});

const auditEntry = z.strictObject({
  timestamp: time,
  domain: name,
  feature: name,
  action: name,
  target: z.string(),
  actor: z.string(),
  projectId: id.nullable().default(null),
  ip: z.string().nullable().default(null),
  userAgent: z.string().nullable().default(null),
  properties: z.record(z.string(), z.unknown()).default({}),
  error: z.string().nullable().default(null),
  /** No document of Amplitude says that such an act is logged: switch audit-log-documented-only. */
  documented: z.literal(false).optional(),
});

const credentials = z.strictObject({
  scimKey: z.string().min(1).optional(),
  orgApiKey: z.string().min(1).optional(),
  orgSecretKey: z.string().min(1).optional(),
  token: z.string().min(1).optional(),
});

/** An organization, its identity provider, its audit log and the emulator's switches, as one document. */
export const seedSchema = z.strictObject({
  format: z.literal("amplitude-emulator/1"),
  organization: z.strictObject({ id, name, region: z.enum(["us", "eu"]).default("us") }),
  clock: time.optional(),
  credentials: credentials.default({}),
  settings: settings.prefault({}),
  people: z.array(person).default([]),
  groups: z.array(group).default([]),
  roles: z.array(role).default([]),
  projects: z.array(project).default([]),
  assignments: z.array(assignment).default([]),
  modules: z.array(moduleGrant).default([]),
  apiKeys: z.array(apiKey).default([]),
  properties: z.array(property).default([]),
  identityProvider: identityProviderSchema.nullable().default(null),
  audit: z.array(auditEntry).default([]),
  removed: z.array(email).default([]),
  switches: switchesSchema.partial().default({}),
  counters: z
    .strictObject({
      group: id.optional(),
      assignment: id.optional(),
      apiKey: id.optional(),
      moduleGrant: id.optional(),
    })
    .default({}),
});

/** What a person writes: everything but format and organization has a default. */
export type Seed = z.input<typeof seedSchema>;

/** A seed with every default filled in: what the emulator answers for its state. */
export type State = z.output<typeof seedSchema>;

/** One person of a state. */
export type PersonState = State["people"][number];
/** One group of a state. */
export type GroupState = State["groups"][number];
/** One role of a state. */
export type RoleState = State["roles"][number];
/** One project of a state. */
export type ProjectState = State["projects"][number];
/** One line of the audit log. */
export type AuditEntry = z.output<typeof auditEntry>;
/** Settings of the organization that Amplitude keeps in its own pages. */
export type Settings = z.output<typeof settings>;
/** An API key as Amplitude's pages list it; the secret is not kept. */
export type ApiKeyState = z.output<typeof apiKey>;
/** A property of a project. */
export type PropertyState = z.output<typeof property>;
/** One of the Govern and Experiment permissions. */
export type ModuleName = z.output<typeof moduleGrant>["module"];
/** The identity provider. */
export type IdentityProviderState = z.output<typeof identityProviderSchema>;
