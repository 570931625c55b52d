import { driftItems } from "../../src/drift";
import { confirmAbsent } from "../../src/resources";
import { confirmationOf } from "../../src/reconcile";
import { nearest } from "../../src/reconcile/nearest";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";

const leaver = (email: string) => ({
  "amplitude_leaver.x": { email, left_on: "2026-11-20", ticket: "SEC-311" },
});
const people = organization().people("ana.lima@nova.agency", "leo@nova.agency");

/** What drift tells as not applied, and counts. */
async function warned(site: Harness): Promise<string[]> {
  const { live, steps } = await site.plan();
  return driftItems(await site.drift(), steps, live, { alerts: [], findings: [] })
    .filter(({ sort, counts }) => sort === "not applied" && counts)
    .map(({ what, revert = "" }) => `${what}: ${revert.replace(/ \(Correct.*\)$/, "")}`);
}

describe("a leaver's line that meets nobody", () => {
  it("is told with whom it may mean, and stays open until somebody confirms it", async () => {
    const site = harness({ organization: people, stack: { resources: leaver("anna.lima@nova.agency") } });
    const { outcomes, after } = await site.apply();
    const text =
      "nobody has the address anna.lima@nova.agency, here or in the state: did you mean ana.lima@nova.agency?";
    expect(outcomes).toEqual([`${text}: by hand`]);
    const [open] = after.plan.steps.filter(({ operation }) => operation === confirmAbsent.name);
    expect(open?.text).toBe(text);
    expect(site.people()).toContain("ana.lima@nova.agency");
    expect(await warned(site)).toEqual([`anna.lima@nova.agency: ${text}`]);

    if (open === undefined) throw new Error("Nothing is open.");
    const word = confirmationOf(open, "7", { by: "priya@acme.com", on: "2026-11-23" });
    await site.apply({ confirmations: [word] });
    // The state knows it from then on, and the file may go.
    expect((await site.plan()).plan.steps).toEqual([]);
    expect(await warned(site)).toEqual([]);
  });

  it("is a warning of drift before the first apply, too", async () => {
    const site = harness({ organization: people, stack: { resources: leaver("leon@nova.agency") } });
    expect(await warned(site)).toEqual([
      "leon@nova.agency: nobody has the address leon@nova.agency, here or in the state: did you mean leo@nova.agency?",
    ]);
  });

  it("says nothing of whom the state knows", async () => {
    const site = harness({ organization: people, stack: { resources: leaver("leo@nova.agency") } });
    await site.apply();
    expect((await site.plan()).plan.steps).toEqual([]);
  });

  it("is not told where people could not be read", async () => {
    const site = harness({
      organization: people,
      stack: { resources: leaver("anna.lima@nova.agency") },
      without: ["scim"],
    });
    const { plan } = await site.plan();
    expect(plan.steps.filter(({ operation }) => operation === confirmAbsent.name)).toEqual([]);
  });
});

describe("the nearest names", () => {
  it.each([
    [
      "anna@nova.agency",
      ["ana@nova.agency", "hanna@nova.agency", "leo@nova.agency"],
      ["ana@nova.agency", "hanna@nova.agency"],
    ],
    ["eng", ["egn", "design"], []],
    ["platform", ["plattform", "platform-eu", "ops"], ["plattform"]],
    ["x", [], []],
  ])("of %s among %j: %j", (wanted, names, near) => {
    expect(nearest(wanted, names)).toEqual(near);
  });
});
