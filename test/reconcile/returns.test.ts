import { harness } from "../support/harness";
import { organization } from "../support/organization";

const jo = { "amplitude_user.jo": { email: "jo@nova.agency" } };
const nova = { "amplitude_group.nova": { name: "nova", members: ["jo@nova.agency"] } };

describe("somebody was removed outside of the stack", () => {
  it.each([
    ["a person", jo],
    ["a member", nova],
    ["both", { ...jo, ...nova }],
  ])("and is not invited again by a line that names them as %s", async (_, resources) => {
    const site = harness({ organization: organization(), stack: { resources } });
    await site.apply();
    await site.ui({ type: "remove_person", email: "jo@nova.agency" });
    site.forget();
    const { planned, results } = await site.apply();
    expect(planned.plan.refusals.map(({ rule }) => rule)).toEqual(["returns"]);
    expect(planned.plan.invitations).toEqual([]);
    expect(
      results.filter(({ step }) => step.actor === "write").every(({ outcome }) => outcome === "refused"),
    ).toBe(true);
    expect(site.writes()).toEqual([]);
  });

  it("and stays refused in every later run", async () => {
    const site = harness({ organization: organization(), stack: { resources: jo } });
    await site.apply();
    await site.ui({ type: "remove_person", email: "jo@nova.agency" });
    for (let run = 0; run < 3; run++) await site.apply();
    expect(site.invitations()).toEqual(["jo@nova.agency"]);
  });

  it("and is invited again where the line says `rejoins`", async () => {
    const site = harness({ organization: organization(), stack: { resources: jo } });
    await site.apply();
    await site.ui({ type: "remove_person", email: "jo@nova.agency" });
    site.stack({ resources: { "amplitude_user.jo": { email: "jo@nova.agency", rejoins: true } } });
    const { after } = await site.apply();
    expect(site.people()).toContain("jo@nova.agency");
    expect(after.plan.steps).toEqual([]);
  });

  it("and what takes from others runs all the same", async () => {
    const site = harness({
      organization: organization(),
      stack: { resources: { ...jo, "amplitude_user.sam": { email: "sam@nova.agency" } } },
    });
    await site.apply();
    await site.ui({ type: "remove_person", email: "jo@nova.agency" });
    site.stack({ resources: jo });
    await site.apply();
    expect(site.people()).not.toContain("sam@nova.agency");
  });

  it("by us, may return when a line names them again", async () => {
    const site = harness({ organization: organization(), stack: { resources: jo } });
    await site.apply();
    await site.apply();
    site.stack({});
    await site.apply();
    site.stack({ resources: jo });
    const { outcomes } = await site.apply();
    expect(outcomes).toEqual(["invite jo@nova.agency: done"]);
  });

  it("by a run of ours that died right after, may return", async () => {
    const site = harness({ organization: organization(), stack: { resources: jo } });
    await site.apply();
    site.stack({});
    await site.apply({ crash: true });
    site.stack({ resources: jo });
    const { outcomes } = await site.apply();
    expect(outcomes).toEqual(["invite jo@nova.agency: done"]);
  });
});

describe("the state is lost", () => {
  const lost = async () => {
    const site = harness({ organization: organization(), stack: { resources: jo } });
    await site.apply();
    return site;
  };
  const returns = async (site: Awaited<ReturnType<typeof lost>>) =>
    (await site.plan()).plan.guards.filter(({ guard }) => guard === "returns");

  it("whom the audit log saw removed is not invited again", async () => {
    const site = await lost();
    await site.ui({ type: "remove_person", email: "jo@nova.agency" });
    site.base = undefined;
    expect(await returns(site)).toMatchObject([{ verdict: "holds", people: ["jo@nova.agency"] }]);
    const { planned } = await site.apply();
    expect(planned.plan.refusals.map(({ rule }) => rule)).toEqual(["returns"]);
    expect(site.people()).not.toContain("jo@nova.agency");
  });

  it("where it saw nothing, or cannot be read, that is not judged, and blocks nobody", async () => {
    const site = harness({ organization: organization(), stack: { resources: jo } });
    expect(await returns(site)).toMatchObject([
      { verdict: "unjudged", steps: [], text: expect.stringContaining("tells of no removal") as string },
    ]);
    const dark = harness({ organization: organization(), stack: { resources: jo } });
    await dark.fault({
      match: { method: "*", path: "/audit" },
      times: 9,
      fault: { type: "status", status: 403 },
    });
    await dark.apply();
    expect(dark.people()).toContain("jo@nova.agency");
  });
});
