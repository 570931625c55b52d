import type { Seed } from "../../src/emulator";

/** The credentials of Acme's organization: no output may hold one of them. */
export const credentials = {
  scimKey: "scim-us-4d1f9be2",
  orgApiKey: "org-us-77c05ae1",
  orgSecretKey: "secret-us-b83e6f04",
  token: "token-us-19aa5cd7",
} as const;

/** Acme, an agency and an identity provider, on a Monday morning. */
export const acmeSeed: Seed = {
  format: "amplitude-emulator/1",
  organization: { id: 36958, name: "Acme", region: "us" },
  clock: "2026-11-23T09:00:00Z",
  credentials,
  people: [
    { email: "tom@acme.com", givenName: "Tom", familyName: "Ode", organizationRole: "owner" },
    { email: "priya@acme.com", givenName: "Priya", familyName: "Rao", organizationRole: "admin" },
    { email: "mia@acme.com", givenName: "Mia", familyName: "Koch" },
    { email: "ana@nova.agency", givenName: "Ana", familyName: "Lima" },
    { email: "leo@nova.agency", givenName: "Leo", familyName: "Stern" },
  ],
  groups: [
    { id: 632, name: "agency-nova", members: ["ana@nova.agency", "leo@nova.agency"] },
    { id: 633, name: "amp-analysts", members: ["priya@acme.com", "mia@acme.com"] },
    { id: 634, name: "marketing", members: ["mia@acme.com"] },
  ],
  projects: [
    { id: 288501, name: "Client Production" },
    { id: 288503, name: "Client Reporting" },
  ],
  assignments: [
    { principalType: "group", principal: "agency-nova", project: 288501, role: "Member" },
    { principalType: "group", principal: "amp-analysts", project: 288501, role: "Viewer" },
    { principalType: "group", principal: "marketing", project: 288503, role: "Viewer" },
  ],
  identityProvider: {
    name: "okta",
    groups: [{ name: "amp-analysts", members: ["priya@acme.com", "mia@acme.com"] }],
  },
};

/** The same where jo@nova.agency was removed once and Amplitude does not invite the address again: a step that fails. */
export const uninvitable: Seed = {
  ...acmeSeed,
  removed: ["jo@nova.agency"],
  switches: { "scim-patch-invites-unknown": false, "scim-reinvite-after-removal": false },
};

type Block = Readonly<Record<string, unknown>>;

/** Blocks of one stack, by type and name. */
export interface StackParts {
  readonly name?: string;
  readonly provider?: Block;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  /** Anything else that a cdk.tf.json may hold. */
  readonly extra?: Block;
}

/** A block with the path that cdktf writes into it. */
export function at(path: string, block: Block): Block {
  return { "//": { metadata: { path, uniqueId: path.replaceAll(/\W+/g, "_") } }, ...block };
}

/** The provider block of Acme's stacks. */
export const acmeProvider: Block = {
  org_id: "36958",
  region: "us",
  owns_groups: ["agency-*"],
  owns_grants_on: ["Client *"],
};

/** A stack as cdktf synthesizes it: three lookups' worth of Acme, and what is given. */
export function stackFile({
  name = "acme",
  provider = acmeProvider,
  resource = {},
  data,
  extra,
}: StackParts): Block {
  return {
    "//": { metadata: { stackName: name, version: "0.21.0" } },
    provider: { amplitude: [provider] },
    data: data ?? {
      amplitude_project: {
        production: at(`${name}/production/Resource`, { name: "Client Production" }),
        reporting: at(`${name}/reporting/Resource`, { name: "Client Reporting" }),
      },
    },
    resource,
    ...extra,
  };
}

/** The agency's group, and what it may do on Production. */
export function nova(
  members: readonly string[] = ["ana@nova.agency", "leo@nova.agency"],
  role = "Member",
): NonNullable<StackParts["resource"]> {
  return {
    amplitude_group: { nova: at("acme/agency-nova/Resource", { name: "agency-nova", members }) },
    amplitude_project_role_assignment: {
      nova_production: at("acme/agency-nova/production/Resource", {
        principal_type: "group",
        principal: "${amplitude_group.nova.id}",
        project_id: "${data.amplitude_project.production.id}",
        role,
      }),
    },
  };
}

/** The variables that open an emulator at an address. */
export function environment(url: string): Readonly<Record<string, string>> {
  return {
    AMPLITUDE_BASE_URL: url,
    AMPLITUDE_SCIM_KEY: credentials.scimKey,
    AMPLITUDE_ORG_API_KEY: credentials.orgApiKey,
    AMPLITUDE_ORG_SECRET_KEY: credentials.orgSecretKey,
    AMPLITUDE_TOKEN: credentials.token,
    AMPLITUDE_EMULATOR_CLOCK: "1",
  };
}
