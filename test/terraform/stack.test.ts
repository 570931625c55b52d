import { AccessStack, Group, IdpGroup, Project, Role } from "amplitude-access";
import { Testing, type App } from "cdktf";
import { synthesizeApp } from "../constructs/synthesis";
import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(240_000);

const seed = organization()
  .people("jo@nova.agency", "leo@nova.agency")
  .project("Web")
  .idpGroup("amp-nova", ["jo@nova.agency"])
  .seed();

function acme(app: App): AccessStack {
  const stack = new AccessStack(app, "acme", { orgId: 7, region: "us", breakGlass: ["tom@acme.com"] });
  const web = Project.named(stack, "Web");
  new Group(stack, "agency-nova", { members: ["jo@nova.agency"] }).may(Role.Member, web);
  stack
    .person("mia@audit.example", { givenName: "Mia", familyName: "Adler", until: "2027-03-31" })
    .may(Role.Viewer, web);
  IdpGroup.named(stack, "amp-nova");
  stack.left("leo@nova.agency", { on: "2026-11-20" });
  return stack;
}

acceptance("a stack of constructs, run by the stock binary", () => {
  let installation: Installation;
  let sites: Workspace[] = [];

  beforeAll(() => {
    installation = new Installation().build();
  });
  afterAll(async () => {
    await Promise.all(sites.map((site) => site.close()));
    installation.remove();
  });

  const open = async (cliConfig?: string): Promise<Workspace> => {
    const site = await Workspace.open({
      installation,
      seed,
      ...(cliConfig === undefined ? {} : { cliConfig }),
    });
    sites = [...sites, site];
    return site;
  };

  it("as it is synthesized: applied, and nothing to do", async () => {
    const site = await open(installation.mirror());
    site.file("cdk.tf.json", synthesizeApp(acme).text);
    await site.expect(0, "init", "-input=false");
    const { text } = await site.apply();
    expect(text).toContain("6 added, 0 changed, 0 destroyed");
    await site.nothingToDo();
    expect(site.emulator.emulator.state().assignments).toHaveLength(2);
  });

  it("as HCL: valid, and the same changes", async () => {
    const site = await open();
    site.file("main.tf", String(Testing.synthHcl(acme(Testing.app()))));
    await site.expect(0, "validate");
    const { text } = await site.changes();
    expect(text).toContain("6 to add, 0 to change, 0 to destroy");
  });

  it("under terraform test, with a provider that is mocked and with the real one", async () => {
    const site = await open();
    site.write(`
resource "amplitude_group" "nova" {
  name    = "agency-nova"
  members = ["jo@nova.agency"]
}
`);
    site.file(
      "access.tftest.hcl",
      `
mock_provider "amplitude" {
  alias = "mocked"
}
run "mocked" {
  providers = { amplitude = amplitude.mocked }
  assert {
    condition     = amplitude_group.nova.id != ""
    error_message = "a mocked group has an id"
  }
}
run "planned" {
  command = plan
  assert {
    condition     = contains(amplitude_group.nova.members, "jo@nova.agency")
    error_message = "jo is planned"
  }
}
`,
    );
    const { text } = await site.expect(0, "test");
    expect(text).toContain("2 passed, 0 failed");
  });
});
