import { z } from "zod";
import { addressRange, id, name, organizationRole, time } from "./fields";

const seedTime = "2026-01-01T00:00:00.000Z";

/** What a project can be for, in the playbook's separation of environments. */
export const environment = z.enum(["production", "staging", "reporting", "development"]);

/** What a project can have in addition (playbook: "Govern and Experiment Add-Ons"). */
export const addOn = z.enum(["govern", "experiment"]);

/** Add-ons of one project, each once. */
export const addOnList = z
  .array(addOn)
  .refine((all) => new Set(all).size === all.length, { error: "names an add-on twice" });

/** The playbook's Govern and Experiment permissions. */
export const moduleName = z.enum([
  "govern_data_manager",
  "govern_consumer",
  "experiment_admin",
  "experiment_analyst",
]);

/** The playbook's kinds of API keys; Amplitude itself has no Govern key. */
export const apiKeyScope = z.enum(["project", "organization", "govern", "secret"]);

/** Classifications of a property (https://amplitude.com/docs/apis/analytics/taxonomy), each once. */
export const classificationList = z
  .array(z.enum(["PII", "SENSITIVE", "REVENUE"]))
  .refine((all) => new Set(all).size === all.length, { error: "names a classification twice" });

/** Whose property it is: a user's, an event's, or a group's of users. */
export const propertyType = z.enum(["user", "event", "group"]);

/** How a property stands in the tracking plan (https://amplitude.com/docs/apis/analytics/taxonomy): with data, without, or only as data. */
export const propertyStatus = z.enum(["live", "planned", "unexpected"]);

/** Settings of the organization that Amplitude keeps in its own pages. */
export const settings = z.strictObject({
  ssoEnforced: z.boolean().default(false),
  jitDefaultRole: organizationRole.nullable().default(null),
  scimEnabled: z.boolean().default(true),
  mfaRequired: z.boolean().default(false),
  ipAllowlist: z.array(addressRange).default([]),
});

const projectKeys = z.strictObject({ apiKey: z.string().min(1), secretKey: z.string().min(1) });

/** A project. */
export const project = z.strictObject({
  id,
  name,
  description: z.string().optional(),
  createdAt: time.default(seedTime),
  updatedAt: time.default(seedTime),
  archived: z.boolean().default(false),
  environment: environment.nullable().default(null),
  addOns: addOnList.default([]),
  keys: projectKeys.optional(),
});

/** An API key; its value is not kept. */
export const apiKey = z.strictObject({
  id: name,
  label: name,
  scope: apiKeyScope,
  projectId: id.nullable(),
  createdAt: time.default(seedTime),
  lastFour: z.string().length(4).default("0000"),
});

/** A module of an add-on that a person or a group has on a project. */
export const moduleGrant = z.strictObject({
  id: z.string().min(1).optional(),
  principalType: z.enum(["user", "group"]),
  principal: z.union([z.string().min(1), id]),
  project: id,
  module: moduleName,
});

/** A property of a project, whether it is hidden there, and how it is classified. `name`: as the Taxonomy API answers it, `gp:email`. */
export const property = z.strictObject({
  project: id,
  type: propertyType,
  name,
  status: propertyStatus.default("live"),
  hidden: z.boolean().default(false),
  classifications: classificationList.default([]),
});

/** The add-on that a module is a part of (playbook: "Govern and Experiment Add-Ons"). */
export function addOnOf(module: z.output<typeof moduleName>): z.output<typeof addOn> {
  return module.startsWith("govern_") ? "govern" : "experiment";
}
