import { planFileText } from "../../src/reconcile";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

const nova = { "amplitude_group.nova": { name: "nova", members: ["jo@nova.agency", "sam@nova.agency"] } };
const joOnWeb = (role: string) => ({
  "amplitude_project_role_assignment.jo": {
    principal_type: "user",
    principal: "jo@nova.agency",
    project_id: "501",
    role,
  },
});
const live = () => organization().people("jo@nova.agency", "sam@nova.agency").group("nova").project("Web");

describe("a saved plan is applied", () => {
  it("runs what it holds", async () => {
    const site = harness({ organization: live(), stack: { resources: nova } });
    const approved = planFileText((await site.plan()).plan);
    const { lapsed, after } = await site.apply({ approved });
    expect(lapsed).toEqual([]);
    expect(after.plan.steps).toEqual([]);
  });

  it("leaves out what was already done meanwhile", async () => {
    const site = harness({ organization: live(), stack: { resources: nova } });
    const approved = planFileText((await site.plan()).plan);
    await site.ui({ type: "add_member", group: "nova", email: "jo@nova.agency" });
    const { outcomes, lapsed, after } = await site.apply({ approved });
    expect(outcomes).toEqual(["nova gains sam@nova.agency: done"]);
    expect(lapsed).toEqual([]);
    expect(after.plan.steps).toEqual([]);
  });

  it("does not run steps that nobody approved, and what takes something away waits for them", async () => {
    const viaNova = live().grant("nova", "Web", "Member");
    const site = harness({ organization: viaNova, stack: { resources: joOnWeb("Member") } });
    await site.apply();
    const smaller = { ...nova, "amplitude_group.nova": { name: "nova", members: ["sam@nova.agency"] } };
    site.stack({ resources: smaller });
    const approved = planFileText((await site.plan()).plan);
    site.stack({ resources: nova });
    const { outcomes, lapsed } = await site.apply({ approved });
    expect(outcomes).toEqual(
      [
        "nova gains sam@nova.agency: done",
        "nova gains jo@nova.agency: not approved",
        "jo@nova.agency loses Member on Web: skipped",
      ].sort((a, b) => outcomes.indexOf(a) - outcomes.indexOf(b)),
    );
    expect(lapsed).toContain("nova gains jo@nova.agency: nobody approved this step");
    expect(site.grants()).toEqual(["jo@nova.agency Web: Member", "nova Web: Member"]);
  });

  it("does not run a step whose facts moved, and says from what to what", async () => {
    const site = harness({
      organization: live().grant("jo@nova.agency", "Web", "Viewer"),
      stack: { resources: joOnWeb("Member") },
    });
    const approved = planFileText((await site.plan()).plan);
    await site.ui({ type: "grant", person: "jo@nova.agency", project: "Web", role: "Admin" });
    const { lapsed } = await site.apply({ approved });
    expect(lapsed[0]).toMatch(/from was "Viewer" and is "Admin"/);
    expect(site.grants()).toEqual(["jo@nova.agency Web: Admin"]);
    expect(site.writes()).toEqual([]);
  });

  it("goes on with the same plan after it was stopped between two steps", async () => {
    const site = harness({
      organization: organization().project("Web"),
      stack: {
        resources: {
          "amplitude_user.jo": { email: "jo@nova.agency", expires_at: "2027-03-31" },
          "amplitude_group.nova": { name: "nova", members: ["jo@nova.agency"] },
        },
      },
    });
    const approved = planFileText((await site.plan()).plan);
    await site.apply({ approved, stopAfter: 2 });
    const { after, lapsed } = await site.apply({ approved });
    expect(lapsed).toEqual([]);
    expect(after.plan.steps).toEqual([]);
  });

  it("goes on with the same plan after the identity provider did its part", async () => {
    const site = harness({
      organization: organization().project("Web"),
      stack: {
        resources: {
          "amplitude_idp_group.x": { name: "amp-x", expected_members: ["tom@acme.com"] },
          "amplitude_project_role_assignment.x": {
            principal_type: "group",
            principal: "${amplitude_idp_group.x.id}",
            project_id: "501",
            role: "Member",
          },
        },
      },
    });
    const approved = planFileText((await site.plan()).plan);
    await site.apply({ approved });
    await site.idp([{ name: "amp-x", members: ["tom@acme.com"] }]);
    await site.sync();
    const { lapsed } = await site.apply({ approved });
    expect(lapsed).toEqual([]);
    expect(site.grants()).toEqual(["amp-x Web: Member"]);
  });

  it("can be read back when it grants to a group that is still to be made", async () => {
    const site = harness({
      organization: organization().project("Web"),
      stack: {
        resources: {
          "amplitude_group.new": { name: "new" },
          "amplitude_project_role_assignment.new": {
            principal_type: "group",
            principal: "${amplitude_group.new.id}",
            project_id: "501",
            role: "Member",
          },
        },
      },
    });
    const approved = planFileText((await site.plan()).plan);
    const { after } = await site.apply({ approved });
    expect(site.grants()).toEqual(["new Web: Member"]);
    expect(after.plan.steps).toEqual([]);
  });

  it.each([
    ["edited", (text: string) => text.replace("jo@nova.agency", "eve@nova.agency")],
    ["cut short", (text: string) => text.slice(0, -40)],
  ])("is refused when it was %s", async (_, damage) => {
    const site = harness({ organization: live(), stack: { resources: nova } });
    const approved = damage(planFileText((await site.plan()).plan));
    await expect(site.apply({ approved })).rejects.toThrow(/Cannot use the plan file/);
    expect(site.writes()).toEqual([]);
  });
});
