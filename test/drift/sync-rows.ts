import type { Seed } from "../../src/emulator";

/** What drift says, a line each. */
type Says = readonly string[];

type Provider = Omit<NonNullable<Seed["identityProvider"]>, "name">;

/** Something that a sync changes, the identity provider that does it, and what drift says of it. */
export const syncRows: readonly (readonly [string, Provider, Says, Seed["switches"]])[] = [
  [
    "invites a person",
    { groups: [{ name: "okta", members: ["kim@acme.com", "zed@acme.com"] }] },
    [
      "identity provider: zed@acme.com in okta [not a member → member] by unknown",
      "listed: arrived zed@acme.com",
    ],
    {},
  ],
  [
    "invites a person",
    { groups: [{ name: "amp", members: ["leo@nova.agency"] }] },
    [
      "outside: leo@nova.agency in amp [not a member → member] by unknown",
      "outside: leo@nova.agency [no_access → viewer] by unknown",
      "outside: leo@nova.agency [not in the organization → in the organization] by unknown",
      "listed: unmanaged group amp",
    ],
    {},
  ],
  [
    "creates a group",
    { groups: [{ name: "amp", members: ["kim@acme.com"] }] },
    ["added: kim@acme.com in amp [not a member → member] by unknown", "listed: unmanaged group amp"],
    {},
  ],
  [
    "adds a member",
    { groups: [{ name: "okta", members: ["kim@acme.com", "ana@nova.agency"] }] },
    ["identity provider: ana@nova.agency in okta [not a member → member] by unknown"],
    {},
  ],
  [
    "adds a member",
    { groups: [{ name: "eng", members: ["ana@nova.agency", "kim@acme.com"] }] },
    ["outside: kim@acme.com in eng [not a member → member] by unknown"],
    {},
  ],
  [
    "adds a member",
    { groups: [{ name: "crew", members: ["ana@nova.agency", "kim@acme.com"] }] },
    ["added: kim@acme.com in crew [not a member → member] by unknown"],
    {},
  ],
  ["adds a member", { groups: [{ name: "others", members: ["kim@acme.com", "eve@evil.example"] }] }, [], {}],
  [
    "takes a member out",
    { groups: [{ name: "okta", members: [] }] },
    ["identity provider: kim@acme.com in okta [member → not a member] by unknown"],
    {},
  ],
  [
    "removes a person",
    { deprovisions: true, groups: [{ name: "eng", members: [] }] },
    [
      "outside: ana@nova.agency [in the organization → not in the organization] by unknown",
      "outside: ana@nova.agency in eng [member → not a member] by unknown",
      "outside: ana@nova.agency in crew [member → not a member] by unknown",
    ],
    {},
  ],
  [
    "sets an organization role",
    { groups: [{ name: "okta", members: ["kim@acme.com"], mapping: { organizationRole: "admin" } }] },
    ["added: kim@acme.com [member → admin] by unknown"],
    {},
  ],
  [
    "sets a project role",
    { groups: [{ name: "okta", members: ["kim@acme.com"], mapping: { projectRoles: { Web: "Manager" } } }] },
    ["added: kim@acme.com on Web [no role → Manager] by unknown"],
    {},
  ],
  [
    "takes a project role away",
    { groups: [{ name: "okta", members: ["kim@acme.com"], mapping: { projectRoles: {} } }] },
    [],
    { "idp-mapping-scope": "all-projects" },
  ],
];
