import { at, type Client } from "./acme";
import { codes, moduleGrant, november, org, served } from "./managed";

describe("people and projects", () => {
  it("are the ones that the other families know", async () => {
    const acme = served();
    await acme.send("POST", `${org}/members`, {
      email: "Eva@nova.agency",
      role: "no_access",
      given_name: "Eva",
      family_name: "Ek",
    });
    expect((await acme.send("GET", "/scim/1/Users/eva%40nova.agency")).body).toMatchObject({
      name: { givenName: "Eva", familyName: "Ek" },
    });
    expect(
      (await acme.send("PATCH", `${org}/members/EVA%40nova.agency`, { role: "manager" })).body,
    ).toMatchObject({ id: "Eva@nova.agency", role: "manager", status: "pending" });
    const created = await acme.send("POST", "/api/2/projects", {
      name: "Sandbox",
      environment: "development",
    });
    const id = at(created, "id") as number;
    const member = (role: string) =>
      acme.send("POST", `/api/2/projects/${id}/members`, { email: "eva@nova.agency", role });
    expect((await member("reporting")).body).toEqual({
      project_id: id,
      email: "Eva@nova.agency",
      role: "Reporting",
    });
    expect((await member("Viewer")).status).toBe(201);
    const assignments = await acme.send(
      "GET",
      `/user-management/1/project-role-assignments?principalId=eva%40nova.agency`,
    );
    expect(at(assignments, "data")).toMatchObject([
      { projectId: id, roleId: "00000000-0000-4000-8000-000000000001" },
    ]);
    expect((await acme.send("DELETE", `${org}/members/eva%40nova.agency`)).status).toBe(204);
    expect((await acme.send("GET", "/scim/1/Users/eva%40nova.agency")).status).toBe(404);
  });

  it("cannot be invited again under a switch that forbids it", async () => {
    const { send } = served({ switches: { "scim-reinvite-after-removal": false } });
    await send("DELETE", `${org}/members/leo%40nova.agency`);
    const again = await send("POST", `${org}/members`, { email: "leo@nova.agency", role: "member" });
    expect(codes(again)).toEqual({ status: 409, code: "conflict" });
  });

  it("leave the last administrator unprotected where the switch says so", async () => {
    const { send } = served({ switches: { "last-admin-protected": false } });
    expect((await send("DELETE", `${org}/members/tom%40acme.com`)).status).toBe(204);
  });

  it("lets SCIM in again once the setting is on", async () => {
    const { send } = served();
    await send("PATCH", org, { scim_enabled: false });
    expect((await send("GET", "/scim/1/Users")).status).toBe(401);
    await send("PATCH", org, { scim_enabled: true });
    expect((await send("GET", "/scim/1/Users")).status).toBe(200);
  });

  it("take no new role on an archived project over user-management, keep the old ones, and come back", async () => {
    const { send } = served();
    await send("PATCH", "/api/2/projects/501", { archived: true });
    expect(at(await send("GET", "/api/2/projects"), "data")).toMatchObject([{ id: 502 }]);
    const assign = () =>
      send("POST", "/user-management/1/project-role-assignments", {
        principalType: "group",
        principalId: 40,
        projectId: 501,
        roleId: "00000000-0000-4000-8000-000000000001",
      });
    expect(codes(await assign())).toEqual({ status: 409, code: "conflict" });
    const kept = await send("GET", "/user-management/1/project-role-assignments?projectId=501");
    expect(at(kept, "data")).toHaveLength(1);
    await send("PATCH", "/api/2/projects/501", { archived: false });
    expect((await assign()).status).toBe(201);
  });

  it("let an identity provider's other mappings through when one project is archived", async () => {
    const { send, emulator } = served({
      identityProvider: {
        groups: [
          {
            name: "analysts",
            members: ["tom@acme.com"],
            mapping: { projectRoles: { Retired: "Viewer", Staging: "Viewer" } },
          },
        ],
      },
    });
    const report = await send("POST", "/_emulator/idp/sync");
    expect(at(report, "failures")).toEqual([expect.stringContaining("Project 503 is archived")]);
    expect(emulator.state().assignments).toContainEqual(
      expect.objectContaining({ principal: "tom@acme.com", project: 502, role: "Viewer" }),
    );
  });
});

describe("modules", () => {
  const names = async ({ send }: Client) =>
    (at(await send("GET", `${org}/module-grants`), "data") as Record<string, string>[]).map(
      (grant) => `${grant["principal"]} ${grant["module"]}`,
    );

  async function granted(): Promise<Client> {
    const acme = served();
    for (const body of [
      moduleGrant("ANA@nova.agency", "govern_data_manager"),
      moduleGrant("41", "govern_consumer"),
      moduleGrant("41", "experiment_admin"),
    ]) {
      expect((await acme.send("POST", `${org}/module-grants`, body)).status).toBe(201);
    }
    return acme;
  }

  it.each<[string, string, string, unknown, string[]]>([
    [
      "nobody",
      "GET",
      org,
      undefined,
      ["Ana@Nova.agency govern_data_manager", "41 govern_consumer", "41 experiment_admin"],
    ],
    [
      "their person",
      "DELETE",
      `${org}/members/ana%40nova.agency`,
      undefined,
      ["41 govern_consumer", "41 experiment_admin"],
    ],
    ["their group", "DELETE", "/scim/1/Groups/41", undefined, ["Ana@Nova.agency govern_data_manager"]],
    ["their add-on", "PATCH", "/api/2/projects/501", { add_ons: ["experiment"] }, ["41 experiment_admin"]],
    [
      "a project that is archived",
      "PATCH",
      "/api/2/projects/501",
      { archived: true },
      ["Ana@Nova.agency govern_data_manager", "41 govern_consumer", "41 experiment_admin"],
    ],
  ])("go with %s", async (_name, method, path, body, left) => {
    const acme = await granted();
    expect((await acme.send(method, path, body)).status).toBeLessThan(300);
    expect(await names(acme)).toEqual(left);
  });

  it("have the same opaque ids in every run, and can be revoked by them", async () => {
    const ids = async (acme: Client) =>
      (at(await acme.send("GET", `${org}/module-grants`), "data") as { id: string }[]).map(({ id }) => id);
    const acme = await granted();
    const made = await ids(acme);
    expect(made).toEqual(await ids(await granted()));
    expect(new Set(made).size).toBe(3);
    expect((await acme.send("DELETE", `${org}/module-grants/${made[0]!}`)).status).toBe(204);
    expect(await ids(acme)).toEqual(made.slice(1));
  });
});

describe("API keys", () => {
  it("show their value once, and nowhere else", async () => {
    const acme = served();
    const created = await acme.send("POST", `${org}/api-keys`, {
      type: "organization",
      label: "access as code",
    });
    const value = at(created, "value") as string;
    expect(created.body).toMatchObject({ project_id: null, last_four: value.slice(-4) });
    expect(value.length).toBeGreaterThanOrEqual(32);
    const elsewhere = [
      (await acme.send("GET", `${org}/api-keys`)).body,
      (await acme.send("POST", "/api/2/audit-logs/7", november)).body,
      acme.emulator.state(),
      acme.emulator.requests,
    ];
    expect(JSON.stringify(elsewhere)).not.toContain(value);
  });

  it("never get the value or the id of an earlier one", async () => {
    const acme = served({ apiKeys: [{ id: "key-2", label: "old", scope: "project", projectId: 501 }] });
    const make = async (label: string) =>
      (await acme.send("POST", `${org}/api-keys`, { type: "govern", project_id: 501, label })).body as {
        id: string;
        value: string;
      };
    const first = await make("etl");
    await acme.send("DELETE", `${org}/api-keys/${first.id}`);
    await acme.send("PUT", "/_emulator/state", (await acme.send("GET", "/_emulator/state")).body);
    const second = await make("etl");
    expect(new Set(["key-2", first.id, second.id]).size).toBe(3);
    expect(second.value).not.toBe(first.value);
  });
});
