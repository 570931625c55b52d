/** What drift says, a line each. */
type Says = readonly string[];

/** Id of the built-in role Admin. */
const ADMIN = "00000000-0000-4000-8000-000000000004";

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
