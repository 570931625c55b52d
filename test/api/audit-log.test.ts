import { connected, failureOf, noon, type Received } from "./connected";

const entry = (timestamp: unknown, rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  timestamp,
  domain: "group",
  feature: "group",
  action: "update",
  target: "agency-nova",
  user_email: "tom@acme.com",
  ...rest,
});

const range = ({ body }: Received): [string, string] => {
  const { start_date, end_date } = body as { start_date: string; end_date: string };
  return [start_date, end_date];
};

describe("the audit log", () => {
  it.each([
    [
      "events, and a cursor that is null",
      { events: [entry("2026-11-20T08:00:00Z")], pagination: { next_cursor: null } },
    ],
    ["data", { data: [entry("2026-11-20T08:00:00Z")], pagination: { nextCursor: null } }],
    ["data with the cursor beside it", { data: [entry("2026-11-20T08:00:00Z")], next_cursor: null }],
    ["a bare array", [entry("2026-11-20T08:00:00Z")]],
    ["events without any cursor", { events: [entry("2026-11-20T08:00:00Z")] }],
  ])("is read from %s", async (_, body) => {
    const { api } = connected(() => Response.json(body));
    expect((await api.events("2026-11-01T00:00:00Z", "2026-11-23T00:00:00Z")).items).toMatchObject([
      { at: "2026-11-20T08:00:00.000Z", actor: "tom@acme.com" },
    ]);
  });

  it.each([
    ["UTC", "2026-11-20T08:00:00Z"],
    ["an offset", "2026-11-20T08:00:00.000+00:00"],
    ["another zone", "2026-11-20T09:00:00+01:00"],
    ["Amplitude's export style", "2026-11-20 08:00:00.000"],
    ["no zone, which is UTC", "2026-11-20T08:00:00"],
    ["milliseconds", Date.parse("2026-11-20T08:00:00Z")],
    ["seconds", Date.parse("2026-11-20T08:00:00Z") / 1000],
  ])("understands times written as %s", async (_, timestamp) => {
    const { api } = connected(() => Response.json([entry(timestamp)]));
    expect((await api.events("2026-11-20", "2026-11-21")).items[0]!.at).toBe("2026-11-20T08:00:00.000Z");
  });

  it("reads what an entry says in either spelling, and properties that are text", async () => {
    const { api } = connected(() =>
      Response.json([
        {
          time: "2026-11-20T08:00:00Z",
          actor: "SCIM API",
          action: "create",
          target: { id: 7 },
          appId: 288501,
          userAgent: "okta",
          eventProperties: '{"from":"Viewer"}',
        },
      ]),
    );
    expect((await api.events("2026-11-20", "2026-11-21")).items).toEqual([
      {
        at: "2026-11-20T08:00:00.000Z",
        actor: "SCIM API",
        domain: "",
        feature: "",
        action: "create",
        target: '{"id":7}',
        projectId: "288501",
        userAgent: "okta",
        properties: { from: "Viewer" },
      },
    ]);
  });

  it("refuses an entry whose time it cannot read, and says where", async () => {
    const { api } = connected(() => Response.json({ events: [entry("yesterday")] }));
    expect((await failureOf(api.events("2026-11-20", "2026-11-21"))).message).toContain(
      "events.0: an entry without a time",
    );
  });

  it("is asked for in ranges of 30 days that meet, and comes oldest first, what lies on a seam once", async () => {
    const seam = "2026-10-01T00:00:00.000Z";
    const { api, received } = connected((request) => {
      const [from, to] = range(request);
      const all = [entry("2026-11-02T00:00:00Z"), entry(seam), entry("2026-09-02T00:00:00Z")];
      const inside = all.filter(
        ({ timestamp }) =>
          Date.parse(String(timestamp)) >= Date.parse(from) &&
          Date.parse(String(timestamp)) <= Date.parse(to),
      );
      return Response.json({ events: inside, pagination: { next_cursor: null } });
    });
    const events = await api.events("2026-09-01T00:00:00Z", "2026-11-10T00:00:00Z");
    expect(received.map(range)).toEqual([
      ["2026-09-01T00:00:00.000Z", seam],
      [seam, "2026-10-31T00:00:00.000Z"],
      ["2026-10-31T00:00:00.000Z", "2026-11-10T00:00:00.000Z"],
    ]);
    expect(events.items.map(({ at }) => at)).toEqual([
      "2026-09-02T00:00:00.000Z",
      seam,
      "2026-11-02T00:00:00.000Z",
    ]);
    expect(events.proof).toMatchObject({ family: "audit-log", requests: 3, rows: 3 });
  });

  it("follows cursors", async () => {
    const { api, received } = connected((_, n) =>
      Response.json({
        events: [entry("2026-11-20T08:00:00Z", { id: n })],
        pagination: { next_cursor: n < 3 ? `c${n}` : null },
      }),
    );
    expect((await api.events("2026-11-20", "2026-11-21")).items).toHaveLength(3);
    expect(received.map(({ body }) => body)).toMatchObject([
      { pagination: { limit: 100 } },
      { pagination: { limit: 100, cursor: "c1" } },
      { pagination: { limit: 100, cursor: "c2" } },
    ]);
  });

  it("halves a range whose page is full and names no cursor, until every event is there", async () => {
    const start = Date.parse("2026-11-20T00:00:00Z");
    const all = Array.from({ length: 350 }, (_, index) =>
      entry(new Date(start + index * 60_000).toISOString(), { target: `t${index}` }),
    );
    const { api } = connected((request) => {
      const [from, to] = range(request).map((text) => Date.parse(text)) as [number, number];
      const inside = all.filter(
        ({ timestamp }) => Date.parse(String(timestamp)) >= from && Date.parse(String(timestamp)) <= to,
      );
      return Response.json(inside.reverse().slice(0, 100));
    });
    const events = await api.events("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z");
    expect(events.items.map(({ target }) => target)).toEqual(all.map(({ target }) => target));
  });

  it("is refused when halving does not help", async () => {
    const { api } = connected(() =>
      Response.json(
        Array.from({ length: 100 }, (_, n) => entry("2026-11-20T00:00:00Z", { target: String(n) })),
      ),
    );
    expect(await failureOf(api.events("2026-11-20T00:00:00Z", "2026-11-20T00:00:10Z"))).toMatchObject({
      name: "NotWhole",
      reason: expect.stringContaining("no way to ask for more") as unknown,
    });
  });

  it("is refused when an event with an id comes twice", async () => {
    const { api } = connected((_, n) =>
      Response.json({
        events: [entry("2026-11-20T08:00:00Z", { id: 7 })],
        pagination: { next_cursor: n % 2 === 1 ? "c" : null },
      }),
    );
    expect(await failureOf(api.events("2026-11-20", "2026-11-21"))).toMatchObject({
      name: "NotWhole",
      reason: "an event came twice",
    });
  });

  it("does not ask for a time that is none", async () => {
    const { api, received } = connected(() => Response.json([]));
    await expect(api.events("last week", "2026-11-21")).rejects.toThrow('"last week" is not a time');
    expect(received).toEqual([]);
  });
});

const login = (who: string, rest: object = {}) => ({
  timestamp: "2026-11-20T08:00:00Z",
  domain: "auth",
  feature: "auth",
  action: "login",
  target: "",
  user_email: who,
  ...rest,
});
const day = (days: number): string => new Date(noon - days * 24 * 60 * 60_000).toISOString();
const since = (...emails: string[]) => new Map(emails.map((email) => [email, day(10)]));

describe("who has logged in", () => {
  it("is asked with the documented filter, since the first day that counts", async () => {
    const { api, received } = connected(() => Response.json([login("Nia@acme.com")]));
    expect([
      ...(await api.logins(
        new Map([
          ["nia@acme.com", day(10)],
          ["ben@acme.com", day(5)],
        ]),
      )),
    ]).toEqual([["nia@acme.com", "2026-11-20T08:00:00.000Z"]]);
    expect(received.map(({ body }) => body)).toEqual([
      {
        start_date: day(10),
        end_date: day(0),
        filters: { domain: "auth", feature: "auth", action: "login" },
        pagination: { limit: 100 },
      },
    ]);
  });

  it.each([
    ["their own", login("nia@acme.com", { target: "Nia@acme.com" })],
    ["into something whose name has an @", login("nia@acme.com", { target: "Okta @ Acme" })],
    ["of whom no actor is named", login("", { target: "nia@acme.com" })],
  ])("is somebody whose login is %s", async (_, entry) => {
    const { api } = connected(() => Response.json([entry]));
    expect([...(await api.logins(since("nia@acme.com"))).keys()]).toEqual(["nia@acme.com"]);
  });

  it("goes back no more than 30 days", async () => {
    const { api, received } = connected(() => Response.json([]));
    await api.logins(new Map([["nia@acme.com", day(200)]]));
    expect(received[0]?.body).toMatchObject({ start_date: day(30) });
  });

  it.each([
    ["failed", login("nia@acme.com", { error: "wrong password" })],
    ["was before it counts", login("nia@acme.com", { timestamp: day(11) })],
    ["is another act, which a filter let through", login("nia@acme.com", { action: "logout" })],
    ["is somebody else's", login("ben@acme.com")],
    ["is a key's", login("SCIM API")],
    ["was by somebody else", login("support@amplitude.com", { target: "nia@acme.com" })],
    ["was as somebody else", login("nia@acme.com", { target: "ben@acme.com" })],
  ])("is nobody whose login %s", async (_, entry) => {
    const { api } = connected(() => Response.json([entry]));
    expect((await api.logins(since("nia@acme.com"))).size).toBe(0);
  });

  it("stops once everybody was seen, and after 20 pages anyway", async () => {
    const page = (who: string) => () =>
      Response.json({ events: [login(who)], pagination: { next_cursor: "more" } });
    const found = connected(page("nia@acme.com"));
    await found.api.logins(since("nia@acme.com"));
    const missed = connected(page("ben@acme.com"));
    await missed.api.logins(since("nia@acme.com"));
    expect([found.received.length, missed.received.length]).toEqual([1, 20]);
  });
});
