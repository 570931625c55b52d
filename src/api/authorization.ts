import type { Family } from "./api";
import type { Access } from "./credentials";
import { Secret } from "./secret";

/** The `Authorization` header of each family, and everything in them that no output may show. */
export interface Authorizations {
  of(family: Family): string | undefined;
  readonly secrets: readonly Secret[];
}

/**
 * SCIM: bearer key (https://amplitude.com/docs/apis/analytics/scim). User management and audit log: HTTP Basic with the organization's
 * pair (https://amplitude.com/docs/apis/user-management, https://amplitude.com/docs/apis/audit-logs); management takes the same (that it is
 * the organization's: playbook, "Use organization API keys only for management operations"; that it is Basic: ours). Developer API: bearer token, with
 * `PAT=` before a personal one (https://amplitude.com/docs/developers/cli).
 */
export function authorizationsOf(access: Access): Authorizations {
  const { scimKey, orgApiKey, orgSecretKey, token } = access.values;
  const pair =
    orgApiKey === undefined || orgSecretKey === undefined
      ? undefined
      : new Secret(
          `${orgApiKey.variable}:${orgSecretKey.variable}`,
          Buffer.from(`${orgApiKey.reveal()}:${orgSecretKey.reveal()}`).toString("base64"),
        );
  return {
    secrets: [scimKey, orgApiKey, orgSecretKey, token, pair].filter((secret) => secret !== undefined),
    of(family) {
      switch (family) {
        case "scim":
          return scimKey && `Bearer ${scimKey.reveal()}`;
        case "user-management":
        case "audit-log":
        case "management":
          return pair && `Basic ${pair.reveal()}`;
        case "developer":
          return token && `Bearer ${token.reveal().startsWith("amp_") ? "PAT=" : ""}${token.reveal()}`;
      }
    },
  };
}
