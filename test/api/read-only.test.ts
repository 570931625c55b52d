import type { WriteApi } from "../../src/api/api";
import { ReadOnly } from "../../src/api/failure";
import { connected, scimList, withManagement } from "./connected";

const ok = (): Response => new Response(null, { status: 204 });

describe("a run that may only read", () => {
  const writes: [string, (api: WriteApi) => Promise<unknown>][] = [
    ["invite", (api) => api.invite({ email: "a@b.c" })],
    ["rename", (api) => api.rename({ email: "a@b.c", givenName: "A" })],
    ["removePerson", (api) => api.removePerson("a@b.c")],
    ["createGroup", (api) => api.createGroup("g", [])],
    ["addMembers", (api) => api.addMembers("1", ["a@b.c"])],
    ["removeMembers", (api) => api.removeMembers("1", ["a@b.c"])],
    ["renameGroup", (api) => api.renameGroup("1", "g")],
    ["deleteGroup", (api) => api.deleteGroup("1")],
    [
      "createAssignment",
      (api) => api.createAssignment({ principalType: "group", principal: "1", projectId: "2" }, "r"),
    ],
    ["updateAssignment", (api) => api.updateAssignment("a", "r")],
    ["deleteAssignment", (api) => api.deleteAssignment("a")],
    ["updateSettings", (api) => api.updateSettings({ mfaRequired: true })],
    ["inviteWithRole", (api) => api.inviteWithRole({ email: "a@b.c" }, "member")],
    ["setOrganizationRole", (api) => api.setOrganizationRole("a@b.c", "viewer")],
    ["removeMember", (api) => api.removeMember("a@b.c")],
    ["createProject", (api) => api.createProject({ name: "p" })],
    ["updateProject", (api) => api.updateProject("2", { archived: true })],
    ["grantProjectRole", (api) => api.grantProjectRole("2", "a@b.c", "Member")],
    [
      "grantModule",
      (api) =>
        api.grantModule({
          principalType: "group",
          principal: "1",
          projectId: "2",
          module: "govern_consumer",
        }),
    ],
    ["revokeModule", (api) => api.revokeModule("g")],
    ["createApiKey", (api) => api.createApiKey({ type: "organization", label: "l" })],
    ["deleteApiKey", (api) => api.deleteApiKey("k")],
  ];

  it.each(writes)("never sends %s", async (_, write) => {
    for (const options of [
      { readOnly: true, env: withManagement },
      { env: { ...withManagement, AMPLITUDE_ACCESS_READ_ONLY: "1" } },
    ]) {
      const { api, received } = connected(() => ok(), options);
      await expect(write(api)).rejects.toThrow(ReadOnly);
      expect(received).toEqual([]);
    }
  });

  it.each(writes)("and one that may write sends %s", async (_, write) => {
    const { api, received } = connected(() => ok(), { env: withManagement });
    await write(api).catch(() => undefined);
    expect(received).toHaveLength(1);
  });

  it("reads what the management family tells", async () => {
    const { api, received } = connected(() => Response.json({ data: [], next_cursor: null }), {
      readOnly: true,
      env: withManagement,
    });
    await api.members();
    await api.apiKeys();
    expect(received.map(({ method }) => method)).toEqual(["GET", "GET"]);
  });

  it("reads people and the audit log, whose request is a POST", async () => {
    const { api, received } = connected(
      (request) =>
        request.method === "GET"
          ? scimList([], 0)
          : Response.json({ events: [], pagination: { next_cursor: null } }),
      { readOnly: true },
    );
    await api.people();
    await api.events("2026-11-01", "2026-11-02");
    expect(received.map(({ method }) => method)).toEqual(["GET", "POST"]);
  });
});
