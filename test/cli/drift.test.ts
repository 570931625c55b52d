import type { DriftReport, DriftSort, ReportedItem } from "../../src/drift";
import { startEmulator } from "../../src/emulator";
import { acmeSeed, environment, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

const RUN = "--config stack.json --emulator org.json";

describe("drift", () => {
  let place: Workplace;
  beforeEach(async () => {
    place = new Workplace();
    place.write("org.json", acmeSeed);
    place.write("stack.json", stackFile({ resource: nova(["ana@nova.agency", "jo@nova.agency"]) }));
    await place.run(`apply --yes ${RUN}`);
    await place.control("org.json", "clock/advance", { seconds: 5400 });
  });
  afterEach(() => place.remove());

  const drift = async (stack = "stack.json"): Promise<(sort: DriftSort) => readonly ReportedItem[]> => {
    const { out } = await place.run(`drift --json --config ${stack} --emulator org.json`);
    const { items } = JSON.parse(out) as DriftReport;
    return (sort) => items.filter((item) => item.sort === sort);
  };

  it.each([
    ["what is documented as logged", true, "by unknown: the audit log has no entry for it"],
    ["every act", false, String.raw`by tom@acme\.com, 2026-11-23 10:31 UTC`],
  ])(
    "shows who changed a group in Amplitude's pages, and when, from a log of %s",
    async (_log, documented, tom) => {
      place.write("org.json", {
        ...place.state("org.json"),
        switches: { "audit-log-documented-only": documented },
      });
      await place.ui("org.json", "priya@acme.com", {
        type: "add_member",
        group: "agency-nova",
        email: "mia@acme.com",
      });
      await place.control("org.json", "clock/advance", { seconds: 60 });
      await place.ui("org.json", "tom@acme.com", {
        type: "grant",
        group: "agency-nova",
        project: "Client Production",
        role: "Manager",
      });
      const { exitCode, out, err } = await place.run(`drift ${RUN}`);
      expect(exitCode).toBe(2);
      expect(err).toBe("");
      expect(out).toContain("Changed outside (2)");
      expect(out).toMatch(
        /agency-nova +by priya@acme\.com, 2026-11-23 10:30 UTC.*\n +revert +agency-nova loses mia@acme\.com/,
      );
      expect(out).toMatch(
        new RegExp(`agency-nova on Client Production +${tom}.*\\n.*Manager → Member on Client Production`),
      );
    },
  );

  it("does not take our own writes for somebody else's, nor somebody's old ones for the new", async () => {
    // We took Leo out and put Jo in. Two others undo that; Tom had added Leo once before.
    await place.ui("org.json", "priya@acme.com", {
      type: "remove_member",
      group: "agency-nova",
      email: "jo@nova.agency",
    });
    await place.control("org.json", "clock/advance", { seconds: 60 });
    await place.ui("org.json", "tom@acme.com", {
      type: "add_member",
      group: "agency-nova",
      email: "leo@nova.agency",
    });
    const found = await drift();
    expect(found("outside").map(({ revert, by }) => [revert, by?.actor, by?.at.slice(11, 16)])).toEqual([
      ["agency-nova gains jo@nova.agency", "priya@acme.com", "10:30"],
      ["agency-nova loses leo@nova.agency", "tom@acme.com", "10:31"],
    ]);
  });

  it("names nobody where the log says nothing", async () => {
    const state = place.state("org.json");
    const groups = state.groups.map((group) => ({ ...group, members: [...group.members, "tom@acme.com"] }));
    place.write("org.json", { ...state, groups, audit: [] });
    const outside = (await drift())("outside");
    expect(outside).toEqual([expect.objectContaining({ what: "agency-nova" })]);
    expect(outside[0]).not.toHaveProperty("by");
  });

  it("blames nobody for what the stack says and no run has applied", async () => {
    place.write("next.json", stackFile({ resource: nova(["ana@nova.agency", "jo@nova.agency"], "Manager") }));
    const found = await drift("next.json");
    expect(found("outside")).toEqual([]);
    expect(found("not applied")).toEqual([
      expect.objectContaining({ what: "agency-nova on Client Production" }),
    ]);
  });

  it("lists what nobody declares, and does not count it", async () => {
    await place.ui("org.json", "tom@acme.com", {
      type: "create_group",
      name: "interns",
      members: ["mia@acme.com"],
    });
    const { exitCode, out } = await place.run(`drift ${RUN}`);
    expect(out).toMatch(/never touched \(\d+\)\n.*group interns;/);
    expect(exitCode).toBe(0);
  });

  it("looks back as far as it is told to", async () => {
    await place.ui("org.json", "priya@acme.com", {
      type: "add_member",
      group: "agency-nova",
      email: "mia@acme.com",
    });
    await place.control("org.json", "clock/advance", { seconds: 2 * 24 * 3600 });
    expect((await place.run(`drift --days 1 ${RUN}`)).out).not.toContain("by priya@acme.com,");
    expect((await place.run(`drift --days 3 ${RUN}`)).out).toContain(
      "by priya@acme.com, 2026-11-23 10:30 UTC",
    );
  });

  it("writes nothing", async () => {
    await place.ui("org.json", "priya@acme.com", {
      type: "add_member",
      group: "agency-nova",
      email: "mia@acme.com",
    });
    const before = [place.state("org.json"), place.read("org.base.json")];
    await place.run(`drift ${RUN}`);
    expect([place.state("org.json"), place.read("org.base.json")]).toEqual(before);
  });

  it("does the same over a socket", async () => {
    const running = await startEmulator({ seed: acmeSeed, clock: "virtual" });
    try {
      const env = environment(running.url);
      expect((await place.run("apply --yes --config stack.json", { env })).exitCode).toBe(0);
      const response = await fetch(`${running.url}/_emulator/ui`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          actor: "priya@acme.com",
          change: { type: "add_member", group: "agency-nova", email: "mia@acme.com" },
        }),
      });
      expect(response.status).toBe(200);
      const { exitCode, out } = await place.run("drift --config stack.json", { env });
      expect(out).toContain("by priya@acme.com, 2026-11-23 09:00 UTC");
      expect(exitCode).toBe(2);
    } finally {
      await running.close();
    }
  });

  it("says that it cannot tell who, where the audit log has no credential", async () => {
    const running = await startEmulator({ seed: acmeSeed, clock: "virtual" });
    try {
      place.write(
        "people.json",
        stackFile({ data: {}, resource: { amplitude_group: nova().amplitude_group! } }),
      );
      const {
        AMPLITUDE_ORG_API_KEY: _key,
        AMPLITUDE_ORG_SECRET_KEY: _secret,
        ...env
      } = environment(running.url);
      const { out } = await place.run("drift --config people.json", { env });
      expect(out).toContain("Authors are unknown, and no alert was looked for, from");
      expect(out).toMatch(/Not checked: .*project roles/);
    } finally {
      await running.close();
    }
  });
});
