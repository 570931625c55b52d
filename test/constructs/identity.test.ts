import { App } from "cdktf";
import { AccessStack, Group, IdpGroup, Project, Role } from "amplitude-access";
import { only, synthesize } from "./synthesis";

describe("names of blocks", () => {
  const names = (type: string, ...groups: string[]): string[] =>
    Object.keys(
      synthesize((stack) => groups.forEach((name) => new Group(stack, name, { members: [] }))).file
        .resource?.[type] ?? {},
    );

  it.each([
    ["a dot beside an underscore", "a.b", "a_b"],
    ["a dot beside nothing", "a.b", "ab"],
    ["other case", "Analysts", "analysts"],
    ["an accent", "réseau", "reseau"],
    ["nothing that ASCII has", "設計", "設計図"],
    ["a slash, which divides construct paths", "nova/design", "nova-design"],
    ["a blank beside nothing", "nova x", "novax"],
    ["names that are long and differ at their end", `${"x".repeat(200)}1`, `${"x".repeat(200)}2`],
  ])("keep two groups apart: %s", (_situation, one, other) => {
    expect(new Set(names("amplitude_group", one, other)).size).toBe(2);
  });

  it.each(["設計", "1st line", "a/b", "${x}", "Ünïcode ✨", "-"])(
    "are what Terraform takes for a name: %s",
    (name) => {
      expect(names("amplitude_group", name)[0]).toMatch(/^[a-z][a-z0-9_-]*$/);
    },
  );

  it("say what they stand for", () => {
    expect(names("amplitude_group", "Agency Nova")).toEqual([
      expect.stringMatching(/^group_agency-nova_[0-9a-f]{8}$/),
    ]);
  });

  it("depend on nothing but the natural key", () => {
    const alone = only(
      synthesize((stack) => stack.person("tyra@nova.agency")),
      "amplitude_user",
    ).address;
    const among = synthesize((stack) => {
      new Group(stack, "zeta", { members: ["tyra@nova.agency"] });
      stack.person("TYRA@nova.agency", { familyName: "Olsen" });
    });
    expect(only(among, "amplitude_user").address).toBe(alone);
  });

  it("let a group, an IdP group's grant and a project share a name", () => {
    const { file } = synthesize((stack) => {
      const project = Project.named(stack, "nova");
      new Group(stack, "nova", { members: [] }).may(project);
    });
    expect(Object.keys(file.data?.["amplitude_project"] ?? {})).toHaveLength(1);
    expect(Object.keys(file.resource?.["amplitude_group"] ?? {})).toHaveLength(1);
  });
});

describe("declared twice", () => {
  const twice = (declare: (stack: AccessStack) => unknown) => (): unknown => synthesize(declare);

  it.each([
    [
      "a group",
      (stack: AccessStack) => [new Group(stack, "nova"), new Group(stack, "nova")],
      "acme/group:nova",
    ],
    [
      "an IdP group",
      (stack: AccessStack) => [IdpGroup.named(stack, "nova"), IdpGroup.named(stack, "nova")],
      "acme/idp_group:nova",
    ],
    [
      "a project",
      (stack: AccessStack) => [Project.named(stack, "Web"), Project.named(stack, "Web")],
      "acme/project:Web",
    ],
    [
      "a person",
      (stack: AccessStack) => [stack.person("jo@nova.agency"), stack.person("Jo@Nova.agency")],
      "acme/person:jo@nova.agency",
    ],
    [
      "a person who is a service account too",
      (stack: AccessStack) => [
        stack.person("jo@nova.agency"),
        stack.serviceAccount("jo@nova.agency", { purpose: "sync" }),
      ],
      "acme/person:jo@nova.agency",
    ],
    [
      "a person who is said to exist",
      (stack: AccessStack) => [stack.existing("jo@nova.agency"), stack.person("JO@nova.agency")],
      "acme/person:jo@nova.agency",
    ],
    [
      "a leaver",
      (stack: AccessStack) => [
        stack.left("jo@nova.agency", { on: "2026-11-23" }),
        stack.left("JO@nova.agency", { on: "2026-11-24" }),
      ],
      "acme/leaver:jo@nova.agency",
    ],
    [
      "a membership",
      (stack: AccessStack) => new Group(stack, "nova").member("jo@nova.agency").member("JO@nova.agency"),
      "acme/group:nova/member:jo@nova.agency",
    ],
    [
      "a role on one project",
      (stack: AccessStack) => {
        const web = Project.named(stack, "Web");
        return stack.person("jo@nova.agency").may(Role.Viewer, web).may(Role.Admin, web);
      },
      "acme/person:jo@nova.agency/grant:Web",
    ],
  ])("refuses %s and names both places", (_what, declare, firstPath) => {
    expect(twice(declare)).toThrow(
      new RegExp(`Cannot declare .* at acme/.* is declared at ${firstPath}\\b.*Keep one of the two`),
    );
  });

  it("names both construct paths when the scopes differ", () => {
    const app = new App();
    const stack = new AccessStack(app, "acme", { orgId: 1, region: "us" });
    const web = Project.named(stack, "nova");
    const jo = stack.person("jo@nova.agency").may(web);
    new Group(jo, "inner", { members: [] });
    expect(() => new Group(stack, "inner")).toThrow(
      /at acme\/group:inner: .* at acme\/person:jo@nova.agency\/group:inner/,
    );
  });

  it("refuses one name as a group of code and of the identity provider", () => {
    expect(twice((stack) => [IdpGroup.named(stack, "nova"), new Group(stack, "nova")])).toThrow(
      /no two groups share a name/,
    );
  });

  it.each([
    [
      "members",
      (stack: AccessStack) => new Group(stack, "nova", { members: ["jo@nova.agency", "Jo@nova.agency"] }),
    ],
    [
      "expects",
      (stack: AccessStack) =>
        IdpGroup.named(stack, "nova", { expects: ["jo@nova.agency", "JO@nova.agency"] }),
    ],
    ["admins", (stack: AccessStack) => stack.admins("jo@nova.agency").admins("JO@nova.agency")],
  ])("refuses one person twice in %s", (field, declare) => {
    expect(twice(declare)).toThrow(
      new RegExp(`its ${field} has one person twice, as jo@nova.agency and [JoO]+@nova.agency`),
    );
  });

  it("gives back the same reference to somebody who exists", () => {
    synthesize((stack) => expect(stack.existing("jo@nova.agency")).toBe(stack.existing("JO@nova.agency")));
  });

  it("lets two stacks of one app declare the same group", () => {
    const app = new App();
    const group = (name: string): Group =>
      new Group(new AccessStack(app, name, { orgId: 1, region: "us" }), "nova");
    expect(group("one").name).toBe(group("two").name);
  });
});
