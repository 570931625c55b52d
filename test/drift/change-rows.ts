import type { Seed } from "../../src/emulator";

/** What counts, as the test tells it. */
type Says = readonly string[];

/** Id of the built-in role Admin. */
const ADMIN = "00000000-0000-4000-8000-000000000004";

/** A change in Amplitude's pages, by priya@acme.com, and what drift says of it. */
export const uiRows: readonly (readonly [
  { readonly type: string; readonly [detail: string]: unknown },
  Says,
])[] = [
  [
    { type: "invite", email: "zed@evil.example" },
    ["listed: arrived zed@evil.example", "listed: unmanaged person zed@evil.example"],
  ],
  [
    { type: "invite", email: "leo@nova.agency", organizationRole: "admin" },
    [
      "outside: leo@nova.agency [no_access → admin] by priya@acme.com",
      "outside: leo@nova.agency [not in the organization → in the organization] by priya@acme.com",
      "event: organization-admin by priya@acme.com",
    ],
  ],
  [
    { type: "remove_person", email: "ana@nova.agency" },
    [
      "outside: ana@nova.agency [in the organization → not in the organization] by priya@acme.com",
      "outside: ana@nova.agency in eng [member → not a member] by priya@acme.com",
      "outside: ana@nova.agency in crew [member → not a member] by priya@acme.com",
    ],
  ],
  [
    { type: "remove_person", email: "kim@acme.com" },
    ["identity provider: kim@acme.com in okta [member → not a member] by priya@acme.com"],
  ],
  [{ type: "accept_invitation", email: "eve@evil.example" }, []],
  [{ type: "login", email: "ana@nova.agency" }, []],
  [
    { type: "set_organization_role", email: "ana@nova.agency", role: "manager" },
    ["added: ana@nova.agency [member → manager] by unknown"],
  ],
  [
    { type: "set_organization_role", email: "eve@evil.example", role: "admin" },
    [
      "added: eve@evil.example [member → admin] by priya@acme.com",
      "event: organization-admin by priya@acme.com",
    ],
  ],
  [
    { type: "create_group", name: "evil", members: ["ana@nova.agency"] },
    [
      "added: ana@nova.agency in evil [not a member → member] by priya@acme.com",
      "listed: unmanaged group evil",
    ],
  ],
  [{ type: "create_group", name: "evil" }, ["listed: unmanaged group evil"]],
  [{ type: "rename_group", group: "eng", name: "engineers" }, ["outside: eng [eng → engineers] by unknown"]],
  [
    { type: "rename_group", group: "others", name: "x" },
    ["listed: found kim@acme.com in x", "listed: found grant x on Web: Viewer", "listed: unmanaged group x"],
  ],
  [
    { type: "delete_group", group: "eng" },
    [
      "outside: eng [there → not there] by unknown",
      "outside: ana@nova.agency in eng [member → not a member] by unknown",
      "outside: eng on Web [Member → no role] by unknown",
      "outside: eng on Web [experiment_analyst → no such module] by unknown",
    ],
  ],
  [{ type: "delete_group", group: "others" }, []],
  [
    { type: "add_member", group: "eng", email: "eve@evil.example" },
    ["outside: eve@evil.example in eng [not a member → member] by priya@acme.com"],
  ],
  [
    { type: "add_member", group: "crew", email: "eve@evil.example" },
    ["added: eve@evil.example in crew [not a member → member] by priya@acme.com"],
  ],
  [
    { type: "add_member", group: "okta", email: "eve@evil.example" },
    ["identity provider: eve@evil.example in okta [not a member → member] by priya@acme.com"],
  ],
  [
    { type: "add_member", group: "others", email: "eve@evil.example" },
    ["added: eve@evil.example in others [not a member → member] by priya@acme.com"],
  ],
  [
    { type: "remove_member", group: "eng", email: "ana@nova.agency" },
    ["outside: ana@nova.agency in eng [member → not a member] by priya@acme.com"],
  ],
  [
    { type: "remove_member", group: "crew", email: "ana@nova.agency" },
    ["outside: ana@nova.agency in crew [member → not a member] by priya@acme.com"],
  ],
  [{ type: "remove_member", group: "others", email: "kim@acme.com" }, []],
  [
    { type: "grant", person: "eve@evil.example", project: "Web", role: "Admin" },
    ["added: eve@evil.example on Web [no role → Admin] by priya@acme.com"],
  ],
  [
    { type: "grant", person: "eve@evil.example", project: "Attic", role: "Admin" },
    ["listed: unmanaged grant eve@evil.example on Attic: Admin"],
  ],
  [
    { type: "grant", person: "ana@nova.agency", project: "Attic", role: "Viewer" },
    ["added: ana@nova.agency on Attic [no role → Viewer] by unknown"],
  ],
  [
    { type: "grant", group: "others", project: "Web", role: "Manager" },
    ["added: others on Web [Viewer → Manager] by unknown"],
  ],
  [
    { type: "grant", group: "eng", project: "Web", role: "Viewer" },
    ["outside: eng on Web [Member → Viewer] by unknown"],
  ],
  [
    { type: "grant", person: "kim@acme.com", project: "Attic", role: "Admin" },
    ["added: kim@acme.com on Attic [Viewer → Admin] by priya@acme.com"],
  ],
  [{ type: "revoke", group: "eng", project: "Web" }, ["outside: eng on Web [Member → no role] by unknown"]],
  [{ type: "revoke", group: "others", project: "Web" }, []],
  [
    { type: "create_api_key", label: "etl", scope: "secret", project: "Web" },
    ["added: etl on Web [not there → there] by unknown"],
  ],
  [
    { type: "create_api_key", label: "etl", scope: "secret", project: "Attic" },
    ["listed: unmanaged grant secret key etl of Attic, generation 1"],
  ],
  [
    { type: "create_api_key", label: "etl", scope: "organization" },
    ["added: etl [not there → there] by unknown"],
  ],
  [{ type: "delete_api_key", key: "sync" }, ["outside: sync on Web [there → not there] by unknown"]],
  [
    { type: "grant_module", person: "eve@evil.example", project: "Web", module: "experiment_admin" },
    ["added: eve@evil.example on Web [no such module → experiment_admin] by unknown"],
  ],
  [
    { type: "revoke_module", group: "eng", project: "Web", module: "experiment_analyst" },
    ["outside: eng on Web [experiment_analyst → no such module] by unknown"],
  ],
  [
    { type: "change_property", project: "Web", propertyType: "user", property: "gp:email", hidden: false },
    ["outside: email on Web [hidden → shown] by unknown"],
  ],
  [
    { type: "archive_project", project: "Web" },
    [
      "outside: eng on Web: declared, not in effect, because the project Web (id 501) is archived by priya@acme.com",
      "outside: experiment analyst of eng on Web: declared, not in effect, because the project Web (id 501) is archived by priya@acme.com",
      "outside: secret key sync of Web, generation 1: declared, not in effect, because the project Web (id 501) is archived by priya@acme.com",
      "outside: user property email on Web: declared, not in effect, because the project Web (id 501) is archived by priya@acme.com",
    ],
  ],
  [{ type: "archive_project", project: "Attic" }, []],
  [{ type: "change_settings", mfaRequired: false }, ["outside: mfa_required [true → false] by unknown"]],
  [{ type: "change_settings", ipAllowlist: ["203.0.113.0/24"] }, []],
  [
    { type: "change_sso", enforced: true },
    ["outside: sso_enforced [false → true] by priya@acme.com", "event: access-settings by priya@acme.com"],
  ],
  [{ type: "change_scim", enabled: true }, []],
  [{ type: "export", project: "Web" }, ["event: bulk-export by priya@acme.com"]],
];

/** A route that writes, one request to it, and what drift says of what it did. */
export const apiRows: readonly (readonly [route: string, path: string, body: object, Says | "refused"])[] = [
  [
    "POST /scim/1/Users",
    "/scim/1/Users",
    { userName: "zed@evil.example" },
    ["listed: arrived zed@evil.example", "listed: unmanaged person zed@evil.example"],
  ],
  [
    "POST /scim/1/Users",
    "/scim/1/Users",
    { userName: "leo@nova.agency" },
    [
      "outside: leo@nova.agency [no_access → viewer] by unknown",
      "outside: leo@nova.agency [not in the organization → in the organization] by unknown",
    ],
  ],
  [
    "PUT /scim/1/Users/:id",
    "/scim/1/Users/ana@nova.agency",
    { userName: "ana@nova.agency", active: false },
    [
      "outside: ana@nova.agency [in the organization → not in the organization] by unknown",
      "outside: ana@nova.agency in eng [member → not a member] by unknown",
      "outside: ana@nova.agency in crew [member → not a member] by unknown",
    ],
  ],
  [
    "PATCH /scim/1/Users/:id",
    "/scim/1/Users/ana@nova.agency",
    { userName: "ana@nova.agency", name: { givenName: "Eve", familyName: "Lima" } },
    ["outside: ana@nova.agency [Ana Lima → Eve Lima] by unknown"],
  ],
  [
    "DELETE /scim/1/Users/:id",
    "/scim/1/Users/ana@nova.agency",
    {},
    [
      "outside: ana@nova.agency [in the organization → not in the organization] by unknown",
      "outside: ana@nova.agency in eng [member → not a member] by unknown",
      "outside: ana@nova.agency in crew [member → not a member] by unknown",
    ],
  ],
  [
    "POST /scim/1/Groups",
    "/scim/1/Groups",
    { displayName: "evil", members: [{ value: "ana@nova.agency" }] },
    ["added: ana@nova.agency in evil [not a member → member] by unknown", "listed: unmanaged group evil"],
  ],
  [
    "PATCH /scim/1/Groups/:id",
    "/scim/1/Groups/602",
    { Operations: [{ op: "add", path: "members", value: [{ value: "eve@evil.example" }] }] },
    ["added: eve@evil.example in crew [not a member → member] by unknown"],
  ],
  [
    "PATCH /scim/1/Groups/:id",
    "/scim/1/Groups/604",
    { Operations: [{ op: "add", path: "members", value: [{ value: "eve@evil.example" }] }] },
    [],
  ],
  ["PUT /scim/1/Groups/:id", "/scim/1/Groups/602", { displayName: "crew", members: [] }, "refused"],
  [
    "DELETE /scim/1/Groups/:id",
    "/scim/1/Groups/602",
    {},
    [
      "outside: crew [there → not there] by unknown",
      "outside: ana@nova.agency in crew [member → not a member] by unknown",
    ],
  ],
  [
    "POST /user-management/1/project-role-assignments",
    "/user-management/1/project-role-assignments?orgId=7",
    { principalType: "user", principalId: "eve@evil.example", projectId: 501, roleId: ADMIN },
    ["added: eve@evil.example on Web [no role → Admin] by unknown"],
  ],
  [
    "PATCH /user-management/1/project-role-assignments/:assignmentId",
    "/user-management/1/project-role-assignments/others-web?orgId=7",
    { roleId: ADMIN },
    ["added: others on Web [Viewer → Admin] by unknown"],
  ],
  [
    "DELETE /user-management/1/project-role-assignments/:assignmentId",
    "/user-management/1/project-role-assignments/eng-web?orgId=7",
    {},
    ["outside: eng on Web [Member → no role] by unknown"],
  ],
  [
    "POST /user-management/1/groups/:groupId/members/:userId",
    "/user-management/1/groups/601/members/eve@evil.example?orgId=7",
    {},
    ["outside: eve@evil.example in eng [not a member → member] by unknown"],
  ],
  [
    "DELETE /user-management/1/groups/:groupId/members/:userId",
    "/user-management/1/groups/601/members/ana@nova.agency?orgId=7",
    {},
    ["outside: ana@nova.agency in eng [member → not a member] by unknown"],
  ],
  [
    "PATCH /v1/projects/:project/user-properties/:name",
    "/v1/projects/501/user-properties/gp:email",
    { is_hidden: false },
    ["outside: email on Web [hidden → shown] by unknown"],
  ],
  [
    "PUT /api/2/taxonomy/event-property/:name",
    "/api/2/taxonomy/event-property/price",
    { is_hidden: true },
    [],
  ],
  [
    "PUT /api/2/taxonomy/user-property/:name",
    "/api/2/taxonomy/user-property/gp:email",
    { is_hidden: false },
    ["outside: email on Web [hidden → shown] by unknown"],
  ],
  [
    "PUT /api/2/taxonomy/group-property/:name",
    "/api/2/taxonomy/group-property/plan",
    { is_hidden: true },
    [],
  ],
  [
    "PATCH /api/2/organizations/:org",
    "/api/2/organizations/7",
    { mfa_required: false },
    ["outside: mfa_required [true → false] by unknown"],
  ],
  [
    "POST /api/2/organizations/:org/members",
    "/api/2/organizations/7/members",
    { email: "zed@evil.example", role: "admin" },
    [
      "added: zed@evil.example [member → admin] by unknown",
      "listed: arrived zed@evil.example",
      "listed: unmanaged person zed@evil.example",
    ],
  ],
  [
    "PATCH /api/2/organizations/:org/members/:userId",
    "/api/2/organizations/7/members/eve@evil.example",
    { role: "admin" },
    ["added: eve@evil.example [member → admin] by unknown"],
  ],
  [
    "DELETE /api/2/organizations/:org/members/:userId",
    "/api/2/organizations/7/members/ana@nova.agency",
    {},
    [
      "outside: ana@nova.agency [in the organization → not in the organization] by unknown",
      "outside: ana@nova.agency in eng [member → not a member] by unknown",
      "outside: ana@nova.agency in crew [member → not a member] by unknown",
    ],
  ],
  [
    "POST /api/2/organizations/:org/module-grants",
    "/api/2/organizations/7/module-grants",
    { principal_type: "user", principal: "eve@evil.example", project_id: 501, module: "experiment_admin" },
    ["added: eve@evil.example on Web [no such module → experiment_admin] by unknown"],
  ],
  [
    "DELETE /api/2/organizations/:org/module-grants/:id",
    "/api/2/organizations/7/module-grants/eng-module",
    {},
    ["outside: eng on Web [experiment_analyst → no such module] by unknown"],
  ],
  [
    "POST /api/2/organizations/:org/api-keys",
    "/api/2/organizations/7/api-keys",
    { type: "secret", project_id: 501, label: "etl" },
    ["added: etl on Web [not there → there] by unknown"],
  ],
  [
    "DELETE /api/2/organizations/:org/api-keys/:id",
    "/api/2/organizations/7/api-keys/k1",
    {},
    ["outside: sync on Web [there → not there] by unknown"],
  ],
  ["POST /api/2/projects", "/api/2/projects", { name: "New" }, []],
  [
    "PATCH /api/2/projects/:project",
    "/api/2/projects/501",
    { archived: true },
    [
      "outside: eng on Web: declared, not in effect, because the project Web (id 501) is archived by unknown",
      "outside: experiment analyst of eng on Web: declared, not in effect, because the project Web (id 501) is archived by unknown",
      "outside: secret key sync of Web, generation 1: declared, not in effect, because the project Web (id 501) is archived by unknown",
      "outside: user property email on Web: declared, not in effect, because the project Web (id 501) is archived by unknown",
    ],
  ],
  [
    "PATCH /api/2/projects/:project",
    "/api/2/projects/502",
    { name: "Site" },
    ["listed: found grant kim@acme.com on Site: Viewer"],
  ],
  [
    "POST /api/2/projects/:project/members",
    "/api/2/projects/501/members",
    { email: "eve@evil.example", role: "Viewer" },
    ["added: eve@evil.example on Web [no role → Viewer] by unknown"],
  ],
];

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
