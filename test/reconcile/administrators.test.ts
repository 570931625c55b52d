import { confirmationOf } from "../../src/reconcile";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

const ADMINS = ["Tom@acme.com", "priya@acme.com"];
const TEXT = "the administrators are these and nobody else: priya@acme.com, tom@acme.com";
const declaring = (admins: readonly string[]) => ({ provider: { admins } });

describe("who administers the organization, where no API shows it", () => {
  it("is one step by hand, which a confirmation closes until it ends", async () => {
    const site = harness({ organization: organization(), stack: declaring(ADMINS) });
    const { outcomes, after } = await site.apply();
    expect(outcomes).toEqual([`${TEXT}: by hand`]);
    const [step] = after.plan.steps;
    if (step === undefined) throw new Error("There is no step");
    expect(step).toMatchObject({ actor: "hand", because: ["no API shows organization roles"] });
    expect(step.how).toContain("Members & Groups");
    const said = { by: "priya@acme.com", on: "2026-11-23T09:00:00Z", until: "2026-12-23T09:00:00Z" };
    const confirmations = [confirmationOf(step, "7", said)];
    expect((await site.plan({ confirmations })).plan.steps).toEqual([]);
    site.stack(declaring([...ADMINS, "lena@acme.com"]));
    const { plan } = await site.plan({ confirmations });
    expect(plan.steps.map(({ text }) => text)).toContain(
      "the administrators are these and nobody else: lena@acme.com, priya@acme.com, tom@acme.com",
    );
    site.stack(declaring(ADMINS));
    await site.advance(31 * 24 * 60 * 60);
    expect((await site.plan({ confirmations })).plan.steps.map(({ text }) => text)).toEqual([TEXT]);
  });

  it.each([
    ["nobody is declared", organization(), {}],
    ["the organization shows it", organization().switches({ management: "served" }), declaring(ADMINS)],
  ])("is not asked where %s", async (_, seed, stack) => {
    const { plan } = await harness({ organization: seed, stack }).plan();
    expect(plan.steps.filter(({ actor }) => actor === "hand")).toEqual([]);
  });
});

describe("an organization role for somebody outside of the organization", () => {
  it.each([
    ["where roles are set by hand", organization()],
    ["where an API sets them", organization().switches({ management: "served" })],
  ])("is refused, and sends nothing: %s", async (_, seed) => {
    const resources = { "amplitude_organization_role.jo": { email: "jo@nova.agency", role: "manager" } };
    const site = harness({ organization: seed, stack: { resources } });
    site.forget();
    const { planned, outcomes } = await site.apply();
    expect(planned.plan.refusals).toMatchObject([
      { summary: "jo@nova.agency: organization role manager: jo@nova.agency is not in the organization" },
    ]);
    expect(outcomes).toEqual([expect.stringMatching(/: refused$/)]);
    expect(site.writes()).toEqual([]);
  });
});
