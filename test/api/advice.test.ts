import { adviceOn } from "../../src/api/advice";
import type { Family } from "../../src/api/records";

const pair = ["AMPLITUDE_ACME_ORG_API_KEY", "AMPLITUDE_ACME_ORG_SECRET_KEY"];
const context = {
  orgId: "36958",
  region: "eu",
  variables: {
    scim: ["AMPLITUDE_ACME_SCIM_KEY"],
    "user-management": pair,
    "audit-log": pair,
    developer: ["AMPLITUDE_ACME_TOKEN"],
    taxonomy: ["AMPLITUDE_ACME_PROJECT_KEYS_FILE"],
    management: pair,
  },
} as const;

describe("what a person is told to do", () => {
  it.each<[Family, number, string | undefined, string[]]>([
    [
      "scim",
      401,
      undefined,
      ["AMPLITUDE_ACME_SCIM_KEY", "regenerated", "region eu", "switched on and saved", "IP allowlist"],
    ],
    ["scim", 403, undefined, ["AMPLITUDE_ACME_SCIM_KEY", "Enterprise", "right kind of key", "IP allowlist"]],
    [
      "user-management",
      401,
      "authentication_required",
      [...pair, "not a project's", "Support", "region eu", "IP allowlist"],
    ],
    ["user-management", 403, "org_not_enrolled", ["36958", "ask Amplitude Support to enroll it"]],
    ["user-management", 403, "org_id_mismatch", [...pair, "another organization than 36958"]],
    ["user-management", 403, "insufficient_permissions", [...pair, "permissions reach this resource"]],
    ["audit-log", 401, undefined, [...pair, "not a project's"]],
    ["audit-log", 403, undefined, [...pair, "audit log"]],
    ["developer", 401, undefined, ["AMPLITUDE_ACME_TOKEN", "expired", "region eu"]],
    ["developer", 403, "insufficient_scope", ["AMPLITUDE_ACME_TOKEN", "projects:read", "taxonomy:write"]],
    [
      "taxonomy",
      401,
      undefined,
      ["AMPLITUDE_ACME_PROJECT_KEYS_FILE", "the project's own", "not rotated", "region eu"],
    ],
    ["taxonomy", 400, undefined, ["Data Access Control", "by hand"]],
    ["taxonomy", 404, undefined, ["still exists", "Enterprise"]],
    ["taxonomy", 409, undefined, ["tracking plan", "Data > Properties"]],
    ["management", 401, undefined, [...pair, "not a project's", "Support", "region eu", "IP allowlist"]],
    [
      "management",
      403,
      "insufficient_permissions",
      [...pair, "organization's keys only", "last administrator", "right kind of key", "IP allowlist"],
    ],
    ["management", 404, "not_found", ["management URL serves these routes", "manual steps"]],
    ["management", 409, "conflict", ["exists already", "archived", "as many of them as it may"]],
    ["management", 429, undefined, ["throttling, not a bad key"]],
    ["scim", 429, undefined, ["throttling, not a bad key"]],
    ["scim", 302, undefined, ["Redirects are not followed"]],
    ["scim", 500, undefined, ["Support"]],
    ["scim", 400, undefined, ["by hand"]],
  ])("%s, %d %s", (family, status, code, parts) => {
    const advice = adviceOn(family, { status, code }, context);
    for (const part of parts) expect(advice).toContain(part);
  });
});
