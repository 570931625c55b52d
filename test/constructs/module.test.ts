import {
  dataGovernors,
  Engagement,
  Environment,
  Experiment,
  Govern,
  Group,
  IdpGroup,
  Project,
  Role,
  type AccessStack,
} from "amplitude-access";
import { FACTS } from "./nova";
import { only, synthesize } from "./synthesis";

const MODULE = "amplitude_module_grant";
const refused = (declare: (stack: AccessStack) => unknown) => () => synthesize(declare);

describe("a module", () => {
  it("is granted to whoever is a principal, with the engagement and until its own end", () => {
    const result = synthesize((stack) => {
      const nova = new Engagement(stack, "nova", FACTS);
      const group = nova.group(new Group(stack, "crew", { members: ["jo@nova.agency"] }));
      group.module(Experiment.Analyst, Project.named(stack, "Web", { id: 501 }), {
        until: "2027-01-15",
        because: "SOW-2231, section 3",
      });
    });
    const { address, ...block } = only(result, MODULE);
    expect(block).toMatchObject({
      principal_type: "group",
      principal: expect.stringMatching(/^\$\{amplitude_group\.group_crew_\w+\.id\}$/) as string,
      project_id: "501",
      module: "experiment_analyst",
      expires_at: "2027-01-16T00:00:00Z",
      engagement: "nova",
    });
    expect(result.file.locals.amplitude_access["reasons"]).toEqual({ [address]: "SOW-2231, section 3" });
  });

  it("ends with the engagement that its principal joins later, and waits for the person", () => {
    const result = synthesize((stack) => {
      const nova = new Engagement(stack, "nova", FACTS);
      const web = Project.named(stack, "Web", { id: 501 });
      nova.group(IdpGroup.named(stack, "crew").module(Govern.Consumer, web));
      nova.person("jo@nova.agency").module(Govern.DataManager, web);
      nova.serviceAccount("sync@acme.com", { purpose: "sync" }).module(Experiment.Admin, web);
      stack.existing("lena@acme.com").module(Govern.Consumer, web);
    });
    const blocks = Object.values(result.file.resource?.[MODULE] ?? {});
    expect(
      blocks.map(({ module, expires_at: end }) => [module, end].filter(Boolean).join(" ")).sort(),
    ).toEqual([
      "experiment_admin 2027-04-01T00:00:00Z",
      "govern_consumer",
      "govern_consumer 2027-04-01T00:00:00Z",
      "govern_data_manager 2027-04-01T00:00:00Z",
    ]);
    const jo = blocks.find(({ principal }) => principal === "jo@nova.agency");
    expect(jo?.["depends_on"]).toEqual([expect.stringMatching(/^amplitude_user\./)]);
  });

  it.each<[string, (stack: AccessStack) => unknown, RegExp]>([
    [
      "twice",
      (stack) => {
        const web = Project.named(stack, "Web");
        new Group(stack, "g").module(Govern.Consumer, web).module(Govern.Consumer, web);
      },
      /Cannot declare the module "Govern Consumer of g on Web".*is declared at/,
    ],
    [
      "on a project without the add-on",
      (stack) =>
        new Group(stack, "g").module(Experiment.Admin, new Project(stack, "Web", { addOns: ["govern"] })),
      /the project "Web" does not have the add-on experiment\. Add it to the project's `addOns`/,
    ],
    [
      "after the add-on ends",
      (stack) =>
        new Group(stack, "g").module(
          Govern.Consumer,
          new Project(stack, "Web", { addOns: ["govern"], addOnUntil: { govern: "2027-01-01" } }),
          { until: "2027-02-01" },
        ),
      /it ends 2027-02-02T00:00:00Z, after the add-on govern of its project, which ends 2027-01-02T00:00:00Z/,
    ],
    [
      "after the engagement ends",
      (stack) =>
        new Engagement(stack, "nova", FACTS)
          .group(new Group(stack, "g"))
          .module(Govern.Consumer, Project.named(stack, "Web"), { until: "2028-01-01" }),
      /after its engagement "nova"/,
    ],
  ])("is refused %s", (_, declare, message) => {
    expect(refused(declare)).toThrow(message);
  });

  it("is what makes data governors", () => {
    const result = synthesize((stack) => dataGovernors(new Group(stack, "g"), Project.named(stack, "Web")));
    expect(only(result, MODULE)).toMatchObject({ module: "govern_data_manager" });
  });
});

describe("a project that the stack makes", () => {
  it("has an environment and add-ons with ends, and can be granted on", () => {
    const result = synthesize((stack) => {
      const sandbox = new Project(stack, "Sandbox", {
        environment: Environment.Staging,
        addOns: ["govern", "experiment"],
        addOnUntil: { experiment: "2027-01-15" },
      });
      new Group(stack, "g").may(Role.Admin, sandbox).module(Experiment.Admin, sandbox);
    });
    const { address, ...project } = only(result, "amplitude_project");
    expect(project).toMatchObject({
      name: "Sandbox",
      environment: "staging",
      add_ons: ["govern", "experiment"],
      add_on_expires_at: { experiment: "2027-01-16T00:00:00Z" },
    });
    expect(only(result, "amplitude_project_role_assignment")["project_id"]).toBe(`\${${address}.id}`);
    expect(only(result, MODULE)["expires_at"]).toBe("2027-01-16T00:00:00Z");
    expect(result.file.locals.amplitude_access["environments"]).toEqual({ Sandbox: "staging" });
  });

  it("keeps its address, its grants' and its modules' when it is renamed", () => {
    const named = (name: string, previousName?: string) =>
      synthesize((stack) => {
        const project = new Project(stack, name, previousName === undefined ? {} : { previousName });
        new Group(stack, "g").may(Role.Viewer, project).module(Govern.Consumer, project);
      });
    const addresses = (result: ReturnType<typeof named>): string[] =>
      ["amplitude_project", "amplitude_project_role_assignment", MODULE].map(
        (type) => only(result, type).address,
      );
    const [before, after] = [named("Sandbox"), named("Playground", "Sandbox")];
    const moves = after.file.moved ?? [];
    expect(moves.map(({ from }) => from).sort()).toEqual(addresses(before).sort());
    expect(moves.map(({ to }) => to).sort()).toEqual(addresses(after).sort());
  });

  it.each<[string, (stack: AccessStack) => unknown, RegExp]>([
    [
      "also named",
      (stack) => [Project.named(stack, "Web"), new Project(stack, "Web")],
      /the project "Web".*the stack names that project already/,
    ],
    [
      "with an end of an add-on that is not switched on",
      (stack) => new Project(stack, "Web", { addOns: ["govern"], addOnUntil: { experiment: "2027-01-15" } }),
      /experiment has an end and is not in `addOns`/,
    ],
    [
      "with an end without an offset",
      (stack) =>
        new Project(stack, "Web", { addOns: ["govern"], addOnUntil: { govern: "2027-01-15T10:00" } }),
      /its end of govern is wrong/,
    ],
  ])("is refused %s", (_, declare, message) => {
    expect(refused(declare)).toThrow(message);
  });
});
