import { canonicalEmail } from "../../access";
import type { SettingsRecord } from "../../api";
import { defineOperation } from "../operation";
import { invitationWithRole } from "./person";

/** Settings of an organization, as attributes name them, with the way through Amplitude's pages (playbook). */
const pages = {
  sso_enforced: "SSO > Enforce SSO",
  jit_default_role: "SSO > Just-in-time provisioning > Default role",
  scim_enabled: "SCIM > Enable",
  mfa_required: "Security > Require multi-factor authentication",
  ip_allowlist: "Security > IP Allowlist",
} as const;

export type SettingName = keyof typeof pages;

/** `value`: canonical text; for lists JSON. */
type Setting = { readonly setting: SettingName; readonly value: string };

/** One setting of the organization. */
export const changeSetting = defineOperation<Setting, { from: string | undefined }>({
  name: "organization.setting",
  actor: "write",
  family: "management",
  effects: ({ setting, value }) => [{ type: "setting", name: setting, value }],
  people: () => [],
  text: ({ setting, value }, { from }) =>
    `organization: ${setting} ${from === undefined ? "" : `${from} → `}${value}`,
  how: ({ setting, value }) => `Amplitude, Settings > Organization Settings > ${pages[setting]}: ${value}`,
  async perform(api, entries) {
    for (const { values } of entries) await api.updateSettings(settingsOf(values));
  },
});

function settingsOf({ setting, value }: Setting): Partial<SettingsRecord> {
  switch (setting) {
    case "sso_enforced":
      return { ssoEnforced: value === "true" };
    case "scim_enabled":
      return { scimEnabled: value === "true" };
    case "mfa_required":
      return { mfaRequired: value === "true" };
    case "jit_default_role":
      return { jitDefaultRole: value };
    case "ip_allowlist":
      return { ipAllowlist: JSON.parse(value) as string[] };
  }
}

/** Somebody's role in the organization. No documented API reads or writes it. */
export const changeOrganizationRole = defineOperation<
  { email: string; role: string },
  { from: string | undefined }
>({
  name: "organization.role",
  actor: "write",
  family: "management",
  effects: ({ email, role }) => [{ type: "set_organization_role", email, role }],
  people: ({ email }) => [canonicalEmail(email)],
  text: ({ email, role }, { from }) =>
    `${email}: organization role ${from === undefined ? "" : `${from} → `}${role}`,
  how: ({ email, role }) =>
    `Amplitude, Settings > Organization Settings > Members & Groups > ${email} > Role: ${role}`,
  unites: invitationWithRole,
  async perform(api, entries) {
    for (const { values } of entries) await api.setOrganizationRole(values.email, values.role);
  },
});
