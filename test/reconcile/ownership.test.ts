import { harness } from "../support/harness";
import { organization } from "../support/organization";

const live = () =>
  organization()
    .people("jo@nova.agency", "sub@sub.nova.agency", "kim@acme.com")
    .group("agency-nova", ["jo@nova.agency"])
    .group("staff", ["kim@acme.com"])
    .project("Client Web", "Internal")
    .grant("agency-nova", "Client Web", "Member")
    .grant("agency-nova", "Internal", "Member")
    .grant("staff", "Client Web", "Member")
    .grant("jo@nova.agency", "Client Web", "Manager")
    .grant("kim@acme.com", "Client Web", "Manager");
const onWeb = (principal: string) => ({
  principal_type: principal.includes("@") ? "user" : "group",
  principal,
  project_id: "501",
  role: "Member",
});

describe("patterns say what nobody declares and is ours all the same", () => {
  it.each([
    ["nothing without patterns", {}, []],
    ["nothing by projects alone", { owns_grants_on: ["Client *"] }, []],
    ["nothing by groups alone", { owns_groups: ["agency-*"] }, []],
    [
      "grants of matching groups on matching projects",
      { owns_grants_on: ["Client *"], owns_groups: ["agency-*"] },
      ["agency-nova loses Member on Client Web"],
    ],
    [
      "grants of people of a domain on matching projects, and the people",
      { owns_grants_on: ["Client *"], owns_people_of: ["NOVA.agency"] },
      ["jo@nova.agency loses Manager on Client Web", "remove jo@nova.agency from the organization"],
    ],
    [
      "people of a domain, not of one below it",
      { owns_people_of: ["nova.agency"] },
      ["remove jo@nova.agency from the organization"],
    ],
    ["nothing where case differs", { owns_grants_on: ["client *"], owns_groups: ["agency-*"] }, []],
  ])("%s", async (_, provider, expected) => {
    const site = harness({ organization: live(), stack: { provider } });
    const { plan } = await site.plan();
    expect(plan.steps.filter(({ actor }) => actor !== "record").map(({ text }) => text)).toEqual(expected);
  });

  it("never deletes a group", async () => {
    const provider = { owns_grants_on: ["*"], owns_groups: ["*"], owns_people_of: ["nova.agency"] };
    const site = harness({ organization: live(), stack: { provider } });
    await site.apply();
    expect(site.emulator.state().groups.map(({ name }) => name)).toEqual(["agency-nova", "staff"]);
    expect((await site.plan()).plan.steps).toEqual([]);
  });

  it("leaves what is declared", async () => {
    const site = harness({
      organization: live(),
      stack: {
        provider: { owns_grants_on: ["Client *"], owns_groups: ["agency-*"] },
        resources: { "amplitude_project_role_assignment.nova": onWeb("601") },
      },
    });
    await site.apply();
    expect(site.writes()).toEqual([]);
  });

  it.each([
    [
      "a member of a group",
      { "amplitude_group.nova": { name: "agency-nova", members: ["Jo@nova.agency"] } },
      {},
    ],
    [
      "a single member",
      { "amplitude_group_membership.jo": { group_id: "601", email: "jo@nova.agency" } },
      {},
    ],
    ["a principal", { "amplitude_project_role_assignment.jo": onWeb("jo@nova.agency") }, {}],
    [
      "an expected member",
      { "amplitude_idp_group.x": { name: "x", expected_members: ["jo@nova.agency"] } },
      {},
    ],
    ["an administrator", {}, { admins: ["jo@nova.agency"] }],
    ["a break-glass account", {}, { break_glass: ["JO@nova.agency"] }],
    ["the operator", {}, { operator: "jo@nova.agency" }],
  ])("never removes somebody whom a line names: %s", async (_, resources, provider) => {
    const site = harness({
      organization: live(),
      stack: { provider: { owns_people_of: ["nova.agency"], ...provider }, resources },
    });
    await site.apply();
    expect(site.people()).toContain("jo@nova.agency");
  });

  it("never removes somebody whom a group of the identity provider holds", async () => {
    const site = harness({
      organization: live().idpGroup("amp-x", ["jo@nova.agency"]),
      stack: {
        provider: { owns_people_of: ["nova.agency"] },
        resources: { "amplitude_idp_group.x": { name: "amp-x" } },
      },
    });
    await site.apply();
    expect(site.people()).toContain("jo@nova.agency");
  });

  it("never owns a grant on a project whose name is not known", async () => {
    const site = harness({
      organization: live(),
      stack: { provider: { owns_grants_on: ["*"], owns_groups: ["*"] } },
      without: ["developer"],
    });
    await site.apply();
    expect(site.grants()).toContain("agency-nova Client Web: Member");
  });

  it("drift tells a grant that a pattern takes once, and beside it what nobody takes", async () => {
    const site = harness({ organization: live() });
    expect((await site.drift()).unmanaged.grants).toEqual(
      expect.arrayContaining(["agency-nova on Client Web: Member"]),
    );
    site.stack({ provider: { owns_grants_on: ["Client *"], owns_groups: ["agency-*"] } });
    const { unmanaged, outside } = await site.drift();
    expect(unmanaged.grants).not.toContain("agency-nova on Client Web: Member");
    expect(outside.map(({ step }) => step.text)).toEqual(["agency-nova loses Member on Client Web"]);
    await site.apply();
    expect(site.grants()).not.toContain("agency-nova Client Web: Member");
  });

  it("a wider pattern is a line of the plan even where it takes nothing yet", async () => {
    const site = harness({
      organization: organization(),
      stack: { provider: { owns_groups: ["agency-*"] } },
    });
    await site.apply();
    site.stack({ provider: { owns_groups: ["agency-*", "client-*"] } });
    const { plan } = await site.plan();
    expect(plan.steps.map(({ text }) => text)).toEqual([
      'policy: ownsGroups ["agency-*"] → ["agency-*","client-*"]',
    ]);
  });
});

describe("what was let go", () => {
  it("is not taken by a pattern in the same breath", async () => {
    const provider = { owns_people_of: ["nova.agency"] };
    const site = harness({
      organization: organization(),
      stack: { provider, resources: { "amplitude_user.jo": { email: "jo@nova.agency" } } },
    });
    await site.apply();
    site.stack({ provider, released: ["amplitude_user.jo"] });
    await site.apply();
    expect(site.people()).toContain("jo@nova.agency");
  });
});
