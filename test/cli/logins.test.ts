import { loginsFor } from "../../src/cli/logins";
import { emptyBase, type Base } from "../../src/reconcile";
import { connected } from "../api/connected";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

/* Nia, who was invited, follows Priya. A login is of this invitation only where it is known when that was. */

const [NIA, TOM, PRIYA] = ["nia@acme.com", "tom@acme.com", "priya@acme.com"];
const known = emptyBase({ orgId: "7", host: "127.0.0.1" });
const present: Base = { ...known, at: "2026-11-01T09:00:00.000Z", present: [TOM, PRIYA] };
const terminal = {
  color: false,
  interactive: false,
  result: () => undefined,
  note: () => undefined,
  progress: () => ({ step: () => undefined, end: () => undefined }),
  ask: () => Promise.resolve(""),
};

it.each([
  ["we invited her: since then", { ...present, invited: { [NIA]: "2026-11-10T09:00:00.000Z" } }, [NIA], 1],
  ["somebody else invited her: nobody knows since when, and nobody asks", present, [], 0],
])("%s", async (_, base, seen, requests) => {
  const site = harness({
    organization: organization().person(NIA),
    stack: {
      provider: { admins: [TOM, NIA], minimum_admins: 2 },
      resources: { "amplitude_leaver.priya": { email: PRIYA, left_on: "2026-11-20" } },
    },
  });
  site.base = { ...base, policy: { ...site.desired().policy, admins: [TOM, PRIYA] } };
  const live = await site.plan();
  expect(live.plan.steps.map(({ text }) => text)).toContain(`${NIA} accepts the invitation`);
  const { api, received } = connected(() =>
    Response.json([
      {
        timestamp: "2026-11-20T08:00:00Z",
        domain: "auth",
        feature: "auth",
        action: "login",
        user_email: NIA,
      },
    ]),
  );
  const logins = await loginsFor({ api: () => api, options: {}, terminal }, live, base);
  expect([[...logins.keys()], received.length]).toEqual([seen, requests]);
});
