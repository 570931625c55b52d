import {
  capabilitiesOfProject,
  moduleName,
  moduleNamed,
  modules,
  organizationRoles,
  projectCapabilities,
  projectRoles,
} from "../../src/access";

const label: Record<string, string> = {
  e: "edit_tracking_plans",
  a: "approve_block_events",
  t: "view_tracking_plans",
  x: "create_experiments",
  f: "deploy_feature_flags",
  r: "view_experiment_results",
};

// What a module adds to what a project role holds. Columns: project admin, manager, member, viewer.
// e edit tracking plans, a approve/block events, t view tracking plans; x create experiments, f deploy flags, r view results.
const table = `
govern_data_manager  ea  ea  -  t
govern_consumer      -   -   -  t
experiment_admin     xf  x   -  r
experiment_analyst   -   -   -  r
`;
const columns = ["admin", "manager", "member", "viewer"] as const;
const cells = table
  .trim()
  .split("\n")
  .flatMap((line) => {
    const [name, ...letters] = line.split(/ +/);
    return columns.map((role, column) => ({
      module: moduleNamed(name!)!,
      role,
      adds: Array.from(letters[column]!).flatMap((letter) => label[letter] ?? []),
    }));
  });

describe("what a module opens", () => {
  it("is told of every module in every project role", () => {
    expect(cells).toHaveLength(modules.length * projectRoles.length);
    expect(new Set(cells.map(({ module }) => module))).toEqual(new Set(modules));
  });

  it.each(cells)("$module adds $adds to Project $role", ({ module, role, adds }) => {
    const without = projectCapabilities("member", [role]);
    const added = [...projectCapabilities("member", [role], [module])].filter((id) => !without.has(id));
    expect(added).toEqual(adds);
    for (const id of added) expect(capabilitiesOfProject(role)[id]).toBe("if_granted");
  });

  it.each(cells)("$module in Project $role takes nothing", ({ module, role }) => {
    const held = projectCapabilities("member", [role], [module]);
    for (const id of projectCapabilities("member", [role])) expect(held).toContain(id);
  });

  it("all modules together leave no cell of a project role to be granted", () => {
    for (const role of projectRoles) {
      const held = projectCapabilities(undefined, [role], modules);
      const row = Object.entries(capabilitiesOfProject(role)).filter(([, cell]) => cell !== "no");
      expect(new Set(held)).toEqual(new Set(row.map(([id]) => id)));
    }
  });

  it.each([undefined, ...organizationRoles])(
    "opens nothing without a role on the project: organization role %p",
    (role) => expect(projectCapabilities(role, [], modules)).toBe(projectCapabilities(role, [])),
  );

  it("opens nothing under No Access", () =>
    expect(projectCapabilities("no_access", ["admin"], modules).size).toBe(0));

  it("two ways to the same capabilities are one set object, in the order of the matrix", () => {
    const held = projectCapabilities("member", ["viewer"], ["experiment_analyst", "govern_data_manager"]);
    expect(held).toBe(
      projectCapabilities(
        undefined,
        ["viewer"],
        ["govern_consumer", "experiment_analyst", "govern_consumer"],
      ),
    );
    expect([...held]).toEqual(["view_dashboards_charts", "view_tracking_plans", "view_experiment_results"]);
  });
});

describe("modules by name", () => {
  it.each([
    ["govern_data_manager", "govern_data_manager", "Govern Data Manager"],
    [" Govern Consumer", "govern_consumer", "Govern Consumer"],
    ["EXPERIMENT-ADMIN", "experiment_admin", "Experiment Admin"],
    ["Experiment Analyst", "experiment_analyst", "Experiment Analyst"],
    ["Data Manager", undefined, "Data Manager"],
    ["", undefined, ""],
  ])("%p is %p, shown as %p", (text, module, name) => {
    expect(moduleNamed(text)).toBe(module);
    expect(moduleName(text)).toBe(name);
  });
});
