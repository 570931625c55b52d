import { harness } from "../support/harness";
import { organization } from "../support/organization";

describe("the role API numbers groups in its own way", () => {
  it("a role for a group that this run makes fails with the reason", async () => {
    const site = harness({
      organization: organization().project("Web").switches({ "user-management-group-ids": "different" }),
      stack: {
        resources: {
          "amplitude_group.g": { name: "eng" },
          "amplitude_project_role_assignment.a": {
            principal_type: "group",
            principal: "${amplitude_group.g.id}",
            project_id: "501",
            role: "Viewer",
          },
        },
      },
    });
    const { results } = await site.apply();
    const [failed] = results.filter(({ outcome }) => outcome === "failed");
    expect(failed?.said).toContain("the role API does not list group");
    expect(failed?.said).toContain("(eng), which SCIM lists");
    expect(failed?.said).toContain("may number groups in its own way");
  });
});
