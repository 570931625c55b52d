import { at, client, type Answer } from "./acme";

const patch = (...Operations: object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations,
});
const ids = (answer: Answer): unknown[] => (at(answer, "Resources") as { id: unknown }[]).map(({ id }) => id);
const members = (answer: Answer): string[] =>
  (at(answer, "members") as { value: string }[]).map(({ value }) => value);

describe("people over SCIM", () => {
  it("gives at most 100 a page whatever is asked for", async () => {
    const people = Array.from({ length: 201 }, (_, index) => ({ email: `p${index}@acme.com` }));
    const { send } = client({ people, groups: [], assignments: [] });
    const first = await send("GET", "/scim/1/Users?itemsPerPage=500");
    expect(first.body).toMatchObject({ startIndex: 1, itemsPerPage: 100, totalResults: 201 });
    expect(ids(first)).toHaveLength(100);
    expect(ids(await send("GET", "/scim/1/Users?startIndex=201"))).toEqual(["p200@acme.com"]);
    expect(ids(await send("GET", "/scim/1/Users?startIndex=202"))).toEqual([]);
  });

  it.each(["startIndex=x", "itemsPerPage=1.5"])("refuses %s", async (query) => {
    expect((await client().send("GET", `/scim/1/Users?${query}`)).status).toBe(400);
  });

  it.each([
    ['userName eq "ANA@nova.agency"', ["Ana@Nova.agency"]],
    ['emails.value eq "tom@acme.com"', ["tom@acme.com"]],
    ['name.familyName sw "O"', ["tom@acme.com"]],
    ['userName ew "@nova.agency" and name.givenName eq "ana"', ["Ana@Nova.agency"]],
    ['userName eq "nobody@acme.com"', []],
  ])("filters by %s", async (filter, expected) => {
    const answer = await client().send("GET", `/scim/1/Users?filter=${encodeURIComponent(filter)}`);
    expect(ids(answer)).toEqual(expected);
    expect(at(answer, "totalResults")).toBe(expected.length);
  });

  it("refuses a filter that is none", async () => {
    expect((await client().send("GET", "/scim/1/Users?filter=userName%20eq")).status).toBe(400);
  });

  it("ignores groups on write and never changes an e-mail", async () => {
    const { send, emulator } = client();
    const user = {
      userName: "eva@acme.com",
      name: { givenName: "Eva", familyName: "Ek" },
      groups: [{ value: "40" }],
    };
    expect((await send("POST", "/scim/1/Users", user)).status).toBe(201);
    expect(emulator.state().groups[0]?.members).toEqual(["tom@acme.com"]);
    expect(
      (await send("PUT", "/scim/1/Users/eva@acme.com", { ...user, userName: "eve@acme.com" })).status,
    ).toBe(400);
  });

  it("takes somebody who is removed out of every group and off every project", async () => {
    const { send, emulator } = client();
    expect((await send("DELETE", "/scim/1/Users/ANA%40nova.agency")).status).toBe(204);
    const state = emulator.state();
    expect(state.people.map((person) => person.email)).not.toContain("Ana@Nova.agency");
    expect(state.groups[1]?.members).toEqual(["leo@nova.agency"]);
    expect(state.assignments.map((assignment) => assignment.id)).toEqual(["first-assignment-000001"]);
    expect((await send("DELETE", "/scim/1/Users/ana@nova.agency")).status).toBe(404);
  });

  it("keeps the roles of somebody who is removed where the switch says so, and can still restore that state", async () => {
    const { send, emulator } = client({ switches: { "removing-person-deletes-assignments": false } });
    await send("DELETE", "/scim/1/Users/ana@nova.agency");
    const state = emulator.state();
    expect(state.assignments).toHaveLength(2);
    expect((await send("PUT", "/_emulator/state", state)).status).toBe(200);
  });

  it.each([
    ["a PatchOp with a boolean", [{ op: "replace", path: "active", value: false }]],
    ["a PatchOp as Entra ID sends it", [{ op: "Replace", path: "active", value: "False" }]],
    ["a PatchOp without a path", [{ op: "replace", value: { active: false } }]],
  ])("removes somebody by %s", async (_name, operations) => {
    const { send, emulator } = client();
    const answer = await send("PATCH", "/scim/1/Users/ana@nova.agency", patch(...operations));
    expect(answer).toMatchObject({ status: 200, body: { active: false } });
    expect(emulator.state().people).toHaveLength(2);
  });

  it("does not remove the only administrator", async () => {
    const { send, emulator } = client();
    expect((await send("DELETE", "/scim/1/Users/tom@acme.com")).status).toBe(403);
    expect(emulator.state().people).toHaveLength(3);
  });
});

describe("groups over SCIM", () => {
  it("invites an unknown e-mail that is added and names them undefined undefined", async () => {
    const { send, emulator } = client();
    const answer = await send(
      "PATCH",
      "/scim/1/Groups/40",
      patch({
        op: "add",
        path: "members",
        value: [{ value: "fay@nova.agency" }, { value: "Fay@Nova.agency" }],
      }),
    );
    expect(at(answer, "members", 1)).toEqual({ value: "fay@nova.agency", display: "undefined undefined" });
    expect(members(answer)).toHaveLength(2);
    expect(emulator.state().people.at(-1)).toMatchObject({
      email: "fay@nova.agency",
      status: "pending",
      organizationRole: "viewer",
    });
    expect(emulator.state().audit.map(({ action }) => action)).toEqual(["invite", "add"]);
  });

  it.each([
    [
      "replace of the members",
      [{ op: "replace", path: "members", value: [{ value: "leo@nova.agency" }] }],
      ["leo@nova.agency"],
    ],
    [
      "a selected member",
      [{ op: "remove", path: 'members[value eq "ana@nova.agency"]' }],
      ["leo@nova.agency"],
    ],
    ["removal of all", [{ op: "remove", path: "members" }], []],
    [
      "no path",
      [{ op: "add", value: { members: [{ value: "tom@acme.com" }] } }],
      ["Ana@Nova.agency", "leo@nova.agency", "tom@acme.com"],
    ],
    [
      "several operations in order",
      [
        { op: "remove", path: "members", value: [{ value: "leo@nova.agency" }] },
        { op: "add", path: "members", value: [{ value: "leo@nova.agency" }] },
      ],
      ["Ana@Nova.agency", "leo@nova.agency"],
    ],
  ])("takes a PATCH with %s", async (_name, operations, expected) => {
    const answer = await client().send("PATCH", "/scim/1/Groups/41", patch(...operations));
    expect(answer.status).toBe(200);
    expect(members(answer)).toEqual(expected);
  });

  it.each([
    ["an unknown path", { op: "add", path: "owner", value: "x" }],
    ["an unknown op", { op: "move", path: "members" }],
    ["a member without an e-mail", { op: "add", path: "members", value: [{ value: "nova" }] }],
  ])("refuses %s and changes nothing", async (_name, operation) => {
    const { send, emulator } = client();
    const before = emulator.state();
    const first = { op: "replace", path: "displayName", value: "other" };
    expect((await send("PATCH", "/scim/1/Groups/41", patch(first, operation))).status).toBe(400);
    expect(emulator.state()).toEqual(before);
  });

  it("pages groups", async () => {
    const answer = await client().send("GET", "/scim/1/Groups?startIndex=2&itemsPerPage=1");
    expect(answer.body).toMatchObject({ totalResults: 2, startIndex: 2 });
    expect(ids(answer)).toEqual([41]);
  });

  it("takes a deleted group's roles with it", async () => {
    const { send, emulator } = client();
    expect((await send("DELETE", "/scim/1/Groups/41")).status).toBe(204);
    expect(emulator.state().assignments.map((assignment) => assignment.principalType)).toEqual(["user"]);
  });
});

const list = "/scim/1/Users";

describe("keys", () => {
  it("turns away a key of the other region and says so", async () => {
    const { send } = client();
    const answer = await send("GET", list, undefined, { headers: { authorization: "Bearer scim-eu-7" } });
    expect(answer.status).toBe(401);
    expect(at(answer, "detail")).toContain("EU region");
  });

  it("rejects the old key as soon as a new one is generated, and every key once SCIM is off", async () => {
    const { send } = client();
    const ui = (change: object) => send("POST", "/_emulator/ui", { actor: "tom@acme.com", change });
    const scimKey = at(await ui({ type: "change_scim", regenerateKey: true }), "scimKey") as string;
    expect((await send("GET", list)).status).toBe(401);
    const fresh = { headers: { authorization: `Bearer ${scimKey}` } };
    expect((await send("GET", list, undefined, fresh)).status).toBe(200);
    await ui({ type: "change_scim", enabled: false });
    expect((await send("GET", list, undefined, fresh)).status).toBe(401);
  });
});
