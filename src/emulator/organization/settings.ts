import type { Settings } from "../seed/schema";
import { record, type Act } from "./act";
import { projectOf } from "./project-of";

/** Somebody changes single sign-on: whether it is enforced, and who is let in on a first login (null: nobody). */
export function changeSso(act: Act, change: Partial<Pick<Settings, "ssoEnforced" | "jitDefaultRole">>): void {
  const before = act.organization.settings;
  const after = { ...before, ...change };
  act.organization.settings = after;
  const shown = ({ ssoEnforced, jitDefaultRole }: Settings): object => ({
    enforced: ssoEnforced,
    jit_default_role: jitDefaultRole,
  });
  record(act, {
    domain: "config",
    feature: "sso",
    action: "update",
    documented: true,
    target: "sso",
    properties: { from: shown(before), to: shown(after) },
  });
}

/**
 * Somebody switches SCIM on or off, or generates a new SCIM key, which kills the old one at once
 * (https://amplitude.com/docs/admin/account-management/scim-provision). Returns the key that now holds.
 */
export function changeScim(act: Act, change: { enabled?: boolean; regenerateKey?: boolean }): string {
  const { organization } = act;
  const from = organization.settings.scimEnabled;
  organization.settings = { ...organization.settings, scimEnabled: change.enabled ?? from };
  if (change.regenerateKey === true) {
    const key = organization.credentials.scimKey;
    const generation = /^(.*)-g(\d+)$/.exec(key);
    const next = generation === null ? `${key}-g2` : `${generation[1] ?? key}-g${Number(generation[2]) + 1}`;
    organization.credentials = { ...organization.credentials, scimKey: next };
  }
  record(act, {
    domain: "config",
    feature: "scim",
    action: "update",
    documented: false,
    target: "scim",
    properties: {
      from: { enabled: from },
      to: { enabled: change.enabled ?? from },
      key_regenerated: change.regenerateKey ?? false,
    },
  });
  return organization.credentials.scimKey;
}

/** Somebody changes whether people need a second factor, and from which addresses they may come (none named: any). */
export function changeSecurity(
  act: Act,
  change: Partial<Pick<Settings, "mfaRequired" | "ipAllowlist">>,
): void {
  const before = act.organization.settings;
  const after = { ...before, ...change };
  act.organization.settings = after;
  const shown = ({ mfaRequired, ipAllowlist }: Settings): object => ({
    mfa_required: mfaRequired,
    ip_allowlist: ipAllowlist,
  });
  record(act, {
    domain: "config",
    feature: "security",
    action: "update",
    documented: false,
    target: "security",
    properties: { from: shown(before), to: shown(after) },
  });
}

/** Brings several settings into effect at once: each page of Amplitude's that changes is a line of the audit log. */
export function changeSettings(act: Act, change: Partial<Settings>): Settings {
  const before = act.organization.settings;
  const { ssoEnforced, jitDefaultRole, scimEnabled, mfaRequired, ipAllowlist } = { ...before, ...change };
  if (ssoEnforced !== before.ssoEnforced || jitDefaultRole !== before.jitDefaultRole)
    changeSso(act, { ssoEnforced, jitDefaultRole });
  if (scimEnabled !== before.scimEnabled) changeScim(act, { enabled: scimEnabled });
  if (mfaRequired !== before.mfaRequired || ipAllowlist.join() !== before.ipAllowlist.join())
    changeSecurity(act, { mfaRequired, ipAllowlist });
  return act.organization.settings;
}

/** Somebody exports data of a project. */
export function exportData(act: Act, projectId: number, what: string): void {
  const project = projectOf(act, projectId);
  record(act, {
    domain: "project",
    feature: "project",
    action: "export",
    documented: true,
    target: project.name,
    projectId,
    properties: { what },
  });
}
