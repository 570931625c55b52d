import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(240_000);

const seed = organization()
  .people("jo@nova.agency", "sam@nova.agency", "ana@nova.agency")
  .group("writers", ["sam@nova.agency"])
  .project("Web", "Shop")
  .seed();

interface Options {
  readonly members?: string;
  readonly project?: string;
  readonly rest?: string;
  readonly label?: string;
}

const stack = ({ members = "", project = "Web", rest = "", label = "nova" }: Options = {}): string => `
resource "amplitude_user" "tyra" {
  email       = "Tyra@nova.agency"
  given_name  = "Tyra"
  family_name = "Olsen"
}
resource "amplitude_group" "${label}" {
  name                = "agency-nova"
  members             = ["Jo@nova.agency", amplitude_user.tyra.email${members}]
  deletion_protection = false
}
data "amplitude_project" "it" {
  name = "${project}"
}
data "amplitude_effective_access" "jo" {
  email      = "jo@nova.agency"
  project_id = data.amplitude_project.it.id
  depends_on = [amplitude_project_role_assignment.it]
}
output "access" {
  value = data.amplitude_effective_access.jo
}
resource "amplitude_project_role_assignment" "it" {
  principal_type = "group"
  principal      = amplitude_group.${label}.id
  project_id     = data.amplitude_project.it.id
  role           = "Member"
}
${rest}`;

acceptance("the life of a stack", () => {
  let installation: Installation;
  let site: Workspace;

  beforeAll(async () => {
    installation = new Installation().build();
    site = await Workspace.open({ installation, seed, cliConfig: installation.mirror() });
  });
  afterAll(async () => {
    await site.close();
    installation.remove();
  });

  const groups = (): Record<string, readonly string[]> =>
    Object.fromEntries(site.emulator.emulator.state().groups.map(({ name, members }) => [name, members]));

  it("begins: init from a mirror, apply, nothing to do", async () => {
    site.write(stack());
    await site.expect(0, "init", "-input=false");
    const { text } = await site.apply();
    expect(text).toContain("3 added, 0 changed, 0 destroyed");
    expect(
      groups()
        ["agency-nova"]?.map((email) => email.toLowerCase())
        .sort(),
    ).toEqual(["jo@nova.agency", "tyra@nova.agency"]);
    await site.nothingToDo();
  });

  it("changes from a saved plan, in place", async () => {
    // How it is started was seen above.
    await site.attach();
    site.write(stack({ members: ', "sam@nova.agency"' }));
    const { text } = await site.changes("-out=saved.bin");
    expect(text).toContain("0 to add, 1 to change, 0 to destroy");
    await site.expect(0, "apply", "saved.bin");
    const { stdout } = await site.expect(0, "output", "-json", "access");
    expect(JSON.parse(stdout)).toMatchObject({ roles: ["Member"], via: ["via group agency-nova"] });
    expect(groups()["agency-nova"]).toHaveLength(3);
    await site.nothingToDo();
  });

  it("replaces what cannot change", async () => {
    site.write(stack({ members: ', "sam@nova.agency"', project: "Shop" }));
    const { text } = await site.apply();
    expect(text).toMatch(/project_id += "501" -> "502" # forces replacement/);
    expect(site.emulator.emulator.state().assignments.map(({ project }) => project)).toEqual([502]);
    await site.nothingToDo();
  });

  it("moves to another name, lets go without deleting, takes over what exists", async () => {
    const rest = `
moved { 
  from = amplitude_group.nova 
  to   = amplitude_group.agency 
}
import { 
  to = amplitude_group.writers 
  id = "writers" 
}
`;
    site.write(stack({ members: ', "sam@nova.agency"', project: "Shop", label: "agency", rest }));
    await site.expect(0, "plan", "-generate-config-out=generated.tf");
    expect(site.read("generated.tf")).toContain('"sam@nova.agency"');
    const { text } = await site.apply();
    expect(text).toContain("1 imported, 0 added, 0 changed, 0 destroyed");
    await site.nothingToDo();
    site.file(
      "generated.tf",
      "removed {\n  from = amplitude_group.writers\n  lifecycle {\n    destroy = false\n  }\n}\n",
    );
    site.write(stack({ members: ', "sam@nova.agency"', project: "Shop", label: "agency" }));
    await site.apply();
    expect(groups()["writers"]).toEqual(["sam@nova.agency"]);
  });

  it("takes over by the command, by id, and lets go of it in the state alone", async () => {
    const declared =
      'resource "amplitude_group" "writers" {\n  name    = "writers"\n  members = ["sam@nova.agency"]\n}\n';
    site.file("generated.tf", declared);
    const { text } = await site.expect(0, "import", "amplitude_group.writers", "601");
    expect(text).toContain("Import successful!");
    await site.nothingToDo();
    await site.expect(0, "state", "rm", "amplitude_group.writers");
    site.file("generated.tf", "");
    expect(groups()["writers"]).toEqual(["sam@nova.agency"]);
  });

  it("reads a state that an older version wrote, and refuses one of a newer version", async () => {
    const state = JSON.parse(site.read("terraform.tfstate")) as {
      serial: number;
      resources: {
        type: string;
        instances: { schema_version: number; attributes: Record<string, unknown> }[];
      }[];
    };
    const versioned = (version: number): string => {
      state.serial += 1;
      for (const { type, instances } of state.resources) {
        if (type !== "amplitude_user") continue;
        for (const instance of instances) {
          instance.schema_version = version;
          instance.attributes["nickname"] = "what there is no more";
        }
      }
      return JSON.stringify(state);
    };
    site.file("terraform.tfstate", versioned(0));
    await site.nothingToDo();
    site.file("terraform.tfstate", versioned(99));
    const { text } = await site.expect(1, "plan");
    expect(text).toMatch(/newer/);
    site.file("terraform.tfstate", versioned(0));
  });

  it("ends: destroy leaves what it did not make", async () => {
    const { text } = await site.expect(0, "destroy", "-auto-approve");
    expect(text).toContain("3 destroyed");
    expect(Object.keys(groups())).toEqual(["writers"]);
    expect(site.emulator.emulator.state().assignments).toEqual([]);
  });
});
