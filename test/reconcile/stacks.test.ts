import { harness } from "../support/harness";
import { organization } from "../support/organization";

const user = (email: string) => ({ "amplitude_user.one": { email } });
const a = { name: "a", resources: user("jo@nova.agency") };
const b = { name: "b", resources: user("sam@nova.agency") };

describe("several stacks of one organization", () => {
  it("are one model: each under its own name", async () => {
    const site = harness({ organization: organization(), stack: [a, b] });
    const { after } = await site.apply();
    expect(Object.keys(site.base?.entries ?? {}).sort()).toEqual([
      "a/amplitude_user.one",
      "b/amplitude_user.one",
    ]);
    expect(after.plan.steps).toEqual([]);
  });

  it("refuse the whole plan when one that is in effect is missing", async () => {
    const site = harness({ organization: organization(), stack: [a, b] });
    await site.apply();
    site.stack(a).forget();
    const { planned } = await site.apply();
    expect(planned.plan.refusals).toMatchObject([
      { rule: "missing stack", summary: "The stack b is in effect and was not given" },
    ]);
    expect(site.writes()).toEqual([]);
    expect(site.people()).toContain("sam@nova.agency");
  });

  it("take away what a stack brought in when it is retired", async () => {
    const site = harness({ organization: organization(), stack: [a, b] });
    await site.apply();
    site.stack(a);
    const { outcomes, after } = await site.apply({ retire: ["b"] });
    expect(outcomes).toEqual(["remove sam@nova.agency from the organization: done"]);
    expect(after.plan.steps).toEqual([]);
    expect(site.people()).toContain("jo@nova.agency");
  });

  it("may say the same: what one stack stops saying stays while the other says it", async () => {
    const both = [a, { name: "b", resources: user("JO@nova.agency") }];
    const site = harness({ organization: organization(), stack: both });
    await site.apply();
    expect(site.writes()).toEqual(["POST /scim/1/Users"]);
    site.stack(a, { name: "b" }).forget();
    const { after } = await site.apply({ retire: ["b"] });
    expect(site.writes()).toEqual([]);
    expect(after.plan.steps).toEqual([]);
  });

  it.each([
    [
      "the same thing differently",
      { resources: { "amplitude_user.one": { email: "jo@nova.agency", given_name: "Jo" } } },
      /declared twice, and differently/,
    ],
    ["another organization", { provider: { org_id: "8" } }, /differ in orgId/],
    ["another region", { provider: { region: "eu" } }, /differ in region/],
    ["other credentials", { provider: { credentials: "ACME" } }, /differ in credentials/],
    ["two operators", { provider: { operator: "x@acme.com" } }, /different operators/],
    ["two ids of one project", { provider: { project_ids: { Web: "9" } } }, /differ in project_ids/],
  ])("contradict each other: %s", async (_, content, message) => {
    const first = { ...a, provider: { operator: "tom@acme.com", project_ids: { Web: "501" } } };
    const attempt = async () =>
      harness({ organization: organization(), stack: [first, { name: "b", ...content }] }).plan();
    await expect(attempt()).rejects.toThrow(message);
  });

  it("show and apply only what --stack names; the model stays whole", async () => {
    const site = harness({ organization: organization(), stack: [a, b] });
    const { outcomes } = await site.apply({ only: ["a"] });
    expect(outcomes).toEqual(["invite jo@nova.agency: done"]);
    const { after } = await site.apply();
    expect(after.plan.steps).toEqual([]);
  });
});

describe("the digest of a plan", () => {
  const resources: Record<string, Record<string, unknown>> = {
    "amplitude_leaver.zed": { email: "ana@nova.agency", left_on: "2026-11-20" },
    "amplitude_group.all": { name: "eng", members: ["jo@nova.agency", "sam@nova.agency"] },
    "amplitude_user.jo": { email: "jo@nova.agency" },
    "amplitude_user.sam": { email: "sam@nova.agency" },
    "amplitude_project_role_assignment.eng": {
      principal_type: "group",
      principal: "${amplitude_group.all.id}",
      project_id: "501",
      role: "Member",
    },
  };
  const live = () =>
    organization().group("agency", ["ana@nova.agency"]).group("eng", ["ana@nova.agency"]).project("Web");
  /** Ten orders: every rotation, forwards and backwards. */
  const shuffled = (turn: number): typeof resources => {
    const entries = Object.entries(resources);
    const rotated = [...entries.slice(turn % 5), ...entries.slice(0, turn % 5)];
    return Object.fromEntries(turn < 5 ? rotated : rotated.reverse());
  };

  it("is the same however the declarations are ordered", async () => {
    const digests = new Set<string>();
    for (let turn = 0; turn < 10; turn++) {
      const site = harness({ organization: live(), stack: { resources: shuffled(turn) } });
      digests.add((await site.plan()).plan.digest);
    }
    expect(digests.size).toBe(1);
  });

  it("is another one when a declaration says something else", async () => {
    const one = await harness({ organization: live(), stack: { resources } }).plan();
    const other = await harness({
      organization: live(),
      stack: {
        resources: {
          ...resources,
          "amplitude_user.jo": { email: "jo@nova.agency", expires_at: "2027-01-01" },
        },
      },
    }).plan();
    expect(one.plan.digest).not.toBe(other.plan.digest);
  });
});
