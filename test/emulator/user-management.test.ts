import { at, client, reporting, viewer, type Answer } from "./acme";

const base = "/user-management/1";
const assignments = `${base}/project-role-assignments`;
const group = (principalId: number, projectId = 502, roleId = viewer) => ({
  principalType: "group",
  principalId,
  projectId,
  roleId,
});
const user = (principalId: string, projectId = 501, roleId = viewer) => ({
  principalType: "user",
  principalId,
  projectId,
  roleId,
});
const codes = (answer: Answer): unknown => ({ status: answer.status, code: at(answer, "error_code") });

describe("assignments", () => {
  it("pages through all of them once, while others come and go", async () => {
    const { send } = client();
    await send("POST", assignments, user("tom@acme.com"));
    const first = await send("GET", `${assignments}?limit=2`);
    const cursor = at(first, "pagination", "nextCursor") as string;
    await send("DELETE", `${assignments}/other-assignment-000002`);
    await send("POST", assignments, group(40));
    const second = await send("GET", `${assignments}?limit=2&cursor=${cursor}`);
    const principals = [first, second].flatMap((page) =>
      (at(page, "data") as { principalId: string }[]).map((row) => row.principalId),
    );
    expect(principals).toEqual(["41", "Ana@Nova.agency", "tom@acme.com", "40"]);
    expect(at(second, "pagination", "nextCursor")).toBeNull();
  });

  it.each([
    ["projectId=502", ["other-assignment-000002"]],
    ["principalId=41", ["first-assignment-000001"]],
    ["principalId=ANA%40nova.agency", ["other-assignment-000002"]],
    [`roleId=${viewer}`, ["other-assignment-000002"]],
    ["principalId=41&projectId=502", []],
  ])("filters by %s", async (query, expected) => {
    const answer = await client().send("GET", `${assignments}?${query}`);
    expect((at(answer, "data") as { id: string }[]).map(({ id }) => id)).toEqual(expected);
  });

  it("keeps the id through a change of role, and gives it back on deletion", async () => {
    const { send } = client();
    const path = `${assignments}/first-assignment-000001`;
    expect((await send("PATCH", path, { roleId: reporting })).body).toMatchObject({
      id: "first-assignment-000001",
      roleId: reporting,
    });
    expect((await send("DELETE", path)).body).toMatchObject({ deleted: { roleId: reporting } });
    expect(codes(await send("GET", path))).toEqual({ status: 404, code: "not_found" });
  });

  it.each([
    ["no project", group(40, 999), 404, "not_found"],
    ["no group", group(999), 404, "not_found"],
    ["no person", user("no@acme.com"), 404, "not_found"],
    ["no role", user("tom@acme.com", 501, "7f0c5f4e-3b0a-4c57-9d55-0a5a0a9e7cff"), 404, "not_found"],
    ["a group id as text", { ...group(40), principalId: "40" }, 400, "invalid_request"],
    ["a role that is no uuid", { ...group(40), roleId: "Viewer" }, 400, "invalid_request"],
    ["text that is no JSON", "{", 400, "invalid_request"],
    ["a second role on one project", user("Ana@nova.agency", 502, reporting), 409, "conflict"],
  ])("refuses %s", async (_name, body, status, code) => {
    const { send, emulator } = client();
    const before = emulator.state();
    expect(codes(await send("POST", assignments, body))).toEqual({ status, code });
    expect(emulator.state()).toEqual(before);
  });

  it("makes the same ids in every run", async () => {
    const created = async () => at(await client().send("POST", assignments, group(40)), "id");
    const id = await created();
    expect(id).toMatch(/^[\w-]{22}$/);
    expect(await created()).toBe(id);
  });
});

describe("roles, groups, members, access", () => {
  it("lists built-in roles without an organization and custom ones with it", async () => {
    const answer = await client().send("GET", `${base}/roles`);
    expect(
      (at(answer, "data") as { name: string; orgId?: number }[]).map(({ name, orgId }) => [name, orgId]),
    ).toEqual([
      ["Viewer", undefined],
      ["Member", undefined],
      ["Manager", undefined],
      ["Admin", undefined],
      ["Reporting", 7],
    ]);
  });

  it("shares groups and members with SCIM", async () => {
    const { send } = client();
    await send("POST", `${base}/groups/40/members/leo%40nova.agency`);
    await send("DELETE", `${base}/groups/40/members/TOM%40acme.com`);
    expect(at(await send("GET", `${base}/groups/40/members`), "data")).toEqual(["leo@nova.agency"]);
    expect((await send("GET", "/scim/1/Groups/40")).body).toMatchObject({
      members: [{ value: "leo@nova.agency" }],
    });
  });

  it("resolves who reaches a project and through what", async () => {
    const answer = await client().send("GET", `${base}/projects/501/access`);
    const rows = at(answer, "data") as {
      principalId: string;
      appId: number;
      role: { name: string };
      accessVia: string;
    }[];
    expect(rows.map((row) => [row.principalId, row.appId, row.role.name, row.accessVia])).toEqual([
      ["41", 501, "Member", "Direct"],
      ["Ana@Nova.agency", 501, "Member", "nova"],
      ["leo@nova.agency", 501, "Member", "nova"],
    ]);
  });

  it("pages access, and shows a change at once", async () => {
    const { send } = client();
    const cursor = at(
      await send("GET", `${base}/projects/501/access?limit=2`),
      "pagination",
      "nextCursor",
    ) as string;
    expect(
      at(await send("GET", `${base}/projects/501/access?limit=2&cursor=${cursor}`), "data"),
    ).toHaveLength(1);
    await send("DELETE", `${assignments}/first-assignment-000001`);
    expect(at(await send("GET", `${base}/projects/501/access`), "data")).toEqual([]);
  });

  it.each([
    ["a cursor of nobody's", `${base}/roles?cursor=abc`, 400],
    ["a limit of none", `${base}/roles?limit=0`, 400],
    ["an orgId that is no number", `${base}/roles?orgId=x`, 400],
    ["an unknown project", `${base}/projects/9/access`, 404],
    ["an unknown group", `${base}/groups/9/members`, 404],
    ["a group that is no number", `${base}/groups/nova/members`, 400],
    ["an unknown role", `${base}/roles/x`, 404],
    ["an unknown route", `${base}/users`, 404],
  ])("answers %s with a problem", async (_name, path, status) => {
    const answer = await client().send("GET", path);
    expect(answer).toMatchObject({
      status,
      body: { status, retryable: false, type: expect.stringMatching(/^https:/) as string },
    });
  });
});

it.each(["org-eu-7:secret-us-7", "org-us-7:secret-eu-7"])("names the region of the pair %s", async (pair) => {
  const answer = await client().send("GET", `${base}/roles`, undefined, {
    headers: { authorization: `Basic ${btoa(pair)}` },
  });
  expect(codes(answer)).toEqual({ status: 401, code: "authentication_required" });
  expect(at(answer, "detail")).toContain("EU region");
});
