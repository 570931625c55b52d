import { createHash } from "node:crypto";
import type { ApiKeyState } from "../seed/schema";
import { record, Refusal, type Act } from "./act";
import { projectOf } from "./project-of";

/** At most 50 keys are active (https://amplitude.com/docs/admin/account-management/manage-your-api-keys-and-secret-keys). */
const MOST = 50;

/** A key that somebody wants. */
export type ApiKeyOrder = Pick<ApiKeyState, "label" | "scope" | "projectId">;

/**
 * Makes an API key; Amplitude's pages can, none of its documented APIs
 * (https://amplitude.com/docs/apis/keys-and-tokens). The value is answered once and not kept. Throws Refusal for an
 * unknown project and where 50 keys are active.
 */
export function createApiKey(act: Act, order: ApiKeyOrder): { key: ApiKeyState; value: string } {
  const { organization } = act;
  if (order.projectId !== null) projectOf(act, order.projectId);
  if (organization.apiKeys.size >= MOST) {
    throw new Refusal("conflict", `${MOST} API keys are active: that is the most there can be.`);
  }
  let number = organization.counters.apiKey++;
  while (organization.apiKeys.has(`key-${number}`)) number = organization.counters.apiKey++;
  const value = createHash("sha256")
    .update(`api key ${organization.identity.id} ${number}`)
    .digest("hex")
    .slice(0, 32);
  const key = { ...order, id: `key-${number}`, createdAt: act.at, lastFour: value.slice(-4) };
  organization.apiKeys.set(key);
  log(act, "create", key, null, key.label);
  return { key, value };
}

/**
 * Throws Refusal where a key does not fit its scope (a project where it needs none, none where it needs one, a
 * Govern key for a project without Govern), or one of the same label, scope and project is there.
 */
export function checkApiKeyOrder(act: Act, order: ApiKeyOrder): void {
  const { label, scope, projectId } = order;
  if (scope === "organization" && projectId !== null) {
    throw new Refusal("invalid", "A key of the organization has no project.");
  }
  if (scope !== "organization" && projectId === null) {
    throw new Refusal("invalid", `A key of type ${scope} needs a project.`);
  }
  const project = projectId === null ? undefined : projectOf(act, projectId);
  if (scope === "govern" && project?.addOns.includes("govern") !== true) {
    throw new Refusal("invalid", `Project ${projectId} does not have the add-on govern.`);
  }
  const same = act.organization.apiKeys
    .values()
    .some((key) => key.label === label && key.scope === scope && key.projectId === projectId);
  if (same) throw new Refusal("conflict", `There is a key of type ${scope} labelled ${label} already.`);
}

/** The API key of that id; throws Refusal where there is none. */
export function apiKeyOf(act: Act, id: string): ApiKeyState {
  const key = act.organization.apiKeys.get(id);
  if (key === undefined) throw new Refusal("not-found", `There is no API key ${id}.`);
  return key;
}

/** Deletes an API key for good; throws Refusal where there is none of that id. */
export function deleteApiKey(act: Act, id: string): void {
  const key = apiKeyOf(act, id);
  act.organization.apiKeys.delete(id);
  log(act, "delete", key, key.label, null);
}

function log(act: Act, action: string, key: ApiKeyState, from: string | null, to: string | null): void {
  record(act, {
    domain: "config",
    feature: "api_key",
    action,
    documented: false,
    target: key.label,
    ...(key.projectId === null ? {} : { projectId: key.projectId }),
    properties: { key_id: key.id, scope: key.scope, from, to },
  });
}
