import { at, client, type Client } from "./acme";

const path = "/api/2/audit-logs/7";
/** Everything that is done, whether Amplitude is documented to log it or not. */
const everything = { switches: { "audit-log-documented-only": false } };
const november = { start_date: "2026-11-01T00:00:00Z", end_date: "2026-11-30T00:00:00Z" };
const entry = (timestamp: string, action = "login") => ({
  timestamp,
  domain: "auth",
  feature: "auth",
  action,
  target: "tom@acme.com",
  actor: "tom@acme.com",
});

async function lines({ send }: Client, body: object = november): Promise<string[]> {
  const answer = await send("POST", path, body);
  return (at(answer, "events") as Record<string, string>[]).map((event) =>
    [event["user_email"], event["domain"], event["feature"], event["action"], event["target"]].join(" "),
  );
}

describe("every write is in the audit log, newest first, with who did what to what", () => {
  it("over SCIM and user-management", async () => {
    const acme = client(everything);
    await acme.send(
      "POST",
      "/scim/1/Groups",
      { displayName: "new", members: [{ value: "fay@acme.com" }] },
      { headers: { "user-agent": "our-client/1" } },
    );
    const created = await acme.send("POST", "/user-management/1/project-role-assignments", {
      principalType: "user",
      principalId: "fay@acme.com",
      projectId: 501,
      roleId: "00000000-0000-4000-8000-000000000001",
    });
    const id = at(created, "id") as string;
    await acme.send("PATCH", `/user-management/1/project-role-assignments/${id}`, {
      roleId: "00000000-0000-4000-8000-000000000002",
    });
    await acme.send("PUT", "/scim/1/Users/fay@acme.com", {
      userName: "fay@acme.com",
      name: { givenName: "Fay", familyName: "Fox" },
    });
    await acme.send("PUT", "/scim/1/Users/fay@acme.com", { userName: "fay@acme.com", active: false });
    expect(await lines(acme)).toEqual([
      "SCIM API user user delete fay@acme.com",
      "SCIM API project role_assignment delete fay@acme.com",
      "SCIM API user user update fay@acme.com",
      "Organization API key project role_assignment update fay@acme.com",
      "Organization API key project role_assignment create fay@acme.com",
      "SCIM API group member add new",
      "SCIM API user user invite fay@acme.com",
      "SCIM API group group create new",
    ]);
    const events = at(await acme.send("POST", path, november), "events") as object[];
    expect(events[3]).toMatchObject({
      project_id: 501,
      event_properties: { from: "Viewer", to: "Member", assignment_id: id },
    });
    expect(events[7]).toMatchObject({
      user_agent: "our-client/1",
      org_id: 7,
      timestamp: "2026-11-23T09:00:00.000Z",
      error: null,
    });
  });

  it("logs nothing where nothing changed or a write was refused", async () => {
    const acme = client();
    await acme.send("PUT", "/scim/1/Users/tom@acme.com", {
      userName: "tom@acme.com",
      name: { givenName: "Tom", familyName: "Ode" },
    });
    await acme.send("POST", "/scim/1/Users", { userName: "tom@acme.com" });
    await acme.send("DELETE", "/scim/1/Groups/999");
    expect(await lines(acme)).toEqual([]);
  });

  it.each<[object, string, boolean]>([
    [{ type: "invite", email: "x@acme.com" }, "user user invite x@acme.com", true],
    [{ type: "remove_person", email: "leo@nova.agency" }, "user user delete leo@nova.agency", true],
    [
      { type: "accept_invitation", email: "leo@nova.agency", givenName: "Leo" },
      "auth invitation accept leo@nova.agency",
      true,
    ],
    [{ type: "login" }, "auth auth login tom@acme.com", true],
    [
      { type: "set_organization_role", email: "leo@nova.agency", role: "admin" },
      "user role update leo@nova.agency",
      true,
    ],
    [{ type: "create_group", name: "x" }, "group group create x", true],
    [{ type: "rename_group", group: "nova", name: "x" }, "group group update x", false],
    [{ type: "delete_group", group: 40 }, "group group delete analysts", false],
    [{ type: "add_member", group: 40, email: "leo@nova.agency" }, "group member add analysts", true],
    [{ type: "remove_member", group: "nova", email: "leo@nova.agency" }, "group member remove nova", true],
    [
      { type: "grant", person: "tom@acme.com", project: "Staging", role: "admin" },
      "project role_assignment create tom@acme.com",
      true,
    ],
    [
      { type: "grant", group: "nova", project: 501, role: "Viewer" },
      "project role_assignment update nova",
      false,
    ],
    [{ type: "revoke", group: "nova", project: 501 }, "project role_assignment delete nova", false],
    [{ type: "create_api_key", label: "etl", project: "Staging" }, "config api_key create etl", false],
    [{ type: "change_sso", enforced: true }, "config sso update sso", true],
    [{ type: "change_scim", enabled: false }, "config scim update scim", false],
    [{ type: "export", project: "Staging" }, "project project export Staging", true],
    [
      { type: "grant", group: "nova", project: 502, role: "Admin" },
      "project role_assignment create nova",
      true,
    ],
    [{ type: "archive_project", project: 502 }, "project project archive Staging", true],
    [{ type: "change_settings", mfaRequired: true }, "config security update security", false],
  ])(
    "names the person who does %j in Amplitude's own pages, where that is logged",
    async (change, line, documented) => {
      const acme = client();
      expect((await acme.send("POST", "/_emulator/ui", { actor: "tom@acme.com", change })).status).toBe(200);
      const logged = `tom@acme.com ${line}`;
      expect((await lines(acme)).includes(logged)).toBe(documented);
      await acme.switch(everything.switches);
      expect(await lines(acme)).toEqual(expect.arrayContaining([logged]));
    },
  );

  it("has nothing of SCIM, the role API, or the roles that a sync sets, unless a switch says so", async () => {
    const acme = client({
      identityProvider: {
        groups: [
          { name: "okta", members: ["ana@nova.agency"], mapping: { projectRoles: { Staging: "Admin" } } },
        ],
      },
    });
    await acme.send("POST", "/scim/1/Users", { userName: "x@acme.com" });
    await acme.send("POST", "/user-management/1/project-role-assignments", {
      principalType: "user",
      principalId: "x@acme.com",
      projectId: 501,
      roleId: "00000000-0000-4000-8000-000000000004",
    });
    await acme.send("POST", "/_emulator/idp/sync");
    expect(await lines(acme)).toEqual([]);
    await acme.switch(everything.switches);
    expect(await lines(acme)).toHaveLength(5);
  });

  it.each<[object, number]>([
    [{ type: "dance" }, 400],
    [{ type: "remove_member", group: "none", email: "leo@nova.agency" }, 404],
    [{ type: "revoke", person: "tom@acme.com", project: 501 }, 404],
    [{ type: "grant", person: "tom@acme.com", group: "nova", project: 501, role: "Viewer" }, 400],
    [{ type: "set_organization_role", email: "tom@acme.com", role: "member" }, 403],
    [{ type: "login", email: "stranger@acme.com" }, 404],
    [{ type: "accept_invitation", email: "tom@acme.com" }, 409],
  ])("refuses %j with %i", async (change, status) => {
    const acme = client();
    expect((await acme.send("POST", "/_emulator/ui", { actor: "tom@acme.com", change })).status).toBe(status);
    expect(acme.emulator.state().audit).toEqual([]);
  });

  it("lets a stranger in once JIT provisioning has a default role", async () => {
    const acme = client();
    const ui = (change: object) => acme.send("POST", "/_emulator/ui", { actor: "tom@acme.com", change });
    await ui({ type: "change_sso", jitDefaultRole: "member" });
    await ui({ type: "login", email: "stranger@acme.com" });
    expect(acme.emulator.state().people.at(-1)).toMatchObject({
      email: "stranger@acme.com",
      status: "joined",
      organizationRole: "member",
    });
  });
});

describe("reading the log", () => {
  it("follows a cursor through all of it once", async () => {
    const audit = Array.from({ length: 5 }, (_, index) =>
      entry(`2026-11-0${index + 1}T00:00:00Z`, `a${index}`),
    );
    const acme = client({ audit });
    const seen: string[] = [];
    let cursor: unknown;
    do {
      const answer = await acme.send("POST", path, {
        ...november,
        pagination: { limit: 2, ...(cursor === undefined ? {} : { cursor }) },
      });
      seen.push(...(at(answer, "events") as { action: string }[]).map(({ action }) => action));
      cursor = at(answer, "pagination", "next_cursor") ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(["a4", "a3", "a2", "a1", "a0"]);
  });

  it("keeps 90 days", async () => {
    const acme = client({
      audit: [entry("2026-08-24T00:00:00Z", "lost"), entry("2026-08-26T00:00:00Z", "kept")],
    });
    expect(await lines(acme, { start_date: "2026-08-20", end_date: "2026-09-10" })).toEqual([
      "tom@acme.com auth auth kept tom@acme.com",
    ]);
  });

  it.each([
    ["31 days", { start_date: "2026-10-01T00:00:00Z", end_date: "2026-11-01T00:00:00Z" }],
    ["an end before the start", { start_date: "2026-11-02", end_date: "2026-11-01" }],
    ["no range", {}],
    ["a date that is none", { start_date: "yesterday", end_date: "2026-11-01" }],
  ])("refuses %s", async (_name, body) => {
    expect((await client().send("POST", path, body)).status).toBe(400);
  });

  it("is the organization's own", async () => {
    expect((await client().send("POST", "/api/2/audit-logs/8", november)).status).toBe(403);
  });

  it.each([
    ["data", { data: [{ action: "login" }], pagination: { next_cursor: null } }],
    ["array", [{ action: "login" }]],
  ])("comes in the envelope %s", async (envelope, expected) => {
    const { send, switch: set } = client({ audit: [entry("2026-11-02T00:00:00Z")] });
    await set({ "audit-log-envelope": envelope });
    expect((await send("POST", path, november)).body).toMatchObject(expected);
  });

  it("comes late where a switch delays it", async () => {
    const acme = client({
      switches: {
        ...everything.switches,
        "audit-log-delay-seconds": 300,
        "audit-log-actor-scim": "scim@amplitude",
      },
    });
    await acme.send("POST", "/scim/1/Users", { userName: "x@acme.com" });
    expect(await lines(acme)).toEqual([]);
    await acme.send("POST", "/_emulator/clock/advance", { seconds: 300 });
    expect(await lines(acme)).toEqual(["scim@amplitude user user invite x@acme.com"]);
  });
});
