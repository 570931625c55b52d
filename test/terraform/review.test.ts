import { Workplace } from "../cli/command-line";
import type { PlanView } from "../../src/report";
import { stackFile } from "../support/stack-file";
import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(240_000);

const seed = organization()
  .people("jo@nova.agency", "leo@nova.agency", "ana@nova.agency")
  .project("Web", "Mobile")
  .group("admins", ["ana@nova.agency"])
  .grant("admins", "Web", "Admin")
  .seed();

const before = `
data "amplitude_project" "web" { name = "Web" }
resource "amplitude_group" "nova" {
  name    = "agency-nova"
  members = ["jo@nova.agency", "leo@nova.agency"]
}
resource "amplitude_project_role_assignment" "nova" {
  principal_type = "group"
  principal      = amplitude_group.nova.id
  project_id     = data.amplitude_project.web.id
  role           = "Member"
}
resource "amplitude_project_role_assignment" "ana" {
  principal_type = "user"
  principal      = "ana@nova.agency"
  project_id     = data.amplitude_project.web.id
  role           = "Manager"
}
`;

/** Leo goes, Sam is new, the group may more, Ana's own grant is taken out, another agency arrives by for_each. */
const after = `
data "amplitude_project" "web" { name = "Web" }
resource "amplitude_group" "nova" {
  name    = "agency-nova"
  members = ["jo@nova.agency", "sam@nova.agency"]
}
resource "amplitude_project_role_assignment" "nova" {
  principal_type = "group"
  principal      = amplitude_group.nova.id
  project_id     = data.amplitude_project.web.id
  role           = "Manager"
}
resource "amplitude_group" "agency" {
  for_each = toset(["orbit"])
  name     = "agency-\${each.key}"
  members  = ["ida@orbit.example"]
}
resource "amplitude_project_role_assignment" "agency" {
  for_each       = toset(["orbit"])
  principal_type = "group"
  principal      = amplitude_group.agency[each.key].id
  project_id     = data.amplitude_project.web.id
  role           = "Viewer"
}
`;

acceptance("review --terraform-plan", () => {
  let installation: Installation;
  let site: Workspace;
  const place = new Workplace();

  beforeAll(async () => {
    installation = new Installation().build();
    site = await Workspace.open({ installation, seed });
    site.write(before);
    await site.apply();
    site.write(after);
    await site.expect(0, "plan", "-input=false", "-out=tfplan");
    const { stdout } = await site.expect(0, "show", "-json", "tfplan");
    place.write("plan.json", stdout);
  });
  afterAll(async () => {
    await site.close();
    installation.remove();
    place.remove();
  });

  const review = async (options: string) =>
    await place.run(`review --terraform-plan plan.json ${options}`, {
      env: { AMPLITUDE_BASE_URL: site.emulator.url },
    });
  const changesOf = (out: string): string[] =>
    (JSON.parse(out) as PlanView).people.map(({ email, change, projects }) =>
      [email, change, ...projects.map((project) => `${project.before} → ${project.after}`)].join(" "),
    );

  it("shows who gains and loses what, as the stock binary planned it", async () => {
    const { out, err, exitCode } = await review("--format json");
    expect([err, exitCode]).toEqual(["", 0]);
    expect(changesOf(out)).toEqual([
      "ana@nova.agency loses Manager → no access",
      "leo@nova.agency loses Member → no access",
      "ida@orbit.example joins no access → Viewer",
      "sam@nova.agency joins no access → Manager",
      "jo@nova.agency gains Member → Manager",
    ]);
    const view = JSON.parse(out) as PlanView;
    expect(view.notChecked[0]).toMatch(
      /^the live organization: .* nor whether somebody new is there already/,
    );
    expect(view.policies.outcomes.find(({ rule }) => rule === "too-few-client-admins")?.judged).toBe("not");
    expect(view.read.says).toMatch(/by Terraform 1\.\d+\.\d+, whose state holds 3 resources$/);
  });

  it("judges against the whole organization with a snapshot", async () => {
    place.write("stack.json", stackFile({}));
    const env = {
      AMPLITUDE_BASE_URL: site.emulator.url,
      AMPLITUDE_SCIM_KEY: "scim-us-acme",
      AMPLITUDE_ORG_API_KEY: "org-us-acme",
      AMPLITUDE_ORG_SECRET_KEY: "secret-us-acme",
      AMPLITUDE_TOKEN: "token-us-acme",
      AMPLITUDE_EMULATOR_CLOCK: "1",
    };
    const taken = await place.run("snapshot --config stack.json --out org.snapshot", { env });
    expect(taken.err).toBe("");
    const { out } = await review("--format json --live org.snapshot");
    // Ana keeps Admin by a group that Terraform knows nothing of.
    expect(changesOf(out)[0]).toBe("leo@nova.agency loses Member → no access");
    expect(changesOf(out)).toContain("ana@nova.agency equal Admin → Admin");
    expect((JSON.parse(out) as PlanView).notChecked[0]).toMatch(/^what changed between the snapshot/);
  });

  it("is one comment with a name of its own, and a page", async () => {
    const { out } = await review("--format markdown --name access-eu --report plan.html");
    expect(out).toContain("<!-- amplitude-access:7:access-eu -->");
    expect(out).toContain(
      "| ➖ loses | `leo@nova.agency` | `Web`: **Member → no access** was via group agency-nova |",
    );
    expect(place.read("plan.html")).toContain("leo@nova.agency");
  });
});
