import type { DriftReport } from "../../src/drift";
import { startEmulator, type Emulator, type RunningEmulator } from "../../src/emulator";
import { acmeSeed, environment, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

const RUN = "--config stack.json --emulator org.json";
let place: Workplace;
beforeEach(() => {
  place = new Workplace();
  place.write("org.json", acmeSeed);
  place.write("stack.json", stackFile({ resource: nova() }));
});
afterEach(() => place.remove());

const promote = async () =>
  await place.ui("org.json", "tom@acme.com", {
    type: "set_organization_role",
    email: "mia@acme.com",
    role: "admin",
  });
const reported = (out: string): DriftReport => JSON.parse(out) as DriftReport;

describe("drift --events-only", () => {
  it("tells a promotion that no API can read", async () => {
    await promote();
    await place.control("org.json", "clock/advance", { seconds: 600 });
    const { exitCode, out, err } = await place.run(`drift --events-only ${RUN}`);
    expect(err).toBe("");
    expect(out.replaceAll(/\[[0-9a-f]{16}\]/g, "[ID]")).toMatchInlineSnapshot(`
     "acme · org 36958 (us) · drift 2026-11-23 09:10 UTC
     Audit log since 2026-11-23 08:10 UTC: 1 entry.

     In the audit log since 2026-11-23 08:10 UTC (1)
        1  organization-admin: mia@acme.com became organization Admin (127.0.0.1)   by tom@acme.com, 2026-11-23 09:00 UTC, in Amplitude's pages   [ID]
           to do   Name them in \`admins\` of the stack, or take the role away: Settings > Organization settings > Members.

     To accept one for a while: amplitude-access accept <id> --until <date> --owner <e-mail> --because "..."
     "
    `);
    expect(exitCode).toBe(2);
  });

  it("costs one request", async () => {
    const running: RunningEmulator = await startEmulator({ seed: acmeSeed, clock: "virtual" });
    try {
      const { exitCode } = await place.run("drift --events-only --config stack.json", {
        env: environment(running.url),
      });
      expect(exitCode).toBe(0);
      const requests: Emulator["requests"] = running.emulator.requests;
      expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
        "POST /api/2/audit-logs/36958",
      ]);
    } finally {
      await running.close();
    }
  });

  it("looks back as far as it is told to, and no further", async () => {
    await promote();
    await place.control("org.json", "clock/advance", { seconds: 7200 });
    expect((await place.run(`drift --events-only --since 20m ${RUN}`)).exitCode).toBe(0);
    expect((await place.run(`drift --events-only --since 3h ${RUN}`)).exitCode).toBe(2);
    expect((await place.run(`drift --events-only --since 2026-11-23T08:59:00Z ${RUN}`)).exitCode).toBe(2);
  });

  it("counts failed logins from the threshold on", async () => {
    for (let count = 0; count < 3; count += 1)
      await place.ui("org.json", "mia@acme.com", { type: "login", fails: "wrong password" });
    await place.control("org.json", "clock/advance", { seconds: 60 });
    expect((await place.run(`drift --events-only ${RUN}`)).exitCode).toBe(0);
    const { exitCode, out } = await place.run(`drift --events-only --threshold failed-logins=3 ${RUN}`);
    expect(out).toContain("failed logins of mia@acme.com, 3 times");
    expect(exitCode).toBe(2);
  });

  it.each([
    ["--threshold no-such=3", "The alerts are organization-admin, new-api-key"],
    ["--threshold new-api-key=0", "Write new-api-key=5, or new-api-key=off."],
    ["--threshold new-api-key", "Write new-api-key=5"],
    ["--expected-address here", '"here" is not a range of addresses'],
    ["--since soon", 'Cannot look since "soon". It is no span and no time with an offset'],
    ["--since 2026-11-24", "It is not in the past"],
    ["--since 91d", "Amplitude keeps 90 days"],
    ["--since last", "There is no last run: it needs --last"],
    ["--last nowhere.json", "There is no last run"],
    ["--baseline nowhere.json", "There is no baseline"],
  ])("refuses %s", async (options, message) => {
    const { exitCode, err } = await place.run(`drift --events-only ${options} ${RUN}`);
    expect(err).toContain(message);
    expect(exitCode).toBe(1);
  });

  it("is part of the nightly drift", async () => {
    place.write("org.json", { ...acmeSeed, switches: { "audit-log-documented-only": false } });
    await promote();
    await place.ui("org.json", "tom@acme.com", {
      type: "create_api_key",
      label: "sync",
      project: "Client Reporting",
    });
    const { items } = reported((await place.run(`drift --json ${RUN}`)).out);
    expect(items.filter(({ sort }) => sort === "event").map(({ what, by }) => [what, by?.actor])).toEqual([
      ["mia@acme.com became organization Admin (127.0.0.1)", "tom@acme.com"],
      ["a new API key: sync (127.0.0.1)", "tom@acme.com"],
    ]);
  });
});

describe("new and known", () => {
  it("tells what nobody declared and the last run did not see, and counts it", async () => {
    await place.run(`apply --yes ${RUN}`);
    const before = await place.run(`drift --json ${RUN}`);
    expect(before.exitCode).toBe(0);
    place.write("last.json", before.out);
    expect((await place.run(`drift --last last.json ${RUN}`)).exitCode).toBe(0);
    await place.ui("org.json", "tom@acme.com", { type: "create_group", name: "interns", members: [] });
    const after = await place.run(`drift --last last.json ${RUN}`);
    expect(after.out).toMatch(/never touched \(\d+, 1 new\)\n {2}new {2}group interns {3}\[[0-9a-f]{16}\]\n/);
    expect(after.exitCode).toBe(2);
  });

  it.each([
    ["something else", "{}", /as the last run.*Nothing was compared/],
    ["cut short", "{", /It is not JSON/],
    ["of another organization", { organization: { orgId: "8", region: "us" } }, /of organization 8/],
    ["of a newer format", { version: 2 }, /version/],
    ["of events alone", { looked: "events" }, /It saw the audit log alone/],
    ["from the future", { at: "2026-12-24T02:00:00.000Z" }, /a clock went backwards/],
  ])("refuses a last run that is %s", async (_name, change, message) => {
    const { out } = await place.run(`drift --json ${RUN}`);
    place.write("last.json", typeof change === "string" ? change : { ...reported(out), ...change });
    const { exitCode, err } = await place.run(`drift --last last.json ${RUN}`);
    expect(err.replaceAll("\n", " ")).toMatch(message);
    expect(exitCode).toBe(1);
  });
});

describe("accept", () => {
  const accept = async (id: string, more = "--until 2026-12-01 --owner tom@acme.com") =>
    await place.run([
      ...["accept", id, ...more.split(" ")],
      ...["--because", "month end", ...RUN.split(" ")],
    ]);
  const changed = async (): Promise<string> => {
    await place.run(`apply --yes ${RUN}`);
    await place.ui("org.json", "tom@acme.com", {
      type: "add_member",
      group: "agency-nova",
      email: "mia@acme.com",
    });
    const { out } = await place.run(`drift --json ${RUN}`);
    return reported(out).items.find(({ sort }) => sort === "outside")?.id ?? "";
  };

  it("writes a finding into the baseline, which then counts no more until the day has passed", async () => {
    const id = await changed();
    const { exitCode, out } = await accept(id);
    expect(out).toBe(
      "agency-nova: accepted by tom@acme.com until 2026-12-01.\nWritten to baseline.json. Commit it, and have it reviewed with the stack.\n",
    );
    expect(exitCode).toBe(0);
    const accepted = await place.run(`drift ${RUN}`);
    expect(accepted.out).toContain(
      "Accepted (1)\n  agency-nova   by tom@acme.com until 2026-12-01: month end\n",
    );
    expect(accepted.exitCode).toBe(0);
    await place.control("org.json", "clock/advance", { seconds: 9 * 24 * 3600 });
    const ended = await place.run(`drift ${RUN}`);
    expect(ended.out).toContain("which has passed. It counts again.");
    expect(ended.exitCode).toBe(2);
  });

  it("keeps the entries of others, and replaces its own", async () => {
    const id = await changed();
    await accept(id);
    await accept(id, "--until 2026-12-02 --owner priya@acme.com");
    expect(JSON.parse(place.read("baseline.json"))).toMatchObject({
      accepted: [{ finding: id, owner: "priya@acme.com", until: "2026-12-02", what: "agency-nova" }],
    });
  });

  it("says which entry is for nothing", async () => {
    const id = await changed();
    await accept(id);
    await place.run(`apply --yes ${RUN}`);
    const { out, exitCode } = await place.run(`drift ${RUN}`);
    expect(out).toContain(
      `The baseline accepts ${id} (agency-nova), and there is no such finding. Remove the entry.`,
    );
    expect(exitCode).toBe(0);
  });

  it.each([
    [
      "a finding that there is none of",
      "0000000000000000",
      undefined,
      /There is no finding 0000000000000000.*Drift finds: /,
    ],
    [
      "a day that has passed",
      undefined,
      "--until 2026-11-01 --owner tom@acme.com",
      /--until 2026-11-01 has passed/,
    ],
    ["no day", undefined, "--until soon --owner tom@acme.com", /--until: "soon" is not a date/],
    ["no person", undefined, "--until 2026-12-01 --owner Tom", /--owner: /],
  ])("refuses %s, and writes nothing", async (_name, finding, more, message) => {
    const id = finding ?? (await changed());
    const { exitCode, err } = await accept(id, more);
    expect(err).toMatch(message);
    expect(exitCode).toBe(1);
    expect(place.files()).not.toContain("baseline.json");
  });
});
