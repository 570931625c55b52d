import {
  Environment,
  Group,
  IdpGroup,
  Project,
  Role,
  type AccessStack,
  type AccessStackProps,
} from "amplitude-access";
import { synthesize } from "./synthesis";

const production = (stack: AccessStack): Project =>
  Project.named(stack, "Production", { environment: Environment.Production });
const staging = (stack: AccessStack): Project =>
  Project.named(stack, "Staging", { environment: Environment.Staging });
const warnings = (declare: (stack: AccessStack) => unknown, props?: Partial<AccessStackProps>): string[] =>
  synthesize(declare, props).annotations.map(
    ({ level, constructPath, message }) => `${level} ${constructPath}: ${message}`,
  );

describe("the playbook's over-provisioning mistakes are warnings", () => {
  it.each<[string, (stack: AccessStack) => unknown, RegExp]>([
    [
      "Admin on production",
      (stack) => new Group(stack, "nova", { members: [] }).may(Role.Admin, production(stack)),
      /^@cdktf\/warn acme\/group:nova\/grant:Production: nova is Admin on Production, which is production\. /,
    ],
    [
      "Admin on production and on staging",
      (stack) =>
        new Group(stack, "nova", { members: [] })
          .may(Role.Admin, production(stack))
          .may(Role.Admin, staging(stack)),
      /Admin on Production, which is production, and on Staging as well/,
    ],
    [
      "Admin on production through a mapping",
      (stack) => [
        production(stack),
        IdpGroup.named(stack, "pushed", { maps: { projectRoles: { Production: Role.Admin } } }),
      ],
      /acme\/idp_group:pushed\/Resource: pushed is Admin on Production/,
    ],
    [
      "a service account that manages",
      (stack) => stack.serviceAccount("sync@acme.com", { purpose: "sync" }).may(Role.Manager, staging(stack)),
      /service account sync@acme.com is Manager on Staging\. /,
    ],
    [
      "a service account that manages through its group",
      (stack) => {
        new Group(stack, "bots", { members: ["Sync@acme.com"] }).may(Role.Admin, staging(stack));
        stack.serviceAccount("sync@acme.com", { purpose: "sync" });
      },
      /service account sync@acme.com is Admin on Staging through bots\. /,
    ],
    [
      "administrators of the organization by mapping",
      (stack) => IdpGroup.named(stack, "pushed", { maps: { organizationRole: "admin" } }),
      /Everybody in pushed becomes admin of the organization/,
    ],
    [
      "a role on every project",
      (stack) =>
        ["A", "B", "C"].reduce(
          (group, name) => group.may(Project.named(stack, name)),
          new Group(stack, "nova", { members: [] }),
        ),
      /nova has a role on every project of this stack \(3\)/,
    ],
  ])("%s", (_mistake, declare, message) => {
    expect(warnings(declare)).toEqual([expect.stringMatching(message)]);
  });

  it("a collaborator who administers the organization", () => {
    expect(
      warnings((stack) => stack.admins("tom@acme.com", "jo@Nova.agency"), {
        owns: { peopleOf: ["nova.agency"] },
      }),
    ).toEqual([
      expect.stringMatching(/^@cdktf\/warn acme: jo@Nova.agency of nova.agency administers the organization/),
    ]);
  });

  it.each<[string, (stack: AccessStack) => unknown]>([
    [
      "Admin on staging and Member on production",
      (stack) =>
        new Group(stack, "nova", { members: [] }).may(Role.Admin, staging(stack)).may(production(stack)),
    ],
    [
      "both of two projects",
      (stack) => stack.person("jo@nova.agency").may(staging(stack)).may(production(stack)),
    ],
    [
      "a custom role on production, which nobody can judge",
      (stack) => new Group(stack, "nova").may(Role.custom("Steward"), production(stack)),
    ],
    [
      "a service account that reads",
      (stack) =>
        stack.serviceAccount("sync@acme.com", { purpose: "sync" }).may(Role.Viewer, production(stack)),
    ],
    [
      "a mapping that makes members",
      (stack) => IdpGroup.named(stack, "pushed", { maps: { organizationRole: "member" } }),
    ],
  ])("but not %s", (_what, declare) => expect(warnings(declare)).toEqual([]));

  it("carry no path of the machine into the manifest", () => {
    const { manifest } = synthesize((stack) => new Group(stack, "nova").may(Role.Admin, production(stack)));
    expect(manifest).toContain("is Admin on Production");
    expect(manifest).not.toContain(process.cwd());
  });
});

describe("a role", () => {
  it("is Member where none is said", () => {
    const { file } = synthesize((stack) => stack.person("jo@nova.agency").may(staging(stack)));
    expect(Object.values(file.resource!["amplitude_project_role_assignment"]!)).toEqual([
      expect.objectContaining({ role: "Member" }),
    ]);
  });

  it("can be one that somebody made", () => {
    const { file } = synthesize((stack) =>
      stack.existing("jo@nova.agency").may(Role.custom("Data steward"), staging(stack)),
    );
    expect(Object.values(file.resource!["amplitude_project_role_assignment"]!)).toEqual([
      expect.objectContaining({ role: "Data steward" }),
    ]);
  });
});

describe("names that a reader cannot tell apart", () => {
  it.each<[string, (stack: AccessStack) => unknown, RegExp]>([
    [
      "two groups of one look",
      (stack) => [new Group(stack, "analysts"), new Group(stack, "\u0430nalysts")],
      /^@cdktf\/warn acme: The names .*look alike/m,
    ],
    [
      "a project that mixes alphabets",
      (stack) => Project.named(stack, "Pr\u043eduction"),
      /mixes Latin and Cyrillic/,
    ],
  ])("get a remark at synth: %s", (_, declare, says) => {
    expect(warnings(declare).join("\n")).toMatch(says);
  });

  it.each<[string, (stack: AccessStack) => unknown, string]>([
    ["a group", (stack) => new Group(stack, "eng "), "acme/group:eng "],
    ["a group of the identity provider", (stack) => IdpGroup.named(stack, " eng"), "acme/idp_group: eng"],
    ["an earlier name", (stack) => new Group(stack, "eng", { previousName: "old " }), "acme/group:eng"],
    ["a project", (stack) => new Project(stack, "Web "), "acme/project:Web "],
    ["a role", () => Role.custom("Analyst "), "Analyst "],
  ])("%s with an outer blank is refused with its path", (_, declare, path) => {
    const attempt = (): unknown => synthesize(declare);
    expect(attempt).toThrow("begins or ends with a blank");
    expect(attempt).toThrow(path);
  });
});
