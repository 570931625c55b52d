import type { Family } from "./records";
import type { Access } from "./credentials";
import { Secret } from "./secret";

/** The `Authorization` header of each family, and everything in them that no output may show. */
export interface Authorizations {
  /** `project`: whose key pair, where a family has one for each project. */
  of(family: Family, project?: string): string | undefined;
  readonly secrets: readonly Secret[];
}

/**
 * SCIM: bearer key (https://amplitude.com/docs/apis/analytics/scim). User management and audit log: HTTP Basic with the organization's
 * pair (https://amplitude.com/docs/apis/user-management, https://amplitude.com/docs/apis/audit-logs); management takes the same (that it is
 * the organization's: playbook, "Use organization API keys only for management operations"; that it is Basic: ours). Developer API: bearer token, with
 * `PAT=` before a personal one (https://amplitude.com/docs/developers/cli). Taxonomy: HTTP Basic with a project's pair
 * (https://amplitude.com/docs/apis/analytics/taxonomy).
 */
export function authorizationsOf(access: Access): Authorizations {
  const { scimKey, orgApiKey, orgSecretKey, token, projectKeys } = access.values;
  const pair =
    orgApiKey === undefined || orgSecretKey === undefined ? undefined : basic(orgApiKey, orgSecretKey);
  const projects = new Map(
    [...projectKeys].map(([id, { apiKey, secretKey }]) => [id, basic(apiKey, secretKey)] as const),
  );
  const ofProjects = [...projectKeys.values()].flatMap(({ apiKey, secretKey }) => [apiKey, secretKey]);
  return {
    secrets: [scimKey, orgApiKey, orgSecretKey, token, pair, ...ofProjects, ...projects.values()].filter(
      (secret) => secret !== undefined,
    ),
    of(family, project = "") {
      switch (family) {
        case "scim":
          return scimKey && `Bearer ${scimKey.reveal()}`;
        case "user-management":
        case "audit-log":
        case "management":
          return pair && `Basic ${pair.reveal()}`;
        case "developer":
          return token && `Bearer ${token.reveal().startsWith("amp_") ? "PAT=" : ""}${token.reveal()}`;
        case "taxonomy": {
          const ofProject = projects.get(project);
          return ofProject && `Basic ${ofProject.reveal()}`;
        }
      }
    },
  };
}

function basic(user: Secret, password: Secret): Secret {
  return new Secret(
    `${user.variable}:${password.variable}`,
    Buffer.from(`${user.reveal()}:${password.reveal()}`).toString("base64"),
  );
}
