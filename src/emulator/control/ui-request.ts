import { z } from "zod";
import { addressRange, email, organizationRole } from "../seed/fields";
import { apiKeyScope, classificationList, moduleName, propertyType } from "../seed/managed-records";

const named = z.union([z.string().min(1), z.int().min(1)]);
const names = { givenName: z.string().min(1).optional(), familyName: z.string().min(1).optional() };
const principal = { person: email.optional(), group: named.optional() };

const change = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("invite"),
    email,
    ...names,
    organizationRole: organizationRole.optional(),
  }),
  z.strictObject({ type: z.literal("remove_person"), email }),
  z.strictObject({ type: z.literal("accept_invitation"), email: email.optional(), ...names }),
  z.strictObject({
    type: z.literal("login"),
    email: email.optional(),
    /** Why it does not succeed. */
    fails: z.string().min(1).optional(),
  }),
  z.strictObject({ type: z.literal("set_organization_role"), email, role: organizationRole }),
  z.strictObject({
    type: z.literal("create_group"),
    name: z.string().min(1),
    members: z.array(email).default([]),
  }),
  z.strictObject({ type: z.literal("rename_group"), group: named, name: z.string().min(1) }),
  z.strictObject({ type: z.literal("delete_group"), group: named }),
  z.strictObject({ type: z.literal("add_member"), group: named, email }),
  z.strictObject({ type: z.literal("remove_member"), group: named, email }),
  z.strictObject({ type: z.literal("grant"), ...principal, project: named, role: z.string().min(1) }),
  z.strictObject({ type: z.literal("revoke"), ...principal, project: named }),
  z.strictObject({
    type: z.literal("create_api_key"),
    label: z.string().min(1),
    scope: apiKeyScope.default("project"),
    project: named.optional(),
  }),
  z.strictObject({ type: z.literal("delete_api_key"), key: z.string().min(1) }),
  z.strictObject({ type: z.literal("grant_module"), ...principal, project: named, module: moduleName }),
  z.strictObject({ type: z.literal("revoke_module"), ...principal, project: named, module: moduleName }),
  z.strictObject({
    type: z.literal("change_property"),
    project: named,
    propertyType,
    property: z.string().min(1),
    hidden: z.boolean().optional(),
    classifications: classificationList.optional(),
  }),
  z.strictObject({
    type: z.literal("archive_project"),
    project: named,
    archived: z.boolean().default(true),
  }),
  z.strictObject({
    type: z.literal("change_settings"),
    mfaRequired: z.boolean().optional(),
    ipAllowlist: z.array(addressRange).optional(),
  }),
  z.strictObject({
    type: z.literal("change_sso"),
    enforced: z.boolean().optional(),
    jitDefaultRole: organizationRole.nullable().optional(),
  }),
  z.strictObject({
    type: z.literal("change_scim"),
    enabled: z.boolean().optional(),
    regenerateKey: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal("export"), project: named, what: z.string().default("events") }),
]);

/** The names of everything that a person can do in Amplitude's own pages. */
export const uiChanges: readonly string[] = change.options.map((option) => option.shape.type.value);

/** What a person can do in Amplitude's own pages, and who it is. */
export const uiRequest = z.strictObject({
  actor: email,
  change,
  /** The address that they come from. */
  ip: z.union([z.ipv4(), z.ipv6()]).default("127.0.0.1"),
});

/** One thing done in Amplitude's own pages. */
export type UiChange = z.output<typeof change>;
