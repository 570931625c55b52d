import { settingsRecord, type SettingsRecord } from "../api";
import type { Collection } from "./collection";

/** The organization's settings: one row (playbook). No documented API shows them. */
export const settings: Collection<SettingsRecord> = {
  family: "management",
  title: "settings",
  row: settingsRecord,
  id: () => "settings",
  list: async (api) => ({ items: [await api.settings()] }),
  extent: "one row",
  changedBy: ["setting"],
  model: (facts, [row]) => ({ ...facts, settings: settingTexts(row) }),
};

/** Settings as texts, by the names that attributes give them; equal settings are equal texts. One that is not there is left out. */
export function settingTexts(row: SettingsRecord | undefined): ReadonlyMap<string, string> {
  if (row === undefined) return new Map();
  const { ssoEnforced, jitDefaultRole, scimEnabled, mfaRequired, ipAllowlist } = row;
  return new Map([
    ["sso_enforced", String(ssoEnforced)],
    ["scim_enabled", String(scimEnabled)],
    ["mfa_required", String(mfaRequired)],
    ["ip_allowlist", JSON.stringify([...ipAllowlist].sort())],
    ...(jitDefaultRole === undefined ? [] : ([["jit_default_role", jitDefaultRole]] as const)),
  ]);
}
