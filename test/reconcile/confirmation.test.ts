import { confirmationOf, confirmationText, parseConfirmation, type Confirmation } from "../../src/reconcile";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";

const grant = (role: string) => ({
  "amplitude_project_role_assignment.jo": {
    principal_type: "user",
    principal: "jo@nova.agency",
    project_id: "501",
    role,
  },
});
const blindSite = (): Harness =>
  harness({
    organization: organization().people("jo@nova.agency").project("Web"),
    stack: { resources: grant("Member") },
    without: ["user-management"],
  });
const said = (until: string | undefined, on = "2026-11-20T08:00:00Z") => ({
  by: "priya@acme.com",
  on,
  ...(until === undefined ? {} : { until }),
});

async function confirmationFor(
  site: Harness,
  text: string,
  until: string | undefined,
): Promise<Confirmation> {
  const { plan } = await site.plan();
  const step = plan.steps.find((candidate) => candidate.text === text);
  if (step === undefined) throw new Error(`no step ${text}`);
  return confirmationOf(step, "7", said(until));
}

const MEMBER = "jo@nova.agency gets Member on Web";

describe("a step that nobody can read back", () => {
  it("stays open, run after run, until somebody confirms it", async () => {
    const site = blindSite();
    for (const run of [1, 2, 3]) {
      const { outcomes } = await site.apply();
      expect([run, ...outcomes]).toEqual([run, `${MEMBER}: by hand`]);
    }
  });

  it("is closed by a confirmation, and the plan after that is empty", async () => {
    const site = blindSite();
    const confirmations = [await confirmationFor(site, MEMBER, "2027-06-30T00:00:00Z")];
    const { after } = await site.apply({ confirmations });
    expect(after.plan.confirmed.map(({ step, by }) => `${step.text}: ${by}`)).toEqual([
      `${MEMBER}: priya@acme.com`,
    ]);
    expect(after.plan.steps).toEqual([]);
    expect((await site.plan({ confirmations })).plan.steps).toEqual([]);
  });

  it("opens again when the confirmation ends, and says whose word it was", async () => {
    const site = blindSite();
    const confirmations = [await confirmationFor(site, MEMBER, "2026-12-01T00:00:00Z")];
    await site.apply({ confirmations });
    await site.advance(60 * 24 * 60 * 60);
    const { plan } = await site.plan({ confirmations });
    expect(plan.steps.map(({ text, actor }) => `${actor}: ${text}`)).toContain(`hand: ${MEMBER}`);
    expect(plan.notes.join()).toMatch(/priya@acme\.com.*2026-12-01/);
  });

  it("is not closed by a confirmation of a state without an end", async () => {
    const site = blindSite();
    const { plan } = await site.plan({ confirmations: [await confirmationFor(site, MEMBER, undefined)] });
    expect(plan.steps.map(({ text }) => text)).toContain(MEMBER);
  });

  it("opens again when the stack asks for something else", async () => {
    const site = blindSite();
    const confirmations = [await confirmationFor(site, MEMBER, "2027-06-30T00:00:00Z")];
    await site.apply({ confirmations });
    site.stack({ resources: grant("Manager") });
    const { plan } = await site.plan({ confirmations });
    expect(plan.steps.map(({ text }) => text)).toContain("jo@nova.agency gets Manager on Web");
    expect(plan.confirmed).toEqual([]);
  });

  it("counts in the access that people are shown to have", async () => {
    const site = blindSite();
    const confirmations = [await confirmationFor(site, MEMBER, "2027-06-30T00:00:00Z")];
    expect((await site.plan({ confirmations })).plan.people).toEqual([]);
    expect((await site.plan()).plan.people.map(({ email }) => email)).toEqual(["jo@nova.agency"]);
  });
});

describe("an act", () => {
  const leaver = {
    "amplitude_leaver.ana": {
      email: "ana@nova.agency",
      left_on: "2026-11-22",
      content_to: "leo@nova.agency",
    },
  };
  const TRANSFER = "ana@nova.agency's charts and dashboards to leo@nova.agency";

  it("is confirmed for good, and what waited for it goes on", async () => {
    const site = harness({
      organization: organization().people("ana@nova.agency", "leo@nova.agency"),
      stack: { resources: leaver },
    });
    const { outcomes } = await site.apply();
    expect(outcomes).toContain("remove ana@nova.agency from the organization: later");
    const confirmations = [await confirmationFor(site, TRANSFER, undefined)];
    await site.apply({ confirmations });
    expect(site.people()).not.toContain("ana@nova.agency");
    await site.advance(80 * 24 * 60 * 60);
    expect((await site.plan({ confirmations })).plan.steps).toEqual([]);
  });
});

describe("a confirmation file", () => {
  const text = async (): Promise<string> =>
    confirmationText(await confirmationFor(blindSite(), MEMBER, "2027-06-30T00:00:00Z"));
  const edited = async (change: (content: Record<string, unknown>) => void): Promise<string> => {
    const content = JSON.parse(await text()) as Record<string, unknown>;
    change(content);
    return JSON.stringify(content);
  };

  it("is read back as it was written", async () => {
    const original = await confirmationFor(blindSite(), MEMBER, "2027-06-30T00:00:00Z");
    expect(parseConfirmation(confirmationText(original), "c.json", "7")).toEqual(original);
  });

  it.each([
    ["its end is moved", (content: Record<string, unknown>) => (content["until"] = "2099-01-01T00:00:00Z")],
    ["its digest is edited", (content: Record<string, unknown>) => (content["digest"] = "0".repeat(64))],
    ["its step is another one", (content: Record<string, unknown>) => (content["step"] = "0123456789abcdef")],
  ])("is refused when %s", async (_, change) => {
    const spoilt = await edited(change);
    expect(() => parseConfirmation(spoilt, "c.json", "7")).toThrow(/Cannot use the confirmation c\.json/);
  });

  it("is refused when it names a step that it does not describe, however well it is sealed", async () => {
    const original = await confirmationFor(blindSite(), MEMBER, "2027-06-30T00:00:00Z");
    const forged = confirmationText({ ...original, values: { ...original.values, role: "Admin" } });
    expect(() => parseConfirmation(forged, "c.json", "7")).toThrow(/another step/);
  });

  it("is refused for another organization", async () => {
    const sealed = await text();
    expect(() => parseConfirmation(sealed, "c.json", "8")).toThrow(
      /of organization 7, and this run is for 8/,
    );
  });
});
