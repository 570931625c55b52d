import { canonicalEmail } from "../../access";
import { ApiFailure, type SettingsRecord } from "../../api";
import { defineOperation } from "../operation";
import { settingTexts } from "../../collections";
import { Unexpected } from "../unexpected";
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
  look({ setting, value }, { from }) {
    // Where nobody is let in of themselves, the setting is not there.
    if (from === undefined && setting !== "jit_default_role") return undefined;
    return async (api) => {
      const is = settingTexts(await api.settings()).get(setting);
      if (is === value || is === from) return undefined;
      return new Unexpected({
        request: `PATCH organization ${setting}`,
        family: "management",
        was: from ?? "none",
        is: is ?? "none",
        effects: is === undefined ? [] : [{ type: "setting", name: setting, value: is }],
      });
    };
  },
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

const NO_ACCESS = "no_access";

/** Somebody's role in the organization. No documented API reads or writes it. `anyway`: it changes whatever it is by now. */
export const changeOrganizationRole = defineOperation<
  { email: string; role: string },
  { from: string | undefined; anyway?: boolean }
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
  look({ email, role }, { from, anyway = false }) {
    if (from === undefined || anyway) return undefined;
    return async (api) => {
      const found = await api.member(email);
      // Whoever is gone has no access.
      if (found === undefined && role === NO_ACCESS) return undefined;
      if (found?.role === role || found?.role === from) return undefined;
      return new Unexpected({
        request: `PATCH members/${email}`,
        family: "management",
        was: from,
        is: found?.role ?? "nobody of that address",
        effects: [
          found === undefined
            ? { type: "remove_person", email }
            : { type: "set_organization_role", email, role: found.role },
        ],
      });
    };
  },
  async perform(api, entries) {
    for (const { values } of entries) {
      const { email, role } = values;
      try {
        await api.setOrganizationRole(email, role);
      } catch (error) {
        const isGone = role === NO_ACCESS && error instanceof ApiFailure && error.status === 404;
        if (!isGone || (await api.member(email).catch(() => error)) !== undefined) throw error;
      }
    }
  },
});
