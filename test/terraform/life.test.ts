import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(120_000);

const seed = organization()
  .people("jo@nova.agency", "sam@nova.agency", "ana@nova.agency")
  .project("Web", "Shop")
  .seed();

const stack = `
resource "amplitude_user" "tyra" {
  email       = "Tyra@nova.agency"
  given_name  = "Tyra"
  family_name = "Olsen"
}
resource "amplitude_group" "nova" {
  name                = "agency-nova"
  members             = ["Jo@nova.agency", amplitude_user.tyra.email]
  deletion_protection = false
}
data "amplitude_project" "web" {
  name = "Web"
}
resource "amplitude_project_role_assignment" "nova_web" {
  principal_type = "group"
  principal      = amplitude_group.nova.id
  project_id     = data.amplitude_project.web.id
  role           = "Member"
}
`;

acceptance("the life of a stack", () => {
  let installation: Installation;
  let site: Workspace;

  beforeAll(async () => {
    installation = await new Installation().build();
    site = await Workspace.open({ installation, seed, cliConfig: installation.mirror() });
  });
  afterAll(async () => {
    await site.close();
    installation.remove();
  });

  it("init, validate, plan, apply, nothing to do", async () => {
    site.write(stack);
    await site.expect(0, "init", "-input=false");
    await site.expect(0, "validate");
    await site.changes();
    const { text } = await site.apply();
    expect(text).toContain("3 added, 0 changed, 0 destroyed");
    await site.nothingToDo();
  });
});
