import { client, type Client } from "./acme";

type Mapping = { organizationRole?: string; projectRoles?: Record<string, string> };
const idp = (groups: { name: string; members: string[]; mapping?: Mapping }[], more = {}) => ({
  name: "okta",
  groups,
  ...more,
});
const sync = (acme: Client) => acme.send("POST", "/_emulator/idp/sync");
const group = (acme: Client, name: string) => acme.emulator.state().groups.find((each) => each.name === name);
const person = (acme: Client, email: string) =>
  acme.emulator.state().people.find((each) => each.email === email);
const ui = (acme: Client, change: object) =>
  acme.send("POST", "/_emulator/ui", { actor: "tom@acme.com", change });

describe("a sync of the identity provider", () => {
  it("pushes members over SCIM: who is missing is invited, who is too many is taken out", async () => {
    const acme = client();
    await acme.send(
      "PUT",
      "/_emulator/idp",
      idp([{ name: "nova", members: ["leo@nova.agency", "new@nova.agency"] }]),
    );
    expect(await sync(acme)).toMatchObject({
      status: 200,
      body: {
        requests: [
          { method: "POST", path: "/scim/1/Users", status: 201 },
          { method: "PATCH", path: "/scim/1/Groups/41", status: 200 },
        ],
        failures: [],
      },
    });
    expect(group(acme, "nova")?.members).toEqual(["leo@nova.agency", "new@nova.agency"]);
    expect(
      acme.emulator.state().audit.map(({ actor, action, userAgent }) => [actor, action, userAgent]),
    ).toEqual([
      ["SCIM API", "invite", "okta SCIM client"],
      ["SCIM API", "add", "okta SCIM client"],
      ["SCIM API", "remove", "okta SCIM client"],
    ]);
    expect(acme.emulator.requests).toEqual([]);
  });

  it("creates a group that is missing and leaves other groups alone", async () => {
    const acme = client();
    const before = group(acme, "nova");
    await acme.send("PUT", "/_emulator/idp", idp([{ name: "amp-new", members: ["tom@acme.com"] }]));
    await sync(acme);
    expect(group(acme, "amp-new")?.members).toEqual(["tom@acme.com"]);
    expect(group(acme, "nova")).toEqual(before);
  });

  it("brings back a leaver who is still in a group there", async () => {
    const acme = client();
    await acme.send("PUT", "/_emulator/idp", idp([{ name: "nova", members: ["Ana@Nova.agency"] }]));
    await acme.send("DELETE", "/scim/1/Users/ana@nova.agency");
    await sync(acme);
    expect(person(acme, "Ana@Nova.agency")).toMatchObject({ status: "pending" });
    expect(group(acme, "nova")?.members).toEqual(["Ana@Nova.agency"]);
  });

  it("changes nothing the second time", async () => {
    const acme = client();
    await acme.send(
      "PUT",
      "/_emulator/idp",
      idp([{ name: "nova", members: ["new@nova.agency"], mapping: { organizationRole: "manager" } }]),
    );
    await sync(acme);
    const before = acme.emulator.state();
    await sync(acme);
    expect(acme.emulator.state()).toEqual(before);
  });

  it("resets roles to the mapping, the stronger of two, and only where one is declared", async () => {
    const acme = client();
    await acme.send(
      "PUT",
      "/_emulator/idp",
      idp([
        {
          name: "nova",
          members: ["ana@nova.agency", "leo@nova.agency"],
          mapping: { organizationRole: "viewer", projectRoles: { Staging: "member" } },
        },
        {
          name: "leads",
          members: ["ana@nova.agency"],
          mapping: { organizationRole: "manager", projectRoles: { Staging: "manager" } },
        },
        { name: "plain", members: ["tom@acme.com"] },
      ]),
    );
    await ui(acme, { type: "grant", person: "ana@nova.agency", project: "Staging", role: "Admin" });
    await ui(acme, { type: "grant", person: "ana@nova.agency", project: "Production", role: "Viewer" });
    await sync(acme);
    expect(person(acme, "Ana@Nova.agency")?.organizationRole).toBe("manager");
    expect(person(acme, "leo@nova.agency")?.organizationRole).toBe("viewer");
    expect(person(acme, "tom@acme.com")?.organizationRole).toBe("owner");
    const direct = acme.emulator.state().assignments.filter(({ principalType }) => principalType === "user");
    expect(direct.map(({ principal, project, role }) => [principal, project, role])).toEqual([
      ["Ana@Nova.agency", 502, "Manager"],
      ["Ana@Nova.agency", 501, "Viewer"],
      ["leo@nova.agency", 502, "Member"],
    ]);
    await acme.switch({ "idp-mapping-scope": "all-projects" });
    await sync(acme);
    expect(
      acme.emulator
        .state()
        .assignments.filter(({ principalType }) => principalType === "user")
        .map(({ project }) => project),
    ).toEqual([502, 502]);
    expect(acme.emulator.state().audit.at(-1)).toMatchObject({
      actor: "okta (role mapping)",
      action: "delete",
    });
  });

  it("switches off who is in none of its groups any more, where it deprovisions", async () => {
    const acme = client();
    await acme.send(
      "PUT",
      "/_emulator/idp",
      idp([{ name: "nova", members: ["leo@nova.agency"] }], { deprovisions: true }),
    );
    await sync(acme);
    expect(acme.emulator.state().people.map(({ email }) => email)).toEqual([
      "tom@acme.com",
      "leo@nova.agency",
    ]);
  });

  it("happens before every k-th request once it is scheduled", async () => {
    const acme = client();
    await acme.send("PUT", "/_emulator/idp", idp([{ name: "nova", members: ["leo@nova.agency"] }]));
    await acme.send("PUT", "/_emulator/idp/schedule", { every: 3 });
    const sizes: unknown[] = [];
    for (let index = 0; index < 3; index += 1) {
      const { body } = await acme.send("GET", "/scim/1/Groups/41");
      sizes.push((body as { members: unknown[] }).members.length);
    }
    expect(sizes).toEqual([2, 2, 1]);
    await acme.send("PUT", "/_emulator/idp/schedule", { every: null });
    expect(acme.emulator.state().identityProvider?.every).toBeNull();
  });

  it("does not eat the organization's rate limit unless a switch says so, and then gives up at it", async () => {
    const acme = client({ switches: { "scim-requests-per-minute": 1 } });
    await acme.send(
      "PUT",
      "/_emulator/idp",
      idp([{ name: "nova", members: ["a@nova.agency", "b@nova.agency"] }]),
    );
    await acme.switch({ "idp-uses-rate-limit": true });
    expect(await sync(acme)).toMatchObject({
      body: { requests: [{ status: 201 }, { status: 429 }], failures: ["POST /scim/1/Users: 429"] },
    });
    expect((await acme.send("GET", "/scim/1/Users")).status).toBe(429);
    await acme.switch({ "idp-uses-rate-limit": false });
    expect(await sync(acme)).toMatchObject({ body: { failures: [] } });
  });

  it("is turned away while SCIM is off", async () => {
    const acme = client();
    await acme.send(
      "PUT",
      "/_emulator/idp",
      idp([{ name: "nova", members: ["a@nova.agency"], mapping: { organizationRole: "admin" } }]),
    );
    await ui(acme, { type: "change_scim", enabled: false });
    const before = acme.emulator.state();
    expect(await sync(acme)).toMatchObject({ body: { failures: ["POST /scim/1/Users: 401"] } });
    expect(acme.emulator.state()).toEqual(before);
  });

  it.each([
    [{ groups: [{ name: "x", members: ["x"] }] }, 'groups[0].members[0]: not an e-mail address: "x"'],
    [
      idp([{ name: "x", members: [], mapping: { projectRoles: { Nowhere: "viewer" } } }]),
      "identityProvider.groups[0].mapping.projectRoles.Nowhere: there is no project of that name",
    ],
  ])("is refused with its path: %j", async (body, problem) => {
    expect(await client().send("PUT", "/_emulator/idp", body)).toMatchObject({
      status: 400,
      body: { problems: [problem] },
    });
  });
});
