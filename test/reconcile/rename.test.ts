import { Redaction } from "../../src/report";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

const live = () => organization().group("eng", ["ada@acme.com"]).project("Web").grant("eng", "Web", "Member");
const eng = { name: "eng", members: ["ada@acme.com"] };
const engineering = { name: "engineering", members: ["ada@acme.com"] };

describe("a group gets another name", () => {
  it("is renamed under its address, and keeps its id, members and grants", async () => {
    const site = harness({ organization: live(), stack: { resources: { "amplitude_group.eng": eng } } });
    await site.apply();
    site.stack({ resources: { "amplitude_group.eng": engineering } }).forget();
    const { outcomes, after } = await site.apply();
    expect(outcomes).toEqual(["rename group eng to engineering: done"]);
    expect(site.writes()).toEqual(["PATCH /scim/1/Groups/601"]);
    expect(site.grants()).toEqual(["engineering Web: Member"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("is renamed by `previous_name` under an address that follows the name, as the constructs write it, and is not deleted", async () => {
    const site = harness({ organization: live(), stack: { resources: { "amplitude_group.eng": eng } } });
    await site.apply();
    site.stack({
      resources: { "amplitude_group.engineering": { ...engineering, previous_name: "eng" } },
      more: { moved: [{ from: "amplitude_group.eng", to: "amplitude_group.engineering" }] },
    });
    const planned = await site.plan();
    expect(planned.plan.steps.map(({ operation }) => operation)).not.toContain("group.delete");
    await site.apply();
    expect(site.members("engineering")).toEqual(["ada@acme.com"]);
    expect(site.grants()).toEqual(["engineering Web: Member"]);
  });

  it("is renamed by `previous_name` without a base", async () => {
    const site = harness({
      organization: live(),
      stack: { resources: { "amplitude_group.engineering": { ...engineering, previous_name: "eng" } } },
    });
    const { outcomes, after } = await site.apply();
    expect(outcomes).toEqual(["rename group eng to engineering: done"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("that belongs to another group is refused", async () => {
    const site = harness({
      organization: live().group("ops"),
      stack: { resources: { "amplitude_group.eng": eng } },
    });
    await site.apply();
    site.stack({ resources: { "amplitude_group.eng": { ...eng, name: "ops" } } });
    const { plan } = await site.plan();
    expect(plan.refusals.map(({ rule }) => rule)).toEqual(["not possible"]);
    site.forget();
    await site.apply();
    expect(site.writes()).toEqual([]);
  });
});

describe("an address is given to another group", () => {
  it("while the first group moves to another address: neither group loses its name or gains the other's members", async () => {
    const site = harness({ organization: live(), stack: { resources: { "amplitude_group.first": eng } } });
    await site.apply();
    site.stack({
      resources: {
        "amplitude_group.first": { name: "ops", members: ["bob@acme.com"] },
        "amplitude_group.second": eng,
      },
    });
    const { after } = await site.apply();
    expect(site.members("eng")).toEqual(["ada@acme.com"]);
    expect(site.members("ops")).toEqual(["bob@acme.com"]);
    expect(site.grants()).toEqual(["eng Web: Member"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("moves without a write when only the address changes", async () => {
    const site = harness({ organization: live(), stack: { resources: { "amplitude_group.first": eng } } });
    await site.apply();
    site.stack({ resources: { "amplitude_group.second": eng } }).forget();
    const { after } = await site.apply();
    expect(site.writes()).toEqual([]);
    expect(Object.keys(site.base?.entries ?? {})).toEqual(["acme/amplitude_group.second"]);
    expect(after.plan.steps).toEqual([]);
  });
});

it("a group is renamed while a single membership of it becomes one of its members: nobody leaves it", async () => {
  const membership = { group_id: "${amplitude_group.eng.id}", email: "jo@nova.agency" };
  const site = harness({
    organization: organization().people("jo@nova.agency"),
    stack: {
      resources: { "amplitude_group.eng": { name: "eng" }, "amplitude_group_membership.jo": membership },
    },
  });
  await site.apply();
  site.forget();
  const renamed = { name: "engineers", members: ["jo@nova.agency"] };
  const { after } = await site.stack({ resources: { "amplitude_group.eng": renamed } }).apply();
  expect(after.plan.steps).toEqual([]);
  expect(site.members("engineers")).toEqual(["jo@nova.agency"]);
  expect(site.writes()).toEqual(["PATCH /scim/1/Groups/631"]);
});

describe("a person gets another name", () => {
  it("is called by the parts of it where only these differ, and is called so from then on", async () => {
    const ana = "ana@nova.agency";
    const site = harness({
      organization: organization().person(ana, { givenName: "Ana", familyName: "Maria Berg" }),
      stack: {
        resources: { "amplitude_user.ana": { email: ana, given_name: "Ana Maria", family_name: "Berg" } },
      },
    });
    const { planned, outcomes, after } = await site.apply();
    expect(outcomes).toEqual([
      `rename ${ana}: given name Ana, family name Maria Berg → given name Ana Maria, family name Berg: done`,
    ]);
    expect(after.plan.steps).toEqual([]);
    const redaction = new Redaction();
    redaction.know({ people: [], steps: planned.plan.steps, seed: "" });
    expect(redaction.text(outcomes[0] ?? "")).toBe("rename person-1: (a name) → (another): done");
  });
});
