import type { DriftReport } from "../../src/drift";
import { startEmulator, type RunningEmulator, type Seed } from "../../src/emulator";
import { acmeProvider, acmeSeed, at, environment, nova, stackFile } from "./acme";
import { Workplace, type Printed } from "./command-line";
import { intercept } from "./interception";

const json = (body: unknown, status = 200): Response => Response.json(body, { status });
const circle = json({ events: [], pagination: { next_cursor: "again" } });

const UNKNOWN = /the audit log answered in a form that is not known/;

/** What the log answers, and what people are told of it. */
const answers: readonly (readonly [string, () => Response, RegExp])[] = [
  ["403", () => json({ error: "forbidden" }, 403), /the audit log answered 403/],
  ["404 of a gateway", () => new Response("<html>", { status: 404 }), /the audit log answered 404/],
  ["401", () => json({}, 401), /the audit log answered 401/],
  ["400", () => json({}, 400), /the audit log answered 400/],
  ["500, again and again", () => json({}, 500), /the audit log answered 500/],
  ["429, again and again", () => json({}, 429), /the audit log answered 429/],
  ["an unknown envelope", () => json({ audit_logs: [], next: null }), UNKNOWN],
  ["null", () => json(null), UNKNOWN],
  ["no JSON", () => new Response("ok"), UNKNOWN],
  ["events that are no list", () => json({ events: "none" }), UNKNOWN],
  ["an entry without a time", () => json({ events: [{ action: "x" }] }), UNKNOWN],
  ["a time that is none", () => json({ events: [{ timestamp: 1e300 }] }), UNKNOWN],
  ["cursors in a circle", () => circle.clone(), /go round in a circle/],
  ["more, and not where", () => json({ events: [], hasMore: true }), /there is more, and not where/],
];

describe("whatever the audit log answers", () => {
  let place: Workplace;
  let running: RunningEmulator;
  beforeAll(async () => {
    place = new Workplace();
    place.write("stack.json", stackFile({ resource: nova() }));
    running = await startEmulator({ seed: acmeSeed, clock: "virtual" });
    expect((await run("apply --yes")).exitCode).toBe(0);
    await control("clock/advance", { seconds: 3600 });
    await control("ui", {
      actor: "tom@acme.com",
      change: { type: "grant", group: "agency-nova", project: "Client Production", role: "Admin" },
    });
  });
  afterAll(async () => {
    await running.close();
    place.remove();
  });
  const run = async (line: string): Promise<Printed> =>
    await place.run(`${line} --config stack.json --base base.json`, { env: environment(running.url) });
  const control = async (route: string, body: object): Promise<void> => {
    const response = await fetch(`${running.url}/_emulator/${route}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(response.ok).toBe(true);
  };
  let asItWas = (): void => undefined;
  const logAnswers = (answer: (() => Response) | undefined): void => {
    asItWas();
    asItWas = intercept(running.emulator, async (request, go) =>
      answer !== undefined && request.url.includes("/audit-logs") ? answer() : await go(request),
    );
  };

  it.each(answers)("%s: what differs is told, and the author is unknown", async (_name, answer, why) => {
    logAnswers(answer);
    const { exitCode, out } = await run("drift --json");
    expect(exitCode).toBe(2);
    const report = JSON.parse(out) as DriftReport;
    const [item] = report.items.filter(({ sort }) => sort === "outside");
    expect(item).toMatchObject({ what: "agency-nova on Client Production", counts: true });
    expect(item).not.toHaveProperty("by");
    expect(item?.byUnknown).toMatch(why);
    expect(report.auditLog).toMatchObject({
      read: false,
      from: expect.stringMatching(/^2026-10-24T1/) as string,
    });
    expect(report.notes.join(" ")).toMatch(
      /^Authors are unknown, and no alert was looked for, from 2026-10-24 1\d:\d\d UTC to 2026-11-23 1\d:\d\d UTC: the audit log /,
    );
  });

  it.each(answers)("%s: --events-only and --require-audit-log end with 5", async (_name, answer) => {
    logAnswers(answer);
    for (const option of ["--events-only", "--require-audit-log"]) {
      const { exitCode, out, err } = await run(`drift ${option}`);
      expect([option, exitCode, out]).toEqual([option, 5, ""]);
      expect(err).toMatch(/^error: The audit log from .* to 2026-11-23T1.* was not read\. .*audit/m);
    }
  });

  it("a plan that needs it goes on, says what is not known, and is strict where it is asked to be", async () => {
    const provider = { ...acmeProvider, admins: ["tom@acme.com", "priya@acme.com"] };
    const leaver = { mia: at("acme/mia", { email: "mia@acme.com", expires_at: "2026-11-01" }) };
    place.write("going.json", stackFile({ provider, resource: { ...nova(), amplitude_user: leaver } }));
    for (const [, answer] of [answers[0]!, answers[4]!, answers[8]!]) {
      logAnswers(answer);
      const line = "plan --json --config going.json --base none.json";
      const going = await place.run(line, { env: environment(running.url) });
      expect(going.exitCode).toBe(0);
      const { notChecked } = JSON.parse(going.out) as { notChecked: string[] };
      expect(notChecked.join()).toMatch(
        /who was made an administrator from .* to .* \(the audit log answered/,
      );
      const strict = await place.run(`${line} --require-audit-log`, { env: environment(running.url) });
      expect([strict.exitCode, strict.out]).toEqual([5, ""]);
    }
  });

  it("looks for alerts of the time that was missed once the log answers again", async () => {
    await control("ui", {
      actor: "tom@acme.com",
      change: { type: "set_organization_role", email: "mia@acme.com", role: "admin" },
    });
    logAnswers(() => json({}, 403));
    place.write("last.json", (await run("drift --json")).out);
    await control("clock/advance", { seconds: 5 * 24 * 3600 });
    logAnswers(undefined);
    const { out } = await run("drift --last last.json --since last");
    expect(out).toMatch(/organization-admin: mia@acme\.com became organization Admin .*by tom@acme\.com/);
  });
});

describe("the audit log of a busy organization", () => {
  it("costs a request for a hundred entries, and no more", async () => {
    const place = new Workplace();
    place.write("stack.json", stackFile({ resource: nova() }));
    const audit: Seed["audit"] = Array.from({ length: 3000 }, (_, index) => ({
      timestamp: new Date(Date.parse("2026-11-22T00:00:00Z") - index * 60_000).toISOString(),
      domain: "auth",
      feature: "auth",
      action: "login",
      target: "mia@acme.com",
      actor: "mia@acme.com",
    })).reverse();
    const running = await startEmulator({ seed: { ...acmeSeed, audit }, clock: "virtual" });
    try {
      const { out } = await place.run("drift --config stack.json", { env: environment(running.url) });
      expect(out).toContain("3000 entries");
      const asked = running.emulator.requests.filter(({ path }) => path.includes("audit-logs"));
      expect(asked).toHaveLength(30);
    } finally {
      await running.close();
      place.remove();
    }
  });
});
