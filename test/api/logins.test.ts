import { connected, noon } from "./connected";

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
