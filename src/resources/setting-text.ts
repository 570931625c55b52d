import type { SettingsRecord } from "../api";

/** Settings as texts, by the names that attributes give them; equal settings are equal texts. One that is not there is left out. */
export function settingTexts(settings: SettingsRecord | undefined): ReadonlyMap<string, string> {
  if (settings === undefined) return new Map();
  const { ssoEnforced, jitDefaultRole, scimEnabled, mfaRequired, ipAllowlist } = settings;
  return new Map([
    ["sso_enforced", String(ssoEnforced)],
    ["scim_enabled", String(scimEnabled)],
    ["mfa_required", String(mfaRequired)],
    ["ip_allowlist", JSON.stringify([...ipAllowlist].sort())],
    ...(jitDefaultRole === undefined ? [] : ([["jit_default_role", jitDefaultRole]] as const)),
  ]);
}
