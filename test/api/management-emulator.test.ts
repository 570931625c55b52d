import type { WriteApi } from "../../src/api/api";
import { connect } from "../../src/api/connect";
import { createEmulator, exampleSeed } from "../../src/emulator";

/** A client of an emulator that serves the management family, or does not. */
function client(management: "served" | "absent"): WriteApi {
  const emulator = createEmulator({
    ...exampleSeed,
    clock: "2026-11-23T09:00:00Z",
    switches: { ...exampleSeed.switches, management },
  });
  return connect({
    orgId: 36958,
    region: "us",
    env: {
      AMPLITUDE_ORG_API_KEY: "org-us-acme",
      AMPLITUDE_ORG_SECRET_KEY: "secret-us-acme",
      AMPLITUDE_BASE_URL: "http://localhost",
      AMPLITUDE_MANAGEMENT_URL: "http://localhost",
      AMPLITUDE_EMULATOR_CLOCK: "1",
    },
    fetch: async (request) => emulator.fetch(request),
  });
}

describe("against an emulator that serves the management family", () => {
  it("a person is invited with a role, gets another one, and goes", async () => {
    const api = client("served");
    const before = (await api.members()).items;
    const email = "o'hara+x@nova.agency";
    await api.inviteWithRole({ email }, "viewer");
    await expect(api.inviteWithRole({ email }, "viewer")).rejects.toMatchObject({ status: 409 });
    await api.setOrganizationRole(email, "manager");
    const added = (await api.members()).items.filter((one) => !before.some((old) => old.email === one.email));
    expect(added).toEqual([{ email, role: "manager", status: "pending" }]);
    await api.removeMember("O'Hara+x@nova.agency");
    await api.removeMember(email);
    expect((await api.members()).items).toEqual(before);
  });

  it("settings change one by one, and a default role goes again", async () => {
    const api = client("served");
    const before = await api.settings();
    await api.updateSettings({ mfaRequired: true, jitDefaultRole: "viewer" });
    expect(await api.settings()).toEqual({ ...before, mfaRequired: true, jitDefaultRole: "viewer" });
    await api.updateSettings({ jitDefaultRole: null });
    expect(await api.settings()).not.toHaveProperty("jitDefaultRole");
  });

  it("a project gets an add-on, a module and a member, and refuses them once it is archived", async () => {
    const api = client("served");
    const { id } = await api.createProject({ name: "Nova", environment: "staging" });
    await api.updateProject(id, { addOns: ["govern"], environment: null });
    const [email = "", somebodyElse = ""] = (await api.members()).items.map((one) => one.email);
    const wanted = {
      principalType: "user",
      principal: email,
      projectId: id,
      module: "govern_consumer",
    } as const;
    const grant = await api.grantModule(wanted);
    expect((await api.moduleGrants()).items).toContainEqual({ ...wanted, id: grant.id });
    await api.grantProjectRole(id, email, "Viewer");
    expect((await api.assignments({ projectId: id })).items).toMatchObject([{ principal: email }]);
    await api.revokeModule(grant.id);
    await api.revokeModule(grant.id);
    expect((await api.moduleGrants()).items.map((one) => one.id)).not.toContain(grant.id);
    await api.updateProject(id, { archived: true });
    expect((await api.managedProjects()).items).toContainEqual({
      id,
      name: "Nova",
      archived: true,
      addOns: ["govern"],
    });
    await expect(api.grantModule(wanted)).rejects.toMatchObject({ status: 409, happened: "no" });
    await expect(api.grantProjectRole(id, somebodyElse, "Viewer")).rejects.toMatchObject({ status: 409 });
  });

  it("a key is made, listed without its value, and deleted", async () => {
    const api = client("served");
    const draft = { type: "organization", label: "access as code, new" };
    const { record, value } = await api.createApiKey(draft);
    expect(value.reveal()).not.toBe("");
    const listed = (await api.apiKeys()).items;
    expect(listed).toContainEqual(record);
    expect(JSON.stringify(listed)).not.toContain(value.reveal());
    await expect(api.createApiKey(draft)).rejects.toMatchObject({ status: 409, happened: "no" });
    await api.deleteApiKey(record.id);
    await api.deleteApiKey(record.id);
    expect((await api.apiKeys()).items).not.toContainEqual(record);
  });

  it("more people than fit on a page come whole, within the limit", async () => {
    const api = client("served");
    const before = (await api.members()).items.length;
    for (let n = 0; n < 201; n++) await api.inviteWithRole({ email: `p${n}@nova.agency` }, "member");
    expect((await api.members()).proof).toMatchObject({ rows: before + 201, requests: 2 });
  });
});

describe("against a host that has no such routes", () => {
  it.each<[string, (api: WriteApi) => Promise<unknown>]>([
    ["a list", (api) => api.members()],
    ["settings", (api) => api.settings()],
    ["a removal", (api) => api.removeMember("nobody@acme.com")],
    ["a key", (api) => api.deleteApiKey("key-1")],
  ])("its web page is not taken for an answer: %s", async (_, call) => {
    await expect(call(client("absent"))).rejects.toMatchObject({
      status: 404,
      advice: expect.stringContaining("management URL serves these routes") as unknown,
    });
  });
});
