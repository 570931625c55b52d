import { mkdirSync } from "node:fs";
import type { AuditEvent } from "../../src/api";
import { OwnActs, type DriftReport } from "../../src/drift";
import { parseReceipt, ReceiptLines } from "../../src/reconcile";
import { acmeSeed, at, nova, stackFile } from "./acme";
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

const KEY = "Organization API key";
const OUR_CLIENT = "amplitude-access/0.1.0";

/** An entry of the audit log: mia was made an administrator at nine. */
const promotion = (rest: object = {}): object => ({
  timestamp: "2026-11-23T09:00:00.000Z",
  domain: "user",
  feature: "role",
  action: "update",
  target: "mia@acme.com",
  actor: KEY,
  userAgent: OUR_CLIENT,
  properties: { from: "member", to: "admin" },
  ...rest,
});
const OURS = receipt("mia@acme.com: organization role member → admin", "2026-11-23T08:59:50.000Z");

describe("an entry of the audit log is explained by a receipt", () => {
  const acts = (text: string): OwnActs => new OwnActs([parseReceipt(text, "r")]);
  const entry = (rest: Partial<AuditEvent> = {}): AuditEvent => ({
    at: "2026-11-23T09:00:00.000Z",
    domain: "group",
    feature: "member",
    action: "add",
    target: "agency-nova",
    actor: "SCIM API",
    userAgent: OUR_CLIENT,
    properties: { user: "mia@acme.com" },
    ...rest,
  });
  const GAINS = receipt("agency-nova gains mia@acme.com", "2026-11-23T08:59:50.000Z");
  const rule = { name: "any", ownRequest: /^PATCH / };

  it.each<[string, boolean, Partial<AuditEvent>]>([
    ["of the same, by our client with a key, at the time", true, {}],
    ["by a person", false, { actor: "tom@acme.com" }],
    ["by another client with the same key", false, { userAgent: "Okta SCIM Client 1.0" }],
    ["by a client that the log does not name", false, { userAgent: undefined }],
    ["the other way", false, { action: "remove" }],
    ["about somebody else", false, { properties: { user: "amia@acme.com" } }],
    ["about another group", false, { target: "nova" }],
    ["long after", false, { at: "2026-11-23T09:10:00.000Z" }],
    ["long before", false, { at: "2026-11-23T08:57:00.000Z" }],
  ])("%s: %s", (_name, explained, rest) => {
    expect(acts(GAINS).explains(entry(rest), rule)).toBe(explained);
  });
});

describe("drift --evidence", () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
    place.write("org.json", { ...acmeSeed, clock: "2026-11-23T09:10:00Z", audit: [promotion()] });
    place.write("stack.json", stackFile({ resource: nova() }));
    mkdirSync(place.path("evidence"));
  });
  afterEach(() => place.remove());

  it.each([
    ["this organization", "36958", 0, /Our own runs did, by their receipts \(1\)\n +mia@acme\.com became/],
    ["another one", "1", 2, /organization-admin: mia@acme\.com became/],
  ])("an alert is ours by a receipt of %s", async (_whose, orgId, code, said) => {
    const text = "mia@acme.com: organization role member → admin";
    place.write("evidence/one.receipt.jsonl", receipt(text, "2026-11-23T08:59:50.000Z", orgId));
    const { out, exitCode } = await place.run(`drift --events-only --evidence evidence ${RUN}`);
    expect(out).toMatch(said);
    expect(exitCode).toBe(code);
  });

  it("ignores a receipt that was edited, and says so", async () => {
    place.write("evidence/one.receipt.jsonl", OURS.replaceAll("mia@", "eve@"));
    const { out } = await place.run(`drift --events-only --evidence evidence ${RUN}`);
    expect(out).toMatch(/IGNORED, nothing is explained by it: Cannot use the receipt .*it was edited/);
  });

  it("a folder that is not there is no folder without receipts", async () => {
    const { err, exitCode } = await place.run(`drift --events-only --evidence gone ${RUN}`);
    expect(err).toMatch(/Cannot read .*gone/);
    expect(exitCode).toBe(1);
  });

  const report = async (options: string): Promise<DriftReport> =>
    JSON.parse((await place.run(`drift --json ${options} ${RUN}`)).out) as DriftReport;
  const outside = ({ items }: DriftReport) =>
    items
      .filter(({ sort }) => sort === "outside")
      .map(({ what, changed, ours, counts }) => [what, changed?.after, ours, counts]);

  it.each([
    ["what is documented as logged", true],
    ["every act", false],
  ])(
    "with a log of %s: tells what another run of ours made as ours, and what others did as not",
    async (_log, documented) => {
      place.write("org.json", { ...acmeSeed, switches: { "audit-log-documented-only": documented } });
      await place.run(`apply --yes ${RUN}`);
      const base = place.read("org.base.json");
      place.write(
        "next.json",
        stackFile({ resource: nova(["ana@nova.agency", "leo@nova.agency", "mia@acme.com"]) }),
      );
      const other = await place.run("apply --yes --evidence evidence --config next.json --emulator org.json");
      expect(other.exitCode).toBe(0);
      // The base of that run is lost, and ours is that of before.
      place.write("org.base.json", base);
      expect(outside(await report(""))).toEqual([["agency-nova", "member", undefined, true]]);
      expect(outside(await report("--evidence evidence"))).toEqual([["agency-nova", "member", true, false]]);
      await place.control("org.json", "clock/advance", { seconds: 120 });
      for (const email of ["tom@acme.com", "mia@acme.com"]) {
        await place
          .ui("org.json", "tom@acme.com", {
            type: "remove_member",
            group: "agency-nova",
            email: "mia@acme.com",
          })
          .catch(() => undefined);
        await place.ui("org.json", "tom@acme.com", { type: "add_member", group: "agency-nova", email });
      }
      expect(outside(await report("--evidence evidence"))).toEqual([
        ["agency-nova", "member", undefined, true],
        ["agency-nova", "member", undefined, true],
      ]);
    },
  );

  it.each([
    [
      "a stranger",
      async () => {
        await place.ui("org.json", "tom@evil.example", { type: "invite", email: "leo@nova.agency" });
        await place.ui("org.json", "tom@evil.example", {
          type: "add_member",
          group: "agency-nova",
          email: "leo@nova.agency",
        });
      },
    ],
    [
      "a sync of an identity provider that nobody declares",
      async () => {
        const state = place.state("org.json");
        place.write("org.json", {
          ...state,
          identityProvider: {
            name: "okta",
            groups: [{ name: "agency-nova", members: ["ana@nova.agency", "leo@nova.agency"] }],
          },
        });
        await place.control("org.json", "idp/sync", {});
      },
    ],
  ])(
    "a leaver whom %s brings back ten minutes after our run counts, and is not ours",
    async (_who, bringBack) => {
      place.write("org.json", acmeSeed);
      await place.run(`apply --yes ${RUN}`);
      const { amplitude_group: group, ...rest } = nova(["ana@nova.agency"]);
      place.write(
        "left.json",
        stackFile({
          resource: {
            ...rest,
            amplitude_group: group!,
            amplitude_leaver: { leo: at("acme/leo", { email: "leo@nova.agency", left_on: "2026-11-20" }) },
          },
        }),
      );
      const LEFT = "--config left.json --emulator org.json";
      expect((await place.run(`apply --yes --evidence evidence ${LEFT}`)).exitCode).toBe(0);
      expect((await place.run(`drift --evidence evidence ${LEFT}`)).exitCode).toBe(0);
      await place.control("org.json", "clock/advance", { seconds: 600 });
      await bringBack();
      const { out, exitCode } = await place.run(`drift --json --evidence evidence ${LEFT}`);
      expect(exitCode).toBe(2);
      const { items } = JSON.parse(out) as DriftReport;
      const about = items.filter((item) => JSON.stringify(item).includes("leo@nova.agency"));
      expect(about.length).toBeGreaterThan(1);
      expect(about.filter(({ ours, counts }) => ours === true || !counts)).toEqual([]);
    },
  );
});
