import { harness } from "../support/harness";
import { organization } from "../support/organization";

const jo = { "amplitude_user.jo": { email: "jo@nova.agency" } };
const nova = { "amplitude_group.nova": { name: "nova", members: ["jo@nova.agency"] } };
const joOnWeb = {
  "amplitude_project_role_assignment.jo": {
    principal_type: "user",
    principal: "jo@nova.agency",
    project_id: "501",
    role: "Member",
  },
};

describe("a line is deleted", () => {
  it("takes away what it brought in", async () => {
    const site = harness({
      organization: organization().project("Web"),
      stack: { resources: { ...jo, ...joOnWeb } },
    });
    await site.apply();
    site.stack({ resources: jo }).forget();
    const { outcomes, after } = await site.apply();
    expect(outcomes).toEqual(["jo@nova.agency loses Member on Web: done"]);
    expect(site.writes()).toHaveLength(1);
    expect(after.plan.steps).toEqual([]);
  });

  it("changes nothing where the base does not remember it", async () => {
    const site = harness({ organization: organization().group("nova", ["jo@nova.agency"]), stack: {} });
    expect((await site.plan()).plan.steps.filter(({ actor }) => actor === "write")).toEqual([]);
  });

  it("is let go without a write by `removed` with destroy = false", async () => {
    const site = harness({ organization: organization(), stack: { resources: { ...jo, ...nova } } });
    await site.apply();
    site.stack({ resources: jo, released: ["amplitude_group.nova"] }).forget();
    const { after } = await site.apply();
    expect(site.writes()).toEqual([]);
    expect(site.members("nova")).toEqual(["jo@nova.agency"]);
    expect(Object.keys(site.base?.entries ?? {})).toEqual(["acme/amplitude_user.jo"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("is remembered while what it granted cannot be read: not readable is not the same as gone", async () => {
    const settled = harness({
      organization: organization().project("Web"),
      stack: { resources: { ...jo, ...joOnWeb } },
    });
    await settled.apply();
    const blind = harness({
      organization: settled.emulator.state(),
      stack: { resources: jo },
      without: ["user-management"],
    });
    blind.base = settled.base;
    await blind.apply();
    const sighted = harness({ organization: blind.emulator.state(), stack: { resources: jo } });
    sighted.base = blind.base;
    await sighted.apply();
    expect(sighted.grants()).toEqual([]);
  });

  it("never removes somebody whom another line still names, not even for a moment", async () => {
    const site = harness({ organization: organization(), stack: { resources: { ...jo, ...nova } } });
    await site.apply();
    site.stack({ resources: nova }).forget();
    const { after } = await site.apply();
    expect(site.people()).toContain("jo@nova.agency");
    expect(site.writes()).toEqual([]);
    expect(after.plan.steps).toEqual([]);
    expect(site.invitations()).toEqual(["jo@nova.agency"]);
  });

  it("never removes somebody whom a group of the identity provider holds: its sync would bring them back", async () => {
    const idp = {
      "amplitude_idp_group.analysts": { name: "amp-analysts", expected_members: ["jo@nova.agency"] },
    };
    const site = harness({
      organization: organization().idpGroup("amp-analysts", ["jo@nova.agency"]),
      stack: { resources: { ...jo, ...idp } },
    });
    await site.apply();
    site.stack({ resources: idp }).forget();
    await site.apply();
    expect(site.people()).toContain("jo@nova.agency");
  });

  it.each([
    ["operator", { operator: "jo@nova.agency" }],
    ["break-glass account", { break_glass: ["jo@nova.agency"] }],
  ])("never removes the %s", async (_, provider) => {
    const site = harness({ organization: organization(), stack: { provider, resources: jo } });
    await site.apply();
    site.stack({ provider });
    await site.apply().catch(() => undefined);
    expect(site.people()).toContain("jo@nova.agency");
  });
});

describe("an address is given to somebody else", () => {
  it("removes the first person, invites the second, and is settled afterwards", async () => {
    const site = harness({ organization: organization(), stack: { resources: jo } });
    await site.apply();
    site.stack({ resources: { "amplitude_user.jo": { email: "sam@nova.agency" } } }).forget();
    const { outcomes, after } = await site.apply();
    expect(outcomes).toEqual([
      "invite sam@nova.agency: done",
      "remove jo@nova.agency from the organization: done",
    ]);
    expect(after.plan.steps.map(({ text }) => text)).toEqual([]);
  });

  it("still removes the first person in the next run when the first run fails to", async () => {
    const site = harness({ organization: organization(), stack: { resources: jo } });
    await site.apply();
    site.stack({ resources: { "amplitude_user.jo": { email: "sam@nova.agency" } } });
    await site.fault({
      match: { method: "DELETE", path: "/scim/1/Users/*" },
      times: 20,
      fault: { type: "status", status: 403 },
    });
    const { outcomes } = await site.apply();
    expect(outcomes).toContain("remove jo@nova.agency from the organization: failed");
    await site.heal();
    await site.apply();
    expect(site.people()).not.toContain("jo@nova.agency");
  });
});
