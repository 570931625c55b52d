import type { ApiKeyState, Settings } from "../seed/schema";
import { record, Refusal, type Act } from "./act";

/** Somebody makes an API key; no API can (https://amplitude.com/docs/apis/keys-and-tokens). */
export function createApiKey(
  act: Act,
  label: string,
  scope: ApiKeyState["scope"],
  projectId: number | null,
): ApiKeyState {
  const { organization } = act;
  if (projectId !== null && !organization.projects.has(String(projectId))) {
    throw new Refusal("not-found", `There is no project ${projectId}.`);
  }
  const key = { id: `key-${organization.counters.apiKey++}`, label, scope, projectId };
  organization.apiKeys = [...organization.apiKeys, key];
  record(act, {
    domain: "config",
    feature: "api_key",
    action: "create",
    target: label,
    ...(projectId === null ? {} : { projectId }),
    properties: { key_id: key.id, scope, from: null, to: label },
  });
  return key;
}

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
    target: "scim",
    properties: {
      from: { enabled: from },
      to: { enabled: change.enabled ?? from },
      key_regenerated: change.regenerateKey ?? false,
    },
  });
  return organization.credentials.scimKey;
}

/** Somebody exports data of a project. */
export function exportData(act: Act, projectId: number, what: string): void {
  const project = act.organization.projects.get(String(projectId));
  if (project === undefined) throw new Refusal("not-found", `There is no project ${projectId}.`);
  record(act, {
    domain: "project",
    feature: "project",
    action: "export",
    target: project.name,
    projectId,
    properties: { what },
  });
}
