import type { WriteApi } from "../../src/api/api";
import type { Listing } from "../../src/api";
import { failureOf, type OtherSide } from "./connected";
import { grant, grantRecord, key, list, managed, member, project, settings } from "./managed";

describe("settings of the organization", () => {
  it("are read in one request", async () => {
    const { api, received } = managed(() => Response.json(settings));
    expect(await api.settings()).toEqual({
      ssoEnforced: false,
      jitDefaultRole: "member",
      scimEnabled: true,
      mfaRequired: false,
      ipAllowlist: ["203.0.113.0/24"],
    });
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /api/2/organizations/36958",
    ]);
  });

  it("have no default role where there is none", async () => {
    const { api } = managed(() => Response.json({ ...settings, jit_default_role: null }));
    expect(await api.settings()).not.toHaveProperty("jitDefaultRole");
  });

  it.each(["sso_enforced", "scim_enabled", "mfa_required", "ip_allowlist", "jit_default_role"])(
    "are refused where %s is missing: that is not off",
    async (name) => {
      const { api } = managed(() => Response.json({ ...settings, [name]: undefined }));
      expect(await failureOf(api.settings())).toMatchObject({
        name: "ApiFailure",
        said: expect.stringContaining(name) as unknown,
      });
    },
  );

  it("of another organization are not taken for ours", async () => {
    const { api } = managed(() => Response.json({ ...settings, id: 1 }));
    await expect(api.settings()).rejects.toMatchObject({
      said: expect.stringContaining("it is another organization (1)") as unknown,
    });
  });
});

describe("lists", () => {
  const readings: [string, (api: WriteApi) => Promise<{ items: readonly unknown[] }>, unknown, unknown][] = [
    [
      "members",
      (api) => api.members(),
      member,
      {
        email: "Ana@nova.agency",
        role: "admin",
        status: "joined",
        lastLogin: "2026-11-20T08:00:00.000Z",
      },
    ],
    [
      "members who were only invited",
      (api) => api.members(),
      { id: "bo@acme.com", email: "bo@acme.com", role: "No Access", status: "pending", last_login: null },
      { email: "bo@acme.com", role: "no_access", status: "pending" },
    ],
    [
      "projects",
      (api) => api.managedProjects(),
      project,
      {
        id: "288501",
        name: "Client Production",
        archived: false,
        environment: "production",
        addOns: ["govern"],
      },
    ],
    [
      "archived projects",
      (api) => api.managedProjects(),
      { id: "288502", name: "Old", archived: true, environment: null, add_ons: [] },
      { id: "288502", name: "Old", archived: true, addOns: [] },
    ],
    ["module grants", (api) => api.moduleGrants(), grant, grantRecord],
    [
      "API keys",
      (api) => api.apiKeys(),
      key,
      {
        id: "k1",
        type: "project",
        projectId: "288501",
        label: "warehouse",
        createdAt: "2026-11-01T00:00:00.000Z",
      },
    ],
    [
      "API keys of the organization",
      (api) => api.apiKeys(),
      { ...key, type: "organization", project_id: null, value: "never to be listed" },
      { id: "k1", type: "organization", label: "warehouse", createdAt: "2026-11-01T00:00:00.000Z" },
    ],
  ];

  it.each(readings)("of %s come normalised", async (_, read, row, record) => {
    const { api } = managed(() => list([row]));
    expect((await read(api)).items).toEqual([record]);
  });

  const collections: [string, string, (api: WriteApi) => Promise<unknown>, Record<string, unknown>][] = [
    ["members", "/api/2/organizations/36958/members", (api) => api.members(), member],
    ["managed projects", "/api/2/projects", (api) => api.managedProjects(), project],
    ["module grants", "/api/2/organizations/36958/module-grants", (api) => api.moduleGrants(), grant],
    ["API keys", "/api/2/organizations/36958/api-keys", (api) => api.apiKeys(), key],
  ];
  const another = (row: Record<string, unknown>): Record<string, unknown> => ({
    ...row,
    id: "2",
    ...("email" in row && { email: "bo@acme.com" }),
  });

  it.each(collections)("of %s are followed from cursor to cursor", async (collection, path, read, row) => {
    const { api, received } = managed(({ query }) =>
      query["cursor"] === undefined ? list([row], "c+1/=") : list([another(row)]),
    );
    expect(await read(api)).toMatchObject({
      items: [{}, {}],
      proof: { family: "management", collection, requests: 2, rows: 2 },
    });
    const first = { limit: "200", ...(path === "/api/2/projects" && { include_archived: "true" }) };
    expect(received.map((request) => [request.method, request.path, request.query])).toEqual([
      ["GET", path, first],
      ["GET", path, { ...first, cursor: "c+1/=" }],
    ]);
  });

  describe.each(collections)("of %s are read again, then refused", (collection, _, read, row) => {
    it.each<[string, OtherSide, string]>([
      ["when a row comes twice", ({ query }) => list([row], query["cursor"] ? null : "c"), "came twice"],
      ["when cursors go round", () => list([], "c"), "circle"],
      [
        "when the last page does not say that it is the last",
        () => Response.json({ data: [row] }),
        "does not say that it is the last",
      ],
    ])("%s", async (_case, otherSide, reason) => {
      const { api, received } = managed(otherSide);
      expect(await failureOf(read(api))).toMatchObject({
        name: "NotWhole",
        family: "management",
        collection,
        reason: expect.stringContaining(reason) as unknown,
      });
      expect(received.length).toBeGreaterThan(1);
    });
  });

  it("are whole when the second reading is", async () => {
    const { api } = managed((_, n) => (n === 1 ? list([member, member]) : list([member])));
    expect((await api.members()).proof).toMatchObject({ requests: 2, rows: 1 });
  });

  it("know a person by the address, whatever its case", async () => {
    const { api } = managed(() => list([member, { ...member, email: "ana@NOVA.agency" }]));
    expect(await failureOf(api.members())).toMatchObject({ name: "NotWhole" });
  });

  it.each<[string, (api: WriteApi) => Promise<unknown>, object, string]>([
    ["a member without a role", (api) => api.members(), { ...member, role: undefined }, "data.0.role"],
    [
      "a project that may be archived",
      (api) => api.managedProjects(),
      { ...project, archived: undefined },
      "data.0.archived",
    ],
    [
      "a project with unknown add-ons",
      (api) => api.managedProjects(),
      { ...project, add_ons: undefined },
      "data.0.add_ons",
    ],
  ])("are refused with %s", async (_, read, row, where) => {
    const { api } = managed(() => list([row]));
    expect(await failureOf(read(api))).toMatchObject({
      name: "ApiFailure",
      happened: "no",
      said: expect.stringContaining(where) as unknown,
    });
  });

  it.each<[string, (api: WriteApi) => Promise<Listing<unknown>>, object, string]>([
    ["a member of a third status", (api) => api.members(), { ...member, status: "gone" }, "status"],
    ["a login at no time", (api) => api.members(), { ...member, last_login: "yesterday" }, "last_login"],
    [
      "a login without an offset",
      (api) => api.members(),
      { ...member, last_login: "2026-11-20T08:00:00" },
      "last_login",
    ],
    ["a grant of nothing", (api) => api.moduleGrants(), { ...grant, module: "" }, "module"],
    ["a key without age", (api) => api.apiKeys(), { ...key, created_at: null }, "created_at"],
  ])("tell the others, and count %s", async (_, read, row, where) => {
    const { api } = managed(() => list([row]));
    const { items, unknownRows = [] } = await read(api);
    expect(items).toEqual([]);
    expect(unknownRows.map(({ why }) => why)).toEqual([expect.stringContaining(where)]);
  });
});
