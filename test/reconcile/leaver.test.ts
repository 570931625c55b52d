import { DiagnosticError } from "../../src/schema";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

const leaver = (more: Record<string, unknown> = {}) => ({
  "amplitude_leaver.ana": { email: "ana@nova.agency", left_on: "2026-11-20", ticket: "SEC-311", ...more },
});
const live = () =>
  organization()
    .group("nova", ["Ana@Nova.agency", "leo@nova.agency"])
    .project("Web", "App")
    .grant("ana@nova.agency", "Web", "Manager")
    .grant("nova", "App", "Member");

describe("somebody leaves", () => {
  it("loses memberships, then grants, then the place in the organization, and stays gone", async () => {
    const site = harness({ organization: live(), stack: { resources: leaver() } });
    const { outcomes, after } = await site.apply();
    expect(outcomes).toEqual([
      "nova loses ana@nova.agency: done",
      "ana@nova.agency loses Manager on Web: done",
      "remove ana@nova.agency from the organization: done",
    ]);
    expect(site.people()).not.toContain("Ana@Nova.agency");
    expect(site.grants()).toEqual(["nova App: Member"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("loses modules and the role in the organization too, where an API shows them, although the person waits", async () => {
    const seed = {
      ...live()
        .switches({ management: "served" })
        .person("ana@nova.agency", { organizationRole: "manager" })
        .seed(),
      modules: [
        {
          principalType: "user" as const,
          principal: "ana@nova.agency",
          project: 501,
          module: "experiment_admin" as const,
        },
      ],
    };
    const waits = { content_to: "leo@nova.agency", content_until: "2026-12-24" };
    const site = harness({
      organization: {
        ...seed,
        projects: [
          { id: 501, name: "Web", addOns: ["experiment"] },
          { id: 502, name: "App" },
        ],
      },
      stack: { resources: leaver(waits) },
    });
    const { outcomes, after } = await site.apply();
    expect(outcomes.toSorted()).toEqual([
      "ana@nova.agency loses Manager on Web: done",
      "ana@nova.agency loses experiment admin on Web: done",
      "ana@nova.agency's charts and dashboards to leo@nova.agency: by hand",
      "ana@nova.agency: organization role manager → no_access: done",
      "nova loses ana@nova.agency: done",
      "remove ana@nova.agency from the organization: later",
    ]);
    const { modules, people } = site.emulator.state();
    expect(modules).toEqual([]);
    expect(people.find(({ email }) => email === "ana@nova.agency")?.organizationRole).toBe("no_access");
    expect(after.plan.steps.map(({ actor }) => actor)).toEqual(["hand", "write", "record"]);
    await site.advance(40 * 24 * 60 * 60);
    expect((await site.apply()).outcomes).toEqual(["remove ana@nova.agency from the organization: done"]);
    expect((await site.plan()).plan.steps).toEqual([]);
  });

  it("does not get the default role back where the line of their role goes with them", async () => {
    const role = { "amplitude_organization_role.ana": { email: "ana@nova.agency", role: "manager" } };
    const site = harness({
      organization: organization()
        .person("ana@nova.agency", { organizationRole: "manager" })
        .switches({ management: "served" }),
      stack: { resources: role },
    });
    await site.apply();
    const { outcomes } = await site.stack({ resources: leaver() }).apply();
    expect(outcomes).toEqual([
      "ana@nova.agency: organization role manager → no_access: done",
      "remove ana@nova.agency from the organization: done",
    ]);
  });

  it("is taken out again when somebody brings them back", async () => {
    const site = harness({ organization: live(), stack: { resources: leaver() } });
    await site.apply();
    await site.ui({ type: "invite", email: "ana@nova.agency" });
    const { outside } = await site.drift();
    expect(outside.map(({ step }) => step.text)).toEqual(["remove ana@nova.agency from the organization"]);
    const { after } = await site.apply();
    expect(site.people()).not.toContain("ana@nova.agency");
    expect(after.plan.steps).toEqual([]);
  });

  it("leaves an undeclared group's other members alone", async () => {
    const site = harness({ organization: live(), stack: { resources: leaver() } });
    await site.apply();
    expect(site.members("nova")).toEqual(["leo@nova.agency"]);
  });

  it.each([
    ["as a member", { "amplitude_group.nova": { name: "nova", members: ["ANA@nova.agency"] } }],
    ["as a person", { "amplitude_user.ana": { email: "ana@Nova.agency" } }],
    [
      "with a grant",
      {
        "amplitude_project_role_assignment.ana": {
          principal_type: "user",
          principal: "ana@nova.agency",
          project_id: "501",
          role: "Viewer",
        },
      },
    ],
    [
      "in a group of the identity provider",
      { "amplitude_idp_group.x": { name: "x", expected_members: ["ana@nova.agency"] } },
    ],
  ])("cannot be named elsewhere: %s", async (_, resources) => {
    const site = harness({ organization: live(), stack: { resources: { ...leaver(), ...resources } } });
    await expect(site.plan()).rejects.toThrow(DiagnosticError);
    await expect(site.plan()).rejects.toThrow(/has left/);
  });

  it.each([
    ["operator", { operator: "ana@nova.agency" }],
    ["break-glass account", { break_glass: ["ana@nova.agency"] }],
  ])("is not the %s, who must never lose administration", async (_, provider) => {
    const site = harness({ organization: live(), stack: { provider, resources: leaver() } });
    const applied = site.apply();
    await applied.catch(() => undefined);
    expect(site.people()).toContain("Ana@Nova.agency");
    expect(site.writes()).toEqual([]);
  });

  it("is refused where fewer administrators than the minimum would be left", async () => {
    const site = harness({
      organization: live(),
      stack: {
        provider: { admins: ["tom@acme.com", "priya@acme.com"], minimum_admins: 2 },
        resources: { "amplitude_leaver.priya": { email: "priya@acme.com", left_on: "2026-11-20" } },
      },
    });
    const applied = site.apply();
    await applied.catch(() => undefined);
    expect(site.people()).toContain("priya@acme.com");
  });
});

describe("somebody leaves behind content", () => {
  const withContent = leaver({ content_to: "leo@nova.agency", content_until: "2026-12-01" });

  it("loses all access at once; the removal waits until the date", async () => {
    const site = harness({ organization: live(), stack: { resources: withContent } });
    const { outcomes } = await site.apply();
    expect(outcomes).toEqual([
      "nova loses ana@nova.agency: done",
      "ana@nova.agency loses Manager on Web: done",
      "ana@nova.agency's charts and dashboards to leo@nova.agency: by hand",
      "remove ana@nova.agency from the organization: later",
    ]);
    expect(site.people()).toContain("Ana@Nova.agency");
  });

  it("goes when the date is over, whatever became of the content", async () => {
    const site = harness({ organization: live(), stack: { resources: withContent } });
    await site.apply();
    await site.advance(9 * 24 * 60 * 60);
    const { outcomes, after } = await site.apply();
    expect(outcomes).toEqual(["remove ana@nova.agency from the organization: done"]);
    expect(after.plan.steps).toEqual([]);
  });

  it.each([
    ["whose own line is replaced by that of a leaver", "ana@nova.agency", {}],
    ["whose address is spelled otherwise in Amplitude", "Ana@Nova.agency", {}],
    ["whose domain a pattern owns", "ana@nova.agency", { owns_people_of: ["nova.agency"] }],
    [
      "whose domain a pattern owns, spelled otherwise",
      "Ana@Nova.agency",
      { owns_people_of: ["nova.agency"] },
    ],
  ])("is kept until the date: somebody %s", async (_, spelled, provider) => {
    const site = harness({
      organization: organization().people(spelled, "leo@nova.agency"),
      stack: {
        resources: {
          "amplitude_user.ana": { email: "ana@nova.agency" },
          "amplitude_user.leo": { email: "leo@nova.agency" },
        },
      },
    });
    await site.apply();
    site
      .stack({ provider, resources: { ...withContent, "amplitude_user.leo": { email: "leo@nova.agency" } } })
      .forget();
    await site.apply();
    expect(site.people()).toContain(spelled);
    expect(site.writes()).toEqual([]);
  });
});

describe("somebody leaves who is in a group of the identity provider", () => {
  const stack = {
    resources: {
      ...leaver(),
      "amplitude_idp_group.analysts": { name: "amp-analysts", expected_members: ["priya@acme.com"] },
    },
  };
  const pushed = () => live().idpGroup("amp-analysts", ["priya@acme.com", "ana@nova.agency"]);

  it("loses what is ours to take at once; the person waits for the identity provider", async () => {
    const site = harness({ organization: pushed(), stack });
    const { outcomes } = await site.apply();
    expect(outcomes.map((text) => text.toLowerCase())).toEqual([
      "nova loses ana@nova.agency: done",
      "ana@nova.agency loses manager on web: done",
      "amp-analysts loses ana@nova.agency: waiting",
      "remove ana@nova.agency from the organization: waiting",
    ]);
    expect(site.members("amp-analysts")).toContain("Ana@Nova.agency");
  });

  it("goes once the identity provider has done its part", async () => {
    const site = harness({ organization: pushed(), stack });
    await site.apply();
    await site.idp([{ name: "amp-analysts", members: ["priya@acme.com"] }]);
    await site.sync();
    const { outcomes, after } = await site.apply();
    expect(outcomes).toEqual(["remove ana@nova.agency from the organization: done"]);
    expect(after.plan.steps).toEqual([]);
  });
});
