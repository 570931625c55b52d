import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(240_000);

const seed = organization().people("jo@nova.agency").project("Web").seed();

const project = `
resource "amplitude_project" "sandbox" {
  name                = "Client Sandbox"
  environment         = "staging"
  deletion_protection = false
}
`;
const byHand = 'unsupported = "by-hand"';

acceptance("what no API does under the credentials given", () => {
  let installation: Installation;
  let site: Workspace;

  beforeAll(async () => {
    installation = new Installation().build();
    site = await Workspace.open({ installation, seed });
  });
  afterAll(async () => {
    await site.close();
    installation.remove();
  });

  it("is kept as a task where the block says so, never as done", async () => {
    site.write(project, byHand);
    const { text } = await site.apply();
    expect(text).toMatch(/verified += false/);
    expect(text).toContain("amplitude_project is to be done by hand");
    await site.nothingToDo();
    expect(site.emulator.emulator.state().projects.map(({ name }) => name)).toEqual(["Web"]);
  });

  it("is deleted by a person, who says so with a removed block", async () => {
    site.write("", byHand);
    const { text } = await site.expect(1, "plan");
    expect(text).toContain("Client Sandbox > Archive");
    site.write(
      "removed {\n  from = amplitude_project.sandbox\n  lifecycle {\n    destroy = false\n  }\n}",
      byHand,
    );
    expect((await site.apply()).text).toContain("0 added, 0 changed, 0 destroyed");
  });

  it("a credential of the block stands for the variable, and is in no output", async () => {
    site.write(
      'variable "key" {\n  sensitive = true\n}\nresource "amplitude_user" "tyra" {\n  email = "tyra@nova.agency"\n}',
      "scim_key = var.key",
    );
    const { code, text, stderr } = await site.run(["plan", "-detailed-exitcode"], {
      AMPLITUDE_SCIM_KEY: undefined,
      TF_VAR_key: "scim-us-acme",
      TF_LOG: "TRACE",
    });
    expect(code).toBe(2);
    expect(text).toContain("1 to add");
    expect(stderr).not.toContain("scim-us-acme");
  });
});
