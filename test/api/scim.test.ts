import { connected, failureOf, scimList, scimUser } from "./connected";

const group = (id: number | string, name: string, members?: string[]): Record<string, unknown> => ({
  id,
  displayName: name,
  ...(members && { members: members.map((value) => ({ value, display: "undefined undefined" })) }),
});

describe("people", () => {
  it("are read page by page until as many are there as Amplitude counts: one more than two full pages", async () => {
    const all = Array.from({ length: 201 }, (_, index) => scimUser(`p${index + 1}@acme.com`));
    const { api, received } = connected(({ query }) => {
      const start = Number(query["startIndex"]);
      return scimList(
        all.slice(start - 1, start - 1 + Math.min(100, Number(query["itemsPerPage"]))),
        201,
        start,
      );
    });
    const people = await api.people();
    expect(people.items).toHaveLength(201);
    expect(people.proof).toMatchObject({ collection: "people", requests: 3, rows: 201, total: 201 });
    expect(received.map(({ query }) => query)).toEqual(
      ["1", "101", "201"].map((startIndex) => ({ startIndex, itemsPerPage: "100" })),
    );
  });

  it("of one address in two spellings are an anomaly, and the list is refused", async () => {
    const { api } = connected(() => scimList([scimUser("ana@nova.agency"), scimUser("Ana@Nova.agency")], 2));
    expect(await failureOf(api.people())).toMatchObject({
      name: "NotWhole",
      reason: "ana@nova.agency came twice",
    });
  });

  it.each([
    [
      "as documented",
      scimUser("ana@nova.agency"),
      { email: "ana@nova.agency", givenName: "Ana", familyName: "Lima" },
    ],
    [
      "never joined",
      scimUser("ana@nova.agency", { givenName: "NO_GIVEN_NAME", familyName: "NO_FAMILY_NAME" }),
      { email: "ana@nova.agency" },
    ],
    ["without a name", { id: "ana@nova.agency", name: null }, { email: "ana@nova.agency" }],
    [
      "with an opaque id",
      { id: 17, userName: "Ana@nova.agency" },
      { email: "Ana@nova.agency", memberId: "17" },
    ],
    [
      "with its address in emails only",
      { id: "17", emails: [{ value: "ana@nova.agency" }] },
      { email: "ana@nova.agency", memberId: "17" },
    ],
    [
      "with attribute names in another case, which SCIM compares without it",
      { ID: "ana@nova.agency", username: "ana@nova.agency", Active: "True", Name: { GIVENNAME: "Ana" } },
      { email: "ana@nova.agency", givenName: "Ana" },
    ],
    [
      "with more than we know",
      { id: "ana@nova.agency", active: true, roles: [{}], externalId: 4 },
      { email: "ana@nova.agency" },
    ],
  ])("%s", async (_, user, person) => {
    const { api } = connected(({ path }) =>
      path === "/scim/1/Users" ? scimList([user], 1) : Response.json(user),
    );
    expect((await api.people()).items).toEqual([person]);
    expect(await api.person("ANA@nova.agency")).toEqual(person);
  });

  it("that are inactive were removed: they count for the proof, and are not there", async () => {
    const gone = { ...scimUser("ex@acme.com"), active: false };
    const { api } = connected(({ path }) =>
      path === "/scim/1/Users" ? scimList([scimUser("ana@nova.agency"), gone], 2) : Response.json(gone),
    );
    const people = await api.people();
    expect(people.items.map(({ email }) => email)).toEqual(["ana@nova.agency"]);
    expect(people.proof).toMatchObject({ rows: 2, total: 2 });
    expect(await api.person("ex@acme.com")).toBeUndefined();
  });

  it("are not mistaken for one another", async () => {
    const { api } = connected(() => Response.json(scimUser("bo@acme.com")));
    expect((await failureOf(api.person("ana@nova.agency"))).message).toContain(
      "it is somebody else (bo@acme.com)",
    );
  });

  it("that arrive in no known shape say where", async () => {
    const { api } = connected(() => scimList([scimUser("a@b.c"), { id: "opaque" }], 2));
    expect((await failureOf(api.people())).message).toContain(
      "Resources.1: no e-mail in userName, id or emails",
    );
  });

  it("are invited without a name where none is known, and never renamed into inactivity", async () => {
    const { api, received } = connected(() => new Response(null, { status: 201 }));
    await api.invite({ email: "ana@nova.agency" });
    await api.rename({ email: "ana@nova.agency", givenName: "Ana" });
    expect(received[0]!.body).not.toHaveProperty("name");
    expect(received[1]!.body).toMatchObject({ active: true, name: { givenName: "Ana" } });
  });
});

describe("groups", () => {
  it("are asked for plainly first, and by page only when that was not all", async () => {
    const all = Array.from({ length: 101 }, (_, index) => group(index + 1, `g${index + 1}`, []));
    const { api, received } = connected(({ query }) => {
      const start = Number(query["startIndex"] ?? 1);
      return scimList(all.slice(start - 1, start + 99), 101, start);
    });
    expect((await api.groups()).items).toHaveLength(101);
    expect(received.map(({ query }) => query)).toEqual([{}, { startIndex: "101", itemsPerPage: "100" }]);
  });

  it("may all come at once from an Amplitude that does not page them", async () => {
    const { api, received } = connected(() =>
      scimList(
        Array.from({ length: 250 }, (_, index) => group(index + 1, "g", [])),
        250,
      ),
    );
    expect((await api.groups()).proof).toMatchObject({ rows: 250, requests: 1 });
    expect(received).toHaveLength(1);
  });

  it("are refused when paging is ignored and not everything comes", async () => {
    const { api } = connected(() =>
      scimList(
        Array.from({ length: 100 }, (_, index) => group(index + 1, "g", [])),
        101,
      ),
    );
    expect(await failureOf(api.groups())).toMatchObject({ name: "NotWhole", reason: "1 came twice" });
  });

  it("whose members the list leaves out are read singly, and those requests are counted", async () => {
    const { api } = connected(({ path }) =>
      path.endsWith("/Groups")
        ? scimList([group(632, "agency-nova"), group(671, "analysts", ["bo@acme.com"])], 2)
        : Response.json(group("632", "agency-nova", ["ana@nova.agency", "ANA@nova.agency"])),
    );
    const groups = await api.groups();
    expect(groups.items).toEqual([
      { id: "632", name: "agency-nova", members: ["ana@nova.agency"] },
      { id: "671", name: "analysts", members: ["bo@acme.com"] },
    ]);
    expect(groups.proof).toMatchObject({ requests: 2, rows: 2, total: 2 });
  });

  it("of which no answer tells a member are not taken for empty; beside one that has some they are", async () => {
    const bare = { id: 1, displayName: "g1" };
    const none = connected(({ path }) =>
      path === "/scim/1/Groups" ? scimList([bare], 1) : Response.json(bare),
    );
    expect((await none.api.groups()).items).toEqual([
      { id: "1", name: "g1", members: [], membersUntold: true },
    ]);
    const some = connected(({ path }) =>
      path === "/scim/1/Groups" ? scimList([bare, group(2, "g2", ["a@b.c"])], 2) : Response.json(bare),
    );
    expect((await some.api.groups()).items).toEqual([
      { id: "1", name: "g1", members: [] },
      { id: "2", name: "g2", members: ["a@b.c"] },
    ]);
  });

  it.each([
    ["plain text", ["a@b.c"], ["a@b.c"]],
    ["a number", [{ value: 480000 }], ["480000"]],
    ["no value, and a name", [{ value: null, display: "Ana Lima" }], ["Ana Lima"]],
    ["neither, or a name that looks like an address: it is nobody's", [{ display: "a@b.c" }], ["(no value)"]],
  ])("have members that are %s", async (_, members, known) => {
    const { api } = connected(() => scimList([{ id: 1, displayName: "g1", members }], 1));
    expect((await api.groups()).items[0]?.members).toEqual(known);
  });

  it("that go while their members are read make the list be read again", async () => {
    let lists = 0;
    const { api } = connected(({ path }) => {
      if (!path.endsWith("/Groups")) return new Response(null, { status: 404 });
      return ++lists === 1 ? scimList([group(632, "agency-nova")], 1) : scimList([], 0);
    });
    expect((await api.groups()).items).toEqual([]);
  });

  it.each([
    [200, group(671, "agency-nova", ["ana@nova.agency"])],
    [201, group("671", "agency-nova")],
  ])("are created, answered with %d and an id that is %j", async (status, body) => {
    const { api } = connected(() => Response.json(body, { status }));
    expect(await api.createGroup("agency-nova", ["ana@nova.agency"])).toEqual({
      id: "671",
      name: "agency-nova",
      members: ["ana@nova.agency"],
    });
  });

  it("may have been created when the answer has no id", async () => {
    const { api } = connected(() => Response.json({ displayName: "agency-nova" }));
    expect(await failureOf(api.createGroup("agency-nova", []))).toMatchObject({
      happened: "maybe",
      status: 200,
    });
  });

  it("take nobody in and let nobody out without a request", async () => {
    const { api, received } = connected(() => new Response(null, { status: 200 }));
    await api.addMembers("632", []);
    await api.removeMembers("632", []);
    expect(received).toEqual([]);
  });

  it("that cannot be renamed say so with the status that makes it a manual step", async () => {
    const { api } = connected(() => Response.json({ detail: "Unsupported path" }, { status: 400 }));
    expect(await failureOf(api.renameGroup("632", "agency-nova-2"))).toMatchObject({
      request: "PATCH /scim/1/Groups/632",
      status: 400,
      happened: "no",
      said: "core.amplitude.com answered 400: Unsupported path",
    });
  });
});
