import { connected, failureOf } from "./connected";

const uuid = "7f0c5f4e-3b0a-4c57-9d55-0a5a0a9e7c01";
const assignment = (id: string, rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  id,
  principalType: "user",
  principalId: "ana@nova.agency",
  projectId: 288501,
  roleId: uuid,
  ...rest,
});
const page = (
  data: unknown[],
  nextCursor: string | null = null,
  rest: Record<string, unknown> = {},
): Response => Response.json({ data, pagination: { nextCursor, ...rest } });

describe("role assignments", () => {
  it("are followed from cursor to cursor, with the organization in every request", async () => {
    const { api, received } = connected(({ query }) =>
      query["cursor"] === undefined ? page([assignment("a")], "c+1/=") : page([assignment("b")]),
    );
    const listing = await api.assignments();
    expect(listing.items.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(listing.proof).toMatchObject({ family: "user-management", requests: 2, rows: 2 });
    expect(received.map(({ query }) => query)).toEqual([
      { orgId: "36958", limit: "200" },
      { orgId: "36958", limit: "200", cursor: "c+1/=" },
    ]);
  });

  it("of one person on one project are only theirs, even where Amplitude ignores the filter", async () => {
    const { api, received } = connected(() =>
      page([
        assignment("a", { principalId: "Ana@Nova.agency" }),
        assignment("b", { principalId: "bo@acme.com" }),
        assignment("c", { projectId: "288502" }),
      ]),
    );
    const listing = await api.assignments({ principal: "ana@nova.agency", projectId: "288501" });
    expect(listing.items.map(({ id }) => id)).toEqual(["a"]);
    expect(received[0]!.query).toMatchObject({ principalId: "ana@nova.agency", projectId: "288501" });
  });

  it("that come twice are read again, then refused", async () => {
    const { api, received } = connected(({ query }) =>
      page([assignment("a")], query["cursor"] === undefined ? "c1" : null),
    );
    expect(await failureOf(api.assignments())).toMatchObject({
      name: "NotWhole",
      collection: "role assignments",
      reason: "a came twice",
    });
    expect(received).toHaveLength(4);
  });

  it("are not whole when more are announced than can be asked for", async () => {
    const { api } = connected(() => page([assignment("a")], null, { hasMore: true }));
    expect(await failureOf(api.assignments())).toMatchObject({ name: "NotWhole" });
  });

  it.each([
    [200, assignment("new", { principalType: "group", principalId: 632 })],
    [201, assignment("new", { principalType: "group", principalId: "632" })],
    [201, { data: assignment("new", { principalType: "group", principalId: "632" }) }],
  ])("are created for a group, answered with %d and %j", async (status, body) => {
    const { api, received } = connected(() => Response.json(body, { status }));
    const created = await api.createAssignment(
      { principalType: "group", principal: "632", projectId: "288501" },
      uuid,
    );
    expect(created).toEqual({
      id: "new",
      principalType: "group",
      principal: "632",
      projectId: "288501",
      roleId: uuid,
    });
    expect(received[0]!.body).toEqual({
      principalType: "group",
      principalId: 632,
      projectId: 288501,
      roleId: uuid,
    });
  });

  it("of a group that has no number are refused before they are sent", async () => {
    const { api, received } = connected(() => page([]));
    await expect(
      api.createAssignment({ principalType: "group", principal: "agency-nova", projectId: "288501" }, uuid),
    ).rejects.toThrow('"agency-nova" is not an id of Amplitude');
    expect(received).toEqual([]);
  });

  it.each([
    ["200 with what was deleted", () => Response.json({ deleted: assignment("a") })],
    ["204", () => new Response(null, { status: 204 })],
    ["404: already gone", () => Response.json({ error_code: "not_found", status: 404 }, { status: 404 })],
  ])("are deleted: %s", async (_, answer) => {
    await expect(connected(answer).api.deleteAssignment("a")).resolves.toBeUndefined();
  });

  it("say what Amplitude says, in its words and code", async () => {
    const { api } = connected(() =>
      Response.json(
        { title: "Conflict", detail: "principal already has a role", error_code: "conflict" },
        { status: 409 },
      ),
    );
    const failure = await failureOf(
      api.createAssignment(
        { principalType: "user", principal: "ana@nova.agency", projectId: "288501" },
        uuid,
      ),
    );
    expect(failure).toMatchObject({
      request: "POST /user-management/1/project-role-assignments",
      said: "core.amplitude.com answered 409: conflict: Conflict: principal already has a role",
      status: 409,
      happened: "no",
    });
  });
});

describe("roles", () => {
  it.each([
    ["a custom one", { uuid, name: "Reporting", orgId: 36958, tags: { type: "custom" } }, true],
    ["one without tags, of the organization", { uuid, name: "Reporting", orgId: 36958 }, true],
    ["a built-in one without organization", { uuid, name: "Viewer", tags: {} }, false],
    ["a built-in one that carries the organization", { uuid, name: "Manager", orgId: 36958 }, false],
    [
      "one that a type calls built-in",
      { uuid, name: "Reporting", orgId: 36958, tags: { type: "default" } },
      false,
    ],
    [
      "a custom one named like a built-in one",
      { uuid, name: "Viewer", orgId: 36958, tags: { type: "custom" } },
      true,
    ],
    ["one whose uuid is called id", { id: uuid, name: "Viewer" }, false],
  ])("%s", async (_, role, custom) => {
    const { api } = connected(() => page([role]));
    expect((await api.roles()).items).toEqual([{ id: uuid, name: role.name, custom }]);
  });
});

describe("effective access", () => {
  it("may name one person several times, once for each way in", async () => {
    const row = { principalType: "user", principalId: "ana@nova.agency", role: { uuid, name: "Viewer" } };
    const { api } = connected(() => page([{ ...row, appId: 288501 }, { ...row, projectId: "288501" }, row]));
    const access = await api.effectiveAccess("288501");
    const expected = {
      principalType: "user",
      principal: "ana@nova.agency",
      projectId: "288501",
      roleId: uuid,
      roleName: "Viewer",
    };
    expect(access.items).toEqual([expected, expected, expected]);
  });
});
