import { apiKeyRecord, type ApiKeyRecord } from "../api";
import type { Collection } from "./collection";
import { keyOfRecord } from "./key-label";

/** API keys without their values, which are seen once (playbook). No documented API lists them. */
export const keys: Collection<ApiKeyRecord> = {
  family: "management",
  title: "API keys",
  row: apiKeyRecord,
  id: ({ id }) => id,
  name: ({ label }) => label,
  list: (api) => api.apiKeys(),
  one: (api, id) => api.apiKey(id),
  changedBy: ["create_key", "delete_key"],
  model: (facts, rows) => ({ ...facts, keys: rows.map(keyOfRecord) }),
};
