import { z } from "zod";

/**
 * Everything that Amplitude leaves undocumented and that a client can notice, with the likeliest answer as the
 * default, and the few documented numbers that Amplitude's support can change. docs/emulator.md says why each
 * default was chosen; a test compares that table with this object.
 */
export const switchesSchema = z.strictObject({
  // SCIM
  "scim-error-body": z.enum(["rfc7644", "plain", "empty"]).default("rfc7644"),
  "scim-content-type": z.enum(["application/json", "application/scim+json"]).default("application/json"),
  "scim-requests-per-minute": z.int().min(0).default(100),
  "scim-unknown-id-status": z.union([z.literal(404), z.literal(400)]).default(404),
  "scim-duplicate-user-status": z.union([z.literal(409), z.literal(400), z.literal(422)]).default(409),
  "scim-write-answer": z.enum(["request-body", "resource"]).default("request-body"),
  "scim-patch-user-patchop": z.boolean().default(true),
  "scim-filter": z.enum(["full", "username-eq", "ignored"]).default("full"),
  "scim-items-per-page-over-max": z.enum(["clamp", "400"]).default("clamp"),
  "scim-user-groups-filled": z.boolean().default(false),
  "scim-placeholder-names": z.boolean().default(true),
  "scim-reinvite-after-removal": z.boolean().default(true),
  "scim-invited-organization-role": z.enum(["viewer", "member", "no_access"]).default("viewer"),
  "scim-post-group-status": z.union([z.literal(200), z.literal(201)]).default(200),
  "scim-group-ids": z.enum(["mixed", "number", "string"]).default("mixed"),
  "scim-groups-paging": z.boolean().default(true),
  "scim-groups-filter": z.boolean().default(true),
  "scim-group-list-members": z.boolean().default(true),
  "scim-group-rename": z.boolean().default(true),
  "scim-group-replace-members": z.boolean().default(true),
  "scim-put-group": z.enum(["405", "501", "accepted"]).default("405"),
  "scim-duplicate-group": z.enum(["409", "400", "allowed"]).default("409"),
  "scim-add-existing-member": z.enum(["ignored", "409"]).default("ignored"),
  "scim-remove-non-member": z.enum(["ignored", "404"]).default("ignored"),
  "scim-patch-invites-unknown": z.boolean().default(true),
  // User management
  "user-management-enrolled": z.boolean().default(true),
  "user-management-requests-per-minute": z.int().min(0).default(100),
  "user-management-shares-scim-limit": z.boolean().default(false),
  "user-management-missing-org-id-status": z.union([z.literal(400), z.literal(403)]).default(400),
  "user-management-org-id-mismatch-status": z.union([z.literal(403), z.literal(400)]).default(403),
  "user-management-error-content-type": z
    .enum(["application/json", "application/problem+json"])
    .default("application/json"),
  "user-management-create-status": z.union([z.literal(201), z.literal(200)]).default(201),
  "user-management-user-ids": z.enum(["email", "opaque"]).default("email"),
  "user-management-group-ids": z.enum(["same", "different"]).default("same"),
  "user-management-limit-over-max": z.enum(["clamp", "400"]).default("clamp"),
  "user-management-pagination-extra": z.boolean().default(false),
  "user-management-built-in-roles-listed": z.boolean().default(true),
  "user-management-admin-assignable": z.boolean().default(true),
  "user-management-unknown-reference-status": z.union([z.literal(404), z.literal(400)]).default(404),
  "user-management-unknown-principal": z.enum(["404", "accepted"]).default("404"),
  "user-management-extra-fields": z.enum(["ignored", "400"]).default("ignored"),
  "user-management-add-existing-member": z.enum(["200", "409"]).default("200"),
  "user-management-add-unknown-member": z.enum(["404", "invites"]).default("404"),
  "user-management-remove-non-member": z.enum(["404", "200"]).default("404"),
  "user-management-access-via": z.boolean().default(true),
  // What hangs on what
  "last-admin-protected": z.boolean().default(true),
  "removing-person-deletes-assignments": z.boolean().default(true),
  "deleting-group-deletes-assignments": z.boolean().default(true),
  // Rate limits
  "rate-limit-window": z.enum(["fixed", "sliding"]).default("fixed"),
  "rate-limit-retry-after-header": z.boolean().default(true),
  // Audit log
  "audit-log-envelope": z.enum(["events", "data", "array"]).default("events"),
  "audit-log-documented-only": z.boolean().default(true),
  "audit-log-requests-per-minute": z.int().min(0).default(0),
  "audit-log-delay-seconds": z.int().min(0).default(0),
  "audit-log-actor-scim": z.string().min(1).default("SCIM API"),
  "audit-log-actor-taxonomy": z.string().min(1).default("Project API key"),
  "audit-log-actor-user-management": z.string().min(1).default("Organization API key"),
  // Developer API
  "developer-requests-per-minute": z.int().min(0).default(0),
  "developer-taxonomy-scope": z.enum(["write", "read", "none"]).default("write"),
  "developer-user-property-names": z.enum(["prefixed", "plain"]).default("prefixed"),
  // Taxonomy
  "taxonomy-included": z.boolean().default(true),
  "taxonomy-concurrent-cost": z.int().min(0).default(4),
  "taxonomy-cost-per-hour": z.int().min(0).default(7200),
  "taxonomy-data-access-control": z.boolean().default(true),
  "taxonomy-lists-unexpected": z.boolean().default(true),
  "taxonomy-refusal-status": z.union([z.literal(409), z.literal(200)]).default(409),
  // Management
  management: z.enum(["absent", "served"]).default("absent"),
  "management-requests-per-minute": z.int().min(0).default(100),
  // Identity provider
  "idp-mapping-scope": z.enum(["named-projects", "all-projects"]).default("named-projects"),
  "idp-uses-rate-limit": z.boolean().default(false),
});

/** The value of every switch. */
export type Switches = z.output<typeof switchesSchema>;

/** Some switches; the rest keeps its default. */
export type SwitchSettings = z.input<typeof switchesSchema>;

/** Every switch at its default. */
export const defaultSwitches: Switches = switchesSchema.parse({});

/** The switches that differ from their default, as a seed names them. */
export function changedSwitches(switches: Switches): SwitchSettings {
  const changed = Object.entries(switches).filter(
    ([name, value]) => value !== defaultSwitches[name as keyof Switches],
  );
  return Object.fromEntries(changed);
}
