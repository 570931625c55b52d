/** What drift says, a line each. */
type Says = readonly string[];

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
