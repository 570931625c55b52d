import { parse } from "yaml";
import { driftItems } from "../../src/drift";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

/** What drift says would adopt what somebody changed, as YAML. */
async function adoption(changes: readonly Readonly<Record<string, unknown>>[]): Promise<string[]> {
  const site = harness({
    organization: organization()
      .people("jo@nova.agency", "ana@nova.agency", "kim@else.example")
      .group("agency-nova", ["jo@nova.agency"])
      .group("others", ["kim@else.example"])
      .project("Client Web")
      .grant("others", "Client Web", "Viewer"),
    stack: {
      resources: {
        "amplitude_group.nova": { name: "agency-nova", members: ["jo@nova.agency"] },
        "amplitude_project_role_assignment.jo": {
          principal_type: "user",
          principal: "jo@nova.agency",
          project_id: "501",
          role: "Member",
        },
      },
    },
  });
  await site.apply();
  for (const change of changes) await site.ui(change);
  const { before, steps } = await site.plan();
  const items = driftItems(await site.drift(), steps, before, { alerts: [], findings: [], adoptAs: "yaml" });
  return items.flatMap(({ adopt }) => adopt);
}

describe("adopting in an engagement's file", () => {
  it("somebody was put into a group, and a role was changed: what is live, as the file writes it", async () => {
    const lines = await adoption([
      { type: "add_member", group: "agency-nova", email: "ana@nova.agency" },
      { type: "revoke", person: "jo@nova.agency", project: "Client Web" },
      { type: "grant", person: "jo@nova.agency", project: "Client Web", role: "Manager" },
    ]);
    expect(lines.filter((line) => !line.startsWith("#")).map((line) => parse(line) as unknown)).toEqual(
      expect.arrayContaining([
        { groups: { "agency-nova": { members: ["ana@nova.agency", "jo@nova.agency"] } } },
        { people: { "jo@nova.agency": { may: { clientWeb: "manager" } } } },
        { people: { "kim@else.example": {} } },
        { groups: { others: { members: ["kim@else.example"] } } },
      ]),
    );
  });

  it("what was taken away, and what no file can say, is a comment", async () => {
    const lines = await adoption([{ type: "revoke", person: "jo@nova.agency", project: "Client Web" }]);
    expect(lines).toContain("# Take out what gives jo@nova.agency a role on clientWeb.");
    expect(lines).toContain("{ groups: { others: { may: { clientWeb: viewer } } } }");
  });
});
