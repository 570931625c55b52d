import { DiagnosticError } from "../../src/schema";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

const composed = "ren\u00e9@nova.agency";
const decomposed = "rene\u0301@nova.agency";

describe("the same letters in another form of Unicode", () => {
  it.each([
    ["declared apart, live composed", decomposed, composed],
    ["declared composed, live apart", composed, decomposed],
  ])("a leaver goes, with memberships and roles: %s", async (_, declared, live) => {
    const site = harness({
      organization: organization().group("nova", [live]).project("Web").grant(live, "Web", "Manager"),
      stack: {
        resources: { "amplitude_leaver.rene": { email: declared, left_on: "2026-11-20", ticket: "SEC-1" } },
      },
    });
    const { after } = await site.apply();
    expect(site.members("nova")).toEqual([]);
    expect(site.people()).not.toContain(live);
    expect(site.grants()).toEqual([]);
    expect(after.plan.steps).toEqual([]);
    // One request for each, to the address as Amplitude writes it.
    expect(site.writes()).toHaveLength(3);
    expect(site.writes()).toContain(`DELETE /scim/1/Users/${live}`);
  });

  it.each([
    ["another form", "R\u00e9gion", "Re\u0301gion"],
    ["outer blanks", "Region", " Region\u00a0"],
  ])("a group, a project and a role are found in %s, and nothing changes", async (_, declared, live) => {
    const seed = organization().group(live, ["jo@nova.agency"]).project(live).customRole(live);
    const site = harness({
      organization: seed,
      stack: {
        resources: {
          "amplitude_group.g": { name: declared, members: ["jo@nova.agency"] },
          "amplitude_project_role_assignment.a": {
            principal_type: "group",
            principal: "${amplitude_group.g.id}",
            project_id: "${data.amplitude_project.p.id}",
            role: declared,
          },
        },
        lookups: { "amplitude_project.p": { name: declared } },
      },
    });
    const { plan } = await site.plan();
    expect(plan.steps.filter(({ actor }) => actor === "write").map(({ text }) => text)).toEqual([
      `${declared} gets ${declared} on ${declared}`,
    ]);
    for (const what of ["group", "project", "role"])
      expect(plan.notes).toContain(
        `Amplitude spells the ${what} ${JSON.stringify(declared)} with outer blanks or in another form of Unicode: it is the same one, and nothing needs to change.`,
      );
  });

  it.each([
    ["amplitude_group.x", { name: "eng " }],
    ["amplitude_group.x", { name: "eng", previous_name: " old" }],
    ["amplitude_idp_group.x", { name: "\u00a0amp-eng" }],
    ["amplitude_project.x", { name: "Web " }],
    ["amplitude_api_key.x", { key_type: "organization", label: "sync ", owners: ["jo@nova.agency"] }],
    ["amplitude_user.x", { email: "jo@nova.agency", given_name: "Jo " }],
  ])("%s %j: a declared name with an outer blank is refused at its address", async (address, block) => {
    const site = harness({ organization: organization(), stack: { resources: { [address]: block } } });
    const refused = await site.plan().catch((error: unknown) => error);
    if (!(refused instanceof DiagnosticError)) throw new Error("Nothing was refused.");
    expect(refused.diagnostics.map((one) => [one.address, one.summary])).toContainEqual([
      `acme/${address}`,
      expect.stringContaining("begins or ends with a blank"),
    ]);
  });
});
