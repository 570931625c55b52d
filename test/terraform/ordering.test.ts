import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(120_000);

const stack = (before: boolean): string => `
resource "amplitude_group" "new" {
  name                = "new"
  members             = ${before ? '["sam@nova.agency"]' : '["sam@nova.agency", "jo@nova.agency"]'}
  deletion_protection = false
}
resource "amplitude_group" "old" {
  name                = "old"
  members             = ${before ? '["sam@nova.agency", "jo@nova.agency"]' : '["sam@nova.agency"]'}
  deletion_protection = false
}
${
  before
    ? 'resource "amplitude_project_role_assignment" "jo" {\n  principal_type = "user"\n  principal = "jo@nova.agency"\n  project_id = "501"\n  role = "Member"\n}'
    : ""
}
`;

acceptance("what Terraform's graph does not promise (docs/ordering.md)", () => {
  let installation: Installation;
  let site: Workspace;

  beforeAll(async () => {
    installation = new Installation().build();
    site = await Workspace.open({
      installation,
      seed: organization().people("jo@nova.agency", "sam@nova.agency").project("Web").seed(),
    });
    site.write(stack(true));
    await site.apply();
  });
  afterAll(async () => {
    await site.close();
    installation.remove();
  });

  it("the new access fails, and the old one goes all the same: a direct grant and another group", async () => {
    const { groups } = site.emulator.emulator.state();
    const { id } = groups.find(({ name }) => name === "new")!;
    await site.control("POST", "faults", {
      match: { method: "PATCH", path: `/scim/1/Groups/${id}` },
      times: 100,
      fault: { type: "status", status: 400 },
    });
    site.write(stack(false));
    await site.expect(1, "apply", "-auto-approve", "-input=false");
    const after = site.emulator.emulator.state();
    expect(after.assignments).toEqual([]);
    expect(after.groups.filter(({ members }) => members.includes("jo@nova.agency"))).toEqual([]);
  });
});
