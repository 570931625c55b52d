import { mkdirSync } from "node:fs";
import type { DriftReport } from "../../src/drift";
import { ReceiptLines } from "../../src/reconcile";
import { acmeSeed, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

const RUN = "--config stack.json --emulator org.json";

/** A receipt whose one step ended at that time. */
function receipt(text: string, at: string, orgId = "36958"): string {
  const lines = new ReceiptLines();
  const head = lines.head({
    organization: { orgId, host: "127.0.0.1" },
    stacks: ["acme"],
    plan: "0".repeat(64),
    approvedPlans: [],
    before: "0".repeat(64),
    startedAt: at,
    opened: [],
    approved: [],
  });
  const requests = [{ request: "PATCH /api/2/organizations/36958/members/mia%40acme.com", status: 200 }];
  return head + lines.step({ step: "s", text, outcome: "done", at, requests });
}

describe("drift --evidence", () => {
  let place: Workplace;
  beforeEach(async () => {
    place = new Workplace();
    place.write("org.json", acmeSeed);
    place.write("stack.json", stackFile({ resource: nova() }));
    mkdirSync(place.path("evidence"));
    await place.ui("org.json", "tom@acme.com", {
      type: "set_organization_role",
      email: "mia@acme.com",
      role: "admin",
    });
    await place.control("org.json", "clock/advance", { seconds: 600 });
  });
  afterEach(() => place.remove());
  const events = async () => await place.run(`drift --events-only --evidence evidence ${RUN}`);

  it.each<[string, string, number, RegExp]>([
    [
      "the same thing at the time",
      receipt("mia@acme.com: Member → Admin", "2026-11-23T08:59:50.000Z"),
      0,
      /Our own runs did, by their receipts \(1\)\n +mia@acme\.com became/,
    ],
    [
      "the same thing long before",
      receipt("mia@acme.com: Member → Admin", "2026-11-23T08:40:00.000Z"),
      2,
      /organization-admin: mia@acme\.com became/,
    ],
    [
      "another thing",
      receipt("amia@acme.com: Member → Admin", "2026-11-23T08:59:50.000Z"),
      2,
      /organization-admin: mia@acme\.com became/,
    ],
    [
      "another organization's",
      receipt("mia@acme.com: Member → Admin", "2026-11-23T08:59:50.000Z", "1"),
      2,
      /organization-admin: mia/,
    ],
    [
      "one that was edited",
      receipt("eve@acme.com: Member → Admin", "2026-11-23T08:59:50.000Z").replaceAll("eve@", "mia@"),
      2,
      /IGNORED, nothing is explained by it: Cannot use the receipt .*it was edited/,
    ],
  ])("a receipt of %s", async (_name, text, code, said) => {
    place.write("evidence/one.receipt.jsonl", text);
    const { out, exitCode } = await events();
    expect(out).toMatch(said);
    expect(exitCode).toBe(code);
  });

  it("a folder that is not there is no folder without receipts", async () => {
    const { err, exitCode } = await place.run(`drift --events-only --evidence gone ${RUN}`);
    expect(err).toMatch(/Cannot read .*gone/);
    expect(exitCode).toBe(1);
  });

  it("tells a change that another run of ours made as ours, and by hand one as not", async () => {
    place.write("org.json", { ...acmeSeed, switches: { "audit-log-documented-only": false } });
    await place.run(`apply --yes ${RUN}`);
    place.write(
      "next.json",
      stackFile({ resource: nova(["ana@nova.agency", "leo@nova.agency", "mia@acme.com"]) }),
    );
    const base = place.read("org.base.json");
    const other = await place.run("apply --yes --evidence evidence --config next.json --emulator org.json");
    expect(other.exitCode).toBe(0);
    // The base of that run is lost, and ours is that of before.
    place.write("org.base.json", base);
    const report = async (options: string): Promise<DriftReport> =>
      JSON.parse((await place.run(`drift --json ${options} ${RUN}`)).out) as DriftReport;
    const outside = ({ items }: DriftReport) =>
      items.filter(({ sort }) => sort === "outside").map(({ what, ours, counts }) => [what, ours, counts]);
    expect(outside(await report(""))).toEqual([["agency-nova", undefined, true]]);
    expect(outside(await report("--evidence evidence"))).toEqual([["agency-nova", true, false]]);
    await place.control("org.json", "clock/advance", { seconds: 3600 });
    await place.ui("org.json", "tom@acme.com", {
      type: "add_member",
      group: "agency-nova",
      email: "tom@acme.com",
    });
    expect(outside(await report("--evidence evidence"))).toContainEqual(["agency-nova", undefined, true]);
  });
});
