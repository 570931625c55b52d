import type { WriteApi } from "../../src/api/api";
import { failureOf, lost } from "./connected";
import { grant, grantRecord, managed, member, project, settings } from "./managed";

const invited = { email: "ana@nova.agency", givenName: "Ana" };

const members = "/api/2/organizations/36958/members";
const grants = "/api/2/organizations/36958/module-grants";

const writes: [string, (api: WriteApi) => Promise<unknown>, string, unknown, () => Response, unknown][] = [
  [
    "some settings",
    (api) => api.updateSettings({ mfaRequired: true, ipAllowlist: [], jitDefaultRole: null }),
    "PATCH /api/2/organizations/36958",
    { mfa_required: true, ip_allowlist: [], jit_default_role: null },
    () => Response.json(settings),
    undefined,
  ],
  [
    "every setting",
    (api) =>
      api.updateSettings({
        ssoEnforced: true,
        scimEnabled: false,
        mfaRequired: false,
        ipAllowlist: ["203.0.113.0/24"],
        jitDefaultRole: "viewer",
      }),
    "PATCH /api/2/organizations/36958",
    {
      sso_enforced: true,
      scim_enabled: false,
      mfa_required: false,
      ip_allowlist: ["203.0.113.0/24"],
      jit_default_role: "viewer",
    },
    () => Response.json(settings),
    undefined,
  ],
  [
    "an invitation with its role",
    (api) => api.inviteWithRole(invited, "viewer"),
    `POST ${members}`,
    { email: "ana@nova.agency", role: "viewer", given_name: "Ana" },
    () => Response.json({ ...member, role: "viewer", status: "pending", last_login: null }, { status: 201 }),
    { email: "Ana@nova.agency", role: "viewer", status: "pending" },
  ],
  [
    "an organization role",
    (api) => api.setOrganizationRole("o'hara+x@nova.agency", "manager"),
    `PATCH ${members}/o'hara%2Bx%40nova.agency`,
    { role: "manager" },
    () => Response.json(member),
    undefined,
  ],
  [
    "a removal",
    (api) => api.removeMember("ana@nova.agency"),
    `DELETE ${members}/ana%40nova.agency`,
    undefined,
    () => new Response(null, { status: 204 }),
    undefined,
  ],
  [
    "a project",
    (api) => api.createProject({ name: "Client Staging", environment: "staging", addOns: ["govern"] }),
    "POST /api/2/projects",
    { name: "Client Staging", environment: "staging", add_ons: ["govern"] },
    () =>
      Response.json(
        { ...project, id: 288502, name: "Client Staging", environment: "staging" },
        { status: 201 },
      ),
    { id: "288502", name: "Client Staging", archived: false, environment: "staging", addOns: ["govern"] },
  ],
  [
    "a project of which only the name is known",
    (api) => api.createProject({ name: "Mobile" }),
    "POST /api/2/projects",
    { name: "Mobile" },
    () => Response.json({ ...project, name: "Mobile", environment: null, add_ons: [] }, { status: 201 }),
    { id: "288501", name: "Mobile", archived: false, addOns: [] },
  ],
  [
    "a project that is archived",
    (api) => api.updateProject("288501", { archived: true }),
    "PATCH /api/2/projects/288501",
    { archived: true },
    () => Response.json({ ...project, archived: true }),
    undefined,
  ],
  [
    "a project that changes",
    (api) =>
      api.updateProject("288501", { name: "P", environment: null, addOns: ["experiment"], archived: false }),
    "PATCH /api/2/projects/288501",
    { name: "P", archived: false, environment: null, add_ons: ["experiment"] },
    () => Response.json(project),
    undefined,
  ],
  [
    "a project role",
    (api) => api.grantProjectRole("288501", "ana@nova.agency", "Member"),
    "POST /api/2/projects/288501/members",
    { email: "ana@nova.agency", role: "Member" },
    () => Response.json({ project_id: 288501, email: "ana@nova.agency", role: "Member" }, { status: 201 }),
    undefined,
  ],
  [
    "a module",
    (api) => {
      const { id: _, ...wanted } = grantRecord;
      return api.grantModule(wanted);
    },
    `POST ${grants}`,
    { principal_type: "group", principal: "632", project_id: 288501, module: "govern_consumer" },
    () => Response.json({ ...grant, principal: "632" }, { status: 201 }),
    grantRecord,
  ],
  [
    "a module that is taken back",
    (api) => api.revokeModule("g/1"),
    `DELETE ${grants}/g%2F1`,
    undefined,
    () => new Response(null, { status: 204 }),
    undefined,
  ],
  [
    "a key that is deleted",
    (api) => api.deleteApiKey("k1"),
    "DELETE /api/2/organizations/36958/api-keys/k1",
    undefined,
    () => new Response(null, { status: 204 }),
    undefined,
  ],
];

describe("writing", () => {
  it.each(writes)("%s is one request", async (_, write, request, body, answer, gives) => {
    const { api, received } = managed(answer);
    expect(await write(api)).toEqual(gives);
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([request]);
    expect(received[0]!.body).toEqual(body);
  });

  it("nothing sends nothing", async () => {
    const { api, received } = managed(() => Response.json(settings));
    await api.updateSettings({});
    await api.updateProject("288501", {});
    expect(received).toEqual([]);
  });

  it.each<[string, (api: WriteApi) => Promise<void>]>([
    ["a member", (api) => api.removeMember("ana@nova.agency")],
    ["a module grant", (api) => api.revokeModule("g1")],
    ["a key", (api) => api.deleteApiKey("k1")],
  ])("%s that is answered to be gone is gone where the list lacks it too", async (_, remove) => {
    const refused = () => new Response("404 page not found", { status: 404 });
    const { api, received } = managed(({ method }) =>
      method === "GET" ? Response.json({ data: [], next_cursor: null }) : refused(),
    );
    await expect(remove(api)).resolves.toBeUndefined();
    expect(received.map(({ method }) => method)).toEqual(["DELETE", "GET"]);
    await expect(remove(managed(refused).api)).rejects.toMatchObject({ status: 404, happened: "maybe" });
  });

  it.each<[string, (api: WriteApi) => Promise<unknown>]>([
    ["a role", (api) => api.setOrganizationRole("ana@nova.agency", "viewer")],
    ["settings", (api) => api.updateSettings({ mfaRequired: true })],
    ["a project", (api) => api.updateProject("288501", { archived: true })],
    ["the list of members", (api) => api.members()],
  ])("%s: 404 is a failure", async (_, call) => {
    const { api } = managed(() => Response.json({ error_code: "not_found" }, { status: 404 }));
    await expect(call(api)).rejects.toMatchObject({ status: 404, happened: "no" });
  });

  it.each<[string, (api: WriteApi) => Promise<unknown>]>([
    ["a removal of no address", (api) => api.removeMember("..")],
    ["a role for nobody", (api) => api.setOrganizationRole("", "viewer")],
    ["a project without an id", (api) => api.updateProject("", { archived: true })],
    ["a grant without an id", (api) => api.revokeModule(".")],
    ["a key without an id", (api) => api.deleteApiKey("")],
    ["a module on a project's name", (api) => api.grantModule({ ...grantRecord, projectId: "Mobile" })],
    [
      "a key of a project's name",
      (api) => api.createApiKey({ type: "project", projectId: "Mobile", label: "l" }),
    ],
  ])("%s is rejected before it is sent", async (_, call) => {
    const { api, received } = managed(() => new Response(null, { status: 204 }));
    await expect(call(api)).rejects.toThrow(RangeError);
    expect(received).toEqual([]);
  });

  it("an invitation that answers with somebody else may have happened", async () => {
    const { api } = managed(() => Response.json({ ...member, email: "bo@acme.com" }, { status: 201 }));
    await expect(api.inviteWithRole(invited, "viewer")).rejects.toMatchObject({ happened: "maybe" });
  });
});

describe("a refusal", () => {
  it.each([
    [401, "authentication_required", "AMPLITUDE_ORG_API_KEY and AMPLITUDE_ORG_SECRET_KEY were not accepted"],
    [403, "insufficient_permissions", "last administrator"],
    [409, "conflict", "It exists already"],
    [400, "invalid_request", "do it by hand"],
  ])("%d %s is said in Amplitude's words, with what to do", async (status, error_code, advice) => {
    for (const [, write] of writes) {
      const { api, received } = managed(() =>
        Response.json({ title: "Refused", detail: "it cannot be", error_code, status }, { status }),
      );
      expect(await failureOf(write(api))).toMatchObject({
        family: "management",
        status,
        happened: "no",
        said: `management.acme.com answered ${status}: ${error_code}: Refused: it cannot be`,
        advice: expect.stringContaining(advice) as unknown,
      });
      expect(received).toHaveLength(1);
    }
  });

  it.each(writes)(
    "429 makes %s wait as long as is asked, then go on",
    async (_, write, __, ___, answer, gives) => {
      const { api, received, slept } = managed((_request, n) =>
        n === 1
          ? Response.json({ error_code: "rate_limited", retry_after_seconds: 7 }, { status: 429 })
          : answer(),
      );
      expect(await write(api)).toEqual(gives);
      expect(received).toHaveLength(2);
      expect(slept).toEqual([7000]);
    },
  );
});

describe("in doubt", () => {
  it.each(writes)("%s is repeated only where saying it twice does no harm", async (_, write, request) => {
    for (const doubt of [
      () => new Response("oops", { status: 503 }),
      () => {
        throw lost("ECONNRESET");
      },
    ]) {
      const { api, received } = managed(doubt);
      expect(await failureOf(write(api))).toMatchObject({ happened: "maybe" });
      expect(received).toHaveLength(request.startsWith("POST") ? 1 : 4);
    }
  });
});
