import type { Seed } from "../../src/emulator/index";
import { at, client } from "./acme";
import { log, moduleGrant, org, projects, served } from "./managed";

describe("the audit log", () => {
  it("has a line for every write, in the name of the organization's key", async () => {
    const acme = served();
    const { send } = acme;
    await send("PATCH", org, { sso_enforced: true, scim_enabled: false, mfa_required: true });
    await send("POST", `${org}/members`, { email: "x@acme.com", role: "member" });
    await send("PATCH", `${org}/members/x@acme.com`, { role: "admin" });
    await send("POST", "/api/2/projects/501/members", { email: "x@acme.com", role: "Viewer" });
    await send("POST", "/api/2/projects", { name: "New" });
    await send("PATCH", "/api/2/projects/502", { name: "Stage", archived: true });
    await send("PATCH", "/api/2/projects/502", { archived: false });
    const grant = await send("POST", `${org}/module-grants`, moduleGrant("41", "govern_consumer"));
    await send("DELETE", `${org}/module-grants/${String(at(grant, "id"))}`);
    await send("POST", `${org}/api-keys`, { type: "secret", project_id: 501, label: "etl" });
    await send("DELETE", `${org}/api-keys/key-1`);
    await send("DELETE", `${org}/members/x@acme.com`);
    expect(await log(acme)).toEqual(
      [
        "config sso update sso",
        "config scim update scim",
        "config security update security",
        "user user invite x@acme.com",
        "user role update x@acme.com",
        "project role_assignment create x@acme.com",
        "project project create New",
        "project project update Stage",
        "project project archive Stage",
        "project project restore Stage",
        "project module_grant create nova",
        "project module_grant delete nova",
        "config api_key create etl",
        "config api_key delete etl",
        "project role_assignment delete x@acme.com",
        "user user delete x@acme.com",
      ]
        .map((line) => `Organization API key ${line}`)
        .reverse(),
    );
  });

  it("has none where nothing changed", async () => {
    const acme = served();
    const { send } = acme;
    await send("PATCH", org, {});
    await send("PATCH", org, { sso_enforced: false, ip_allowlist: [], scim_enabled: true });
    await send("PATCH", `${org}/members/tom%40acme.com`, { role: "owner" });
    await send("PATCH", "/api/2/projects/501", { name: "Production", add_ons: ["experiment", "govern"] });
    expect(await log(acme)).toEqual([]);
  });
});

describe("Amplitude's own pages", () => {
  const seed: Partial<Seed> = {
    switches: { "audit-log-documented-only": false },
    projects,
    apiKeys: [
      { id: "k1", label: "etl", scope: "secret", projectId: 501 },
      { id: "k2", label: "twice", scope: "secret", projectId: 501 },
      { id: "k3", label: "twice", scope: "project", projectId: 501 },
    ],
    modules: [
      { principalType: "user", principal: "ana@nova.agency", project: 501, module: "experiment_admin" },
    ],
  };
  it.each<[object, string]>([
    [
      { type: "grant_module", group: "nova", project: "Production", module: "govern_consumer" },
      "project module_grant create nova",
    ],
    [
      { type: "revoke_module", person: "Ana@nova.agency", project: 501, module: "experiment_admin" },
      "project module_grant delete Ana@Nova.agency",
    ],
    [{ type: "archive_project", project: "Staging" }, "project project archive Staging"],
    [{ type: "archive_project", project: 503, archived: false }, "project project restore Retired"],
    [{ type: "delete_api_key", key: "etl" }, "config api_key delete etl"],
    [{ type: "delete_api_key", key: "k2" }, "config api_key delete twice"],
    [{ type: "create_api_key", label: "g", scope: "govern", project: 501 }, "config api_key create g"],
    [{ type: "change_settings", mfaRequired: true }, "config security update security"],
    [{ type: "change_settings", ipAllowlist: ["2001:db8::/32"] }, "config security update security"],
  ])("change the same things without the routes, in a person's name: %j", async (change, line) => {
    const acme = client(seed);
    const before = acme.emulator.state();
    expect((await acme.send("POST", "/_emulator/ui", { actor: "tom@acme.com", change })).status).toBe(200);
    expect(await log(acme)).toEqual([`tom@acme.com ${line}`]);
    expect({ ...acme.emulator.state(), audit: [] }).not.toEqual(before);
  });

  it.each<[object, number]>([
    [{ type: "grant_module", group: "nova", project: 502, module: "govern_consumer" }, 400],
    [{ type: "grant_module", person: "ana@nova.agency", project: 501, module: "experiment_admin" }, 409],
    [{ type: "grant", group: "analysts", project: 503, role: "Viewer" }, 409],
    [{ type: "revoke_module", group: "nova", project: 501, module: "govern_consumer" }, 404],
    [{ type: "archive_project", project: "None" }, 404],
    [{ type: "delete_api_key", key: "none" }, 404],
    [{ type: "delete_api_key", key: "twice" }, 409],
    [{ type: "change_settings", ipAllowlist: ["everywhere"] }, 400],
  ])("refuse %j with %i", async (change, status) => {
    const acme = client(seed);
    expect((await acme.send("POST", "/_emulator/ui", { actor: "tom@acme.com", change })).status).toBe(status);
    expect(acme.emulator.state().audit).toEqual([]);
  });
});
