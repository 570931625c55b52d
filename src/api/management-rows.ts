import * as z from "zod";

import { caselessName } from "../schema";
import type {
  ApiKeyRecord,
  ManagedProjectRecord,
  MemberRecord,
  ModuleGrantRecord,
  SettingsRecord,
} from "./records";
import { rfc3339 } from "./pages";
import { id, optionalText } from "./wire";

/* What arrives from the management routes. The routes are the playbook's or ours; that JSON is in snake_case is ours. */

/** A time with its offset, as RFC 3339 in UTC. */
const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .pipe(z.number())
  .transform(rfc3339);

/** `No Access` and `no_access` are one role. */
const roleName = z
  .string()
  .transform((name) => caselessName(name).replace(/[\s_-]+/g, "_"))
  .pipe(z.string().min(1));

/* What is left out is not the same as off or none: neither settings nor add-ons are guessed. */

export const arrivedSettings = z
  .object({
    id,
    sso_enforced: z.boolean(),
    jit_default_role: roleName.nullable(),
    scim_enabled: z.boolean(),
    mfa_required: z.boolean(),
    ip_allowlist: z.array(z.string()),
  })
  .transform((row): { readonly orgId: string; readonly settings: SettingsRecord } => ({
    orgId: row.id,
    settings: {
      ssoEnforced: row.sso_enforced,
      ...(row.jit_default_role !== null && { jitDefaultRole: row.jit_default_role }),
      scimEnabled: row.scim_enabled,
      mfaRequired: row.mfa_required,
      ipAllowlist: row.ip_allowlist,
    },
  }));

export const arrivedMember = z
  .object({
    email: z.string().includes("@"),
    role: roleName,
    status: z.enum(["pending", "joined"]),
    last_login: instant.nullish(),
  })
  .transform(({ email, role, status, last_login: lastLogin }): MemberRecord => ({
    email,
    role,
    status,
    ...(lastLogin != null && { lastLogin }),
  }));

export const arrivedManagedProject = z
  .object({
    id,
    name: z.string(),
    archived: z.boolean(),
    environment: optionalText,
    add_ons: z.array(z.string()),
  })
  .transform(({ id, name, archived, environment, add_ons }): ManagedProjectRecord => ({
    id,
    name,
    archived,
    ...(environment !== undefined && { environment }),
    addOns: add_ons,
  }));

export const arrivedModuleGrant = z
  .object({
    id,
    principal_type: z.enum(["user", "group"]),
    principal: id,
    project_id: id,
    module: z.string().min(1),
  })
  .transform((row): ModuleGrantRecord => ({
    id: row.id,
    principalType: row.principal_type,
    principal: row.principal,
    projectId: row.project_id,
    module: row.module,
  }));

/** The value, where there is one, is not taken over: a record may be shown. */
export const arrivedApiKey = z
  .object({
    id,
    type: z.string().min(1),
    project_id: id.nullish(),
    label: z.string(),
    created_at: instant,
  })
  .transform(({ id, type, project_id: projectId, label, created_at }): ApiKeyRecord => ({
    id,
    type,
    ...(projectId != null && { projectId }),
    label,
    createdAt: created_at,
  }));

/** The only answer with a value in it. */
export const arrivedValue = z.object({ value: z.string().min(1) });

/** `{"data": [...], "next_cursor": null}`; rows are read one by one. */
export const arrivedList = z.object({
  data: z.array(z.unknown()),
  next_cursor: z.union([id, z.literal("")]).nullish(),
});
