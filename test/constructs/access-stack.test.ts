import { App, HttpBackend } from "cdktf";
import { AccessStack, Environment, Group, IdpGroup, Project, Role, l1 } from "amplitude-access";
import { only, synthesize, the } from "./synthesis";

describe("the provider block", () => {
  it("says which organization, and its policy", () => {
    const { file } = synthesize((stack) => stack.admins("priya@acme.com", "tom@acme.com"), {
      orgId: "36958",
      region: "eu",
      credentials: "ACME",
      owns: { groups: ["amp-*"], grantsOn: ["Client *"], peopleOf: ["nova.agency"] },
      minimumAdmins: 2,
      breakGlass: ["breakglass@acme.com"],
      operator: "ci@acme.com",
      roleIds: { Steward: "5f1c" },
      projectIds: { Web: 1 },
    });
    expect(file.provider.amplitude).toEqual([
      {
        org_id: "36958",
        region: "eu",
        credentials: "ACME",
        owns_groups: ["amp-*"],
        owns_grants_on: ["Client *"],
        owns_people_of: ["nova.agency"],
        minimum_admins: 2,
        admins: ["priya@acme.com", "tom@acme.com"],
        break_glass: ["breakglass@acme.com"],
        operator: "ci@acme.com",
        role_ids: { Steward: "5f1c" },
        project_ids: { Web: "1" },
      },
    ]);
    expect(file.terraform.required_providers).toEqual({
      amplitude: { source: "amplitude-access/amplitude", version: "~> 0.1" },
    });
  });
});

describe("the file", () => {
  it("has no path of the machine in its backend", () => {
    const { file, text } = synthesize((stack) => new Group(stack, "nova"));
    expect(file.terraform.backend).toEqual({ local: { path: "../../../terraform.acme.tfstate" } });
    expect(text).not.toContain(process.cwd());
  });

  it("keeps the backend that the stack has", () => {
    const { file } = synthesize((stack) => new HttpBackend(stack, { address: "https://state.acme.example" }));
    expect(Object.keys(file.terraform.backend)).toEqual(["http"]);
  });

  it("names the Terraform that it needs", () => {
    expect(synthesize(() => undefined).file.terraform.required_version).toBe(">= 1.11.0");
  });

  it("has what Amplitude never sees in locals.amplitude_access", () => {
    const { file } = synthesize(
      (stack) => {
        Project.named(stack, "Web", { environment: Environment.Production });
        Project.named(stack, "App");
        stack.serviceAccount("Sync@acme.com", { purpose: "cohorts to Braze" });
      },
      { timeZone: "Europe/Berlin" },
    );
    expect(file.locals).toEqual({
      amplitude_access: {
        version: 1,
        time_zone: "Europe/Berlin",
        environments: { Web: "production" },
        service_accounts: { "Sync@acme.com": { purpose: "cohorts to Braze" } },
      },
    });
  });

  it("means what people write, also where Terraform would read a template", () => {
    const result = synthesize((stack) => {
      const project = Project.named(stack, "${project}", { environment: Environment.Staging });
      new Group(stack, "a ${b} %{c} $d", { members: [] }).may(Role.custom("${role}"), project);
      IdpGroup.named(stack, "idp", { maps: { projectRoles: { "${project}": Role.Viewer } } });
    });
    expect(only(result, "amplitude_group")["name"]).toBe("a $${b} %%{c} $d");
    expect(only(result, "amplitude_project_role_assignment")["role"]).toBe("$${role}");
    expect(only(result, "amplitude_idp_group")["maps_project_roles"]).toEqual({ "$${project}": "Viewer" });
    expect(result.file.locals.amplitude_access["environments"]).toEqual({ "$${project}": "staging" });
    expect(Object.values(result.file.data!["amplitude_project"]!)[0]!["name"]).toBe("$${project}");
  });

  it("tells an empty group from one whose members nobody manages", () => {
    const result = synthesize((stack) => [
      new Group(stack, "empty", { members: [] }),
      new Group(stack, "unmanaged"),
    ]);
    expect(the(result, "amplitude_group", "name", "empty")["members"]).toEqual([]);
    expect(the(result, "amplitude_group", "name", "unmanaged")).not.toHaveProperty("members");
  });

  describe("as HCL", () => {
    const hcl = (declare: (stack: AccessStack) => unknown): string => {
      const stack = new AccessStack(new App(), "acme", { orgId: 1, region: "us" });
      declare(stack);
      return stack.toHclTerraform().hcl;
    };

    it("has the resources, the provider block and the Terraform that it needs", () => {
      const text = hcl((stack) => stack.person("jo@nova.agency").may(Project.named(stack, "Web", { id: 7 })));
      expect(text).toContain('resource "amplitude_user" "person_jo-nova-agency_');
      expect(text).toMatch(/project_ids\s*=\s*\{/);
      expect(text).toMatch(/^required_version = ">= 1.11.0"$/m);
      expect(text).not.toMatch(/^\s*\d+ =/m);
    });

    it("says whatever else is overridden in the terraform block", () => {
      const text = hcl((stack) => {
        stack.addOverride("terraform.required_version", "~> 1.12");
        stack.addOverride("terraform.experiments", ["$&"]);
      });
      expect(text).toMatch(/^required_version = "~> 1.12"$/m);
      expect(text).toMatch(/^experiments = \["\$&"\]$/m);
      expect(text).not.toMatch(/^\s*\d+ =/m);
    });

    it("moves what is renamed, which would be deleted otherwise", () => {
      const text = hcl((stack) => new Group(stack, "agency-nova", { previousName: "nova" }));
      expect(text).toMatch(
        /\nmoved \{\nfrom = amplitude_group\.group_nova_\w+\nto = amplitude_group\.group_agency-nova_\w+\n\}$/,
      );
    });
  });
});

describe("a project", () => {
  const grantOn = (props: Parameters<typeof Project.named>[2]) =>
    synthesize((stack) => stack.existing("jo@nova.agency").may(Project.named(stack, "Web", props)));

  it("is looked up by name", () => {
    const result = grantOn({});
    const [name] = Object.keys(result.file.data!["amplitude_project"]!);
    expect(only(result, "amplitude_project_role_assignment")["project_id"]).toBe(
      `\${data.amplitude_project.${name}.id}`,
    );
    expect(result.file.provider.amplitude[0]).not.toHaveProperty("project_ids");
  });

  it("is not looked up where its id is given; both hosts learn its name", () => {
    const result = grantOn({ id: 288501 });
    expect(result.file.data).toBeUndefined();
    expect(only(result, "amplitude_project_role_assignment")["project_id"]).toBe("288501");
    expect(result.file.provider.amplitude[0]["project_ids"]).toEqual({ Web: "288501" });
  });
});

describe("people and groups", () => {
  it("carry what is written about them", () => {
    const result = synthesize((stack) => {
      const web = Project.named(stack, "Web");
      stack
        .person("tyra@nova.agency", {
          givenName: "Tyra",
          familyName: "Olsen",
          rejoins: true,
          engagement: "nova",
        })
        .may(web);
      IdpGroup.named(stack, "pushed", {
        expects: ["marco@nova.agency"],
        maps: { organizationRole: "member", projectRoles: { Web: Role.Viewer } },
      });
      stack.left("ana@nova.agency", {
        on: "2026-11-23",
        ticket: "SEC-311",
        contentTo: "marco@nova.agency",
        contentUntil: "2026-12-01",
      });
    });
    expect(only(result, "amplitude_user")).toMatchObject({
      given_name: "Tyra",
      family_name: "Olsen",
      rejoins: true,
      engagement: "nova",
    });
    expect(only(result, "amplitude_project_role_assignment")).toMatchObject({
      principal_type: "user",
      principal: "tyra@nova.agency",
      engagement: "nova",
    });
    expect(only(result, "amplitude_idp_group")).toMatchObject({
      expected_members: ["marco@nova.agency"],
      maps_organization_role: "member",
      maps_project_roles: { Web: "Viewer" },
    });
    expect(only(result, "amplitude_leaver")).toMatchObject({
      left_on: "2026-11-23",
      ticket: "SEC-311",
      content_to: "marco@nova.agency",
      content_until: "2026-12-02T00:00:00Z",
    });
  });

  it("let what the constructs do not say be said through the generated classes", () => {
    const result = synthesize((stack) => {
      const group = new Group(stack, "nova", { members: [] });
      group.resource.addOverride("engagement", "nova");
      new l1.DataAmplitudeRole(stack, "steward", { name: "Data steward" });
    });
    expect(only(result, "amplitude_group")["engagement"]).toBe("nova");
    expect(Object.keys(result.file.data!["amplitude_role"]!)).toHaveLength(1);
  });
});
