import {
  capabilities,
  capabilitiesOf,
  capabilitiesOfProject,
  capabilityLabel,
  capabilitySections,
  organizationCapabilities,
  projectCapabilities,
  projectRoles,
  type CapabilityId,
  type Cell,
} from "../../src/access";

// The playbook's matrix as read for this test. y yes, - no, g if granted, l limited.
// Columns: organization owner, admin, manager, member; project admin, manager, member, viewer.
const matrix = `
# Organization Management
y - - -  - - - -  Manage billing and subscription
y y - -  - - - -  Configure SSO/SCIM
y y - -  - - - -  Create/delete projects
y y l -  - - - -  Add/remove org members
y y - -  - - - -  View all projects
# Project Settings
- - - -  y - - -  Modify project settings
- - - -  y - - -  Manage project team
- - - -  y - - -  Configure integrations
- - - -  y - - -  Set up destinations
y y - -  y - - -  Delete project
# Data and Analysis
y y g g  y y y y  View dashboards/charts
y y g g  y y y -  Create personal charts
y y g g  y y - -  Create shared content
y y g g  y y y -  Build cohorts
y y g g  y y y -  Export data
# Govern (if enabled)
- - - -  g g - -  Edit tracking plans
- - - -  g g - -  Approve/block events
y y g g  y y y g  View tracking plans
# Experiment (if enabled)
- - - -  g g - -  Create experiments
- - - -  g - - -  Deploy feature flags
y y g g  y y y g  View experiment results
`;

const letters: Record<string, Cell> = { y: "yes", "-": "no", g: "if_granted", l: "limited" };
const organizationColumns = ["owner", "admin", "manager", "member"] as const;
const projectColumns = ["admin", "manager", "member", "viewer"] as const;

interface ExpectedRow {
  readonly section: string;
  readonly label: string;
  readonly id: string;
  readonly cells: readonly Cell[];
}

function expectedRows(): ExpectedRow[] {
  const found: ExpectedRow[] = [];
  let section = "";
  for (const line of matrix.trim().split("\n")) {
    if (line.startsWith("#")) {
      section = line.slice(2);
      continue;
    }
    const [, cells, label] = /^((?:[-ygl] +){8})(.+)$/.exec(line)!;
    const id = label!.toLowerCase().replace(/[^a-z]+/g, "_");
    found.push({
      section,
      label: label!,
      id,
      cells: cells!
        .trim()
        .split(/ +/)
        .map((letter) => letters[letter]!),
    });
  }
  return found;
}

const rows = expectedRows();
const cells = rows.flatMap((row) => [
  ...organizationColumns.map((role, column) => ({
    ...row,
    over: "organization" as const,
    role,
    cell: row.cells[column]!,
  })),
  ...projectColumns.map((role, column) => ({
    ...row,
    over: "project" as const,
    role,
    cell: row.cells[column + 4]!,
  })),
]);

describe("the playbook's matrix", () => {
  it("has these rows in this order, under these headings, with ids made of the labels", () => {
    const ours = capabilities.map(({ id, label, section }) => ({
      id,
      label,
      section: capabilitySections[section],
    }));
    expect(ours).toEqual(rows.map(({ id, label, section }) => ({ id, label, section })));
    expect(rows).toHaveLength(21);
  });

  it.each(cells)("$over $role: $label is $cell", ({ over, role, id, cell }) => {
    const column = over === "project" ? capabilitiesOfProject(role) : capabilitiesOf(role);
    expect(column[id as CapabilityId]).toBe(cell);
  });

  it("has no capability beyond the rows in any column", () => {
    const ids = rows.map(({ id }) => id);
    for (const role of organizationColumns) expect(Object.keys(capabilitiesOf(role))).toEqual(ids);
    for (const role of projectColumns) expect(Object.keys(capabilitiesOfProject(role))).toEqual(ids);
  });

  it("reads the organization's viewer as its member, and no access as nothing", () => {
    expect(capabilitiesOf("viewer")).toEqual(capabilitiesOf("member"));
    expect(new Set(Object.values(capabilitiesOf("no_access")))).toEqual(new Set(["no"]));
  });

  it("puts the Govern and Experiment rows, and only these, under their module", () => {
    const modules = capabilities
      .filter(({ module }) => module !== undefined)
      .map(({ id, module }) => `${module!} ${id}`);
    expect(modules).toEqual([
      "govern edit_tracking_plans",
      "govern approve_block_events",
      "govern view_tracking_plans",
      "experiment create_experiments",
      "experiment deploy_feature_flags",
      "experiment view_experiment_results",
    ]);
  });

  it("knows labels by id", () =>
    expect(capabilityLabel("create_shared_content")).toBe("Create shared content"));
});

describe("what is held", () => {
  it.each([
    ["owner", 5, []],
    ["admin", 4, []],
    ["manager", 1, ["add_remove_org_members"]],
    ["member", 0, []],
    ["viewer", 0, []],
    ["no_access", 0, []],
    [undefined, 0, []],
  ] as const)(
    "an organization %s holds %i capabilities over the organization, limited: %p",
    (role, count, limited) => {
      const held = [...organizationCapabilities(role)];
      expect(held).toHaveLength(count);
      expect(held.filter(([, cell]) => cell === "limited").map(([id]) => id)).toEqual(limited);
    },
  );

  it("leaves a project to the grants there, for everybody below an organization admin", () => {
    const member = [...projectCapabilities(undefined, ["member"])];
    expect(member).toEqual([
      "view_dashboards_charts",
      "create_personal_charts",
      "build_cohorts",
      "export_data",
      "view_tracking_plans",
      "view_experiment_results",
    ]);
    for (const role of ["manager", "member", "viewer"] as const) {
      expect([...projectCapabilities(role, ["member"])]).toEqual(member);
      expect([...projectCapabilities(role, [])]).toEqual([]);
    }
  });

  it("gives an organization admin analysis everywhere, and settings only where they are Project Admin", () => {
    const alone = projectCapabilities("admin", []);
    expect(alone.has("create_shared_content")).toBe(true);
    expect(alone.has("modify_project_settings")).toBe(false);
    expect(projectCapabilities("admin", ["admin"]).has("modify_project_settings")).toBe(true);
  });

  it("does not hold what a module decides", () => {
    expect(projectCapabilities("owner", projectRoles).has("deploy_feature_flags")).toBe(false);
    expect([...projectCapabilities(undefined, ["viewer"])]).toEqual(["view_dashboards_charts"]);
  });

  it("gives nothing under No Access, whatever is granted", () => {
    expect(projectCapabilities("no_access", ["admin"]).size).toBe(0);
  });

  it("grows from each project role to the next", () => {
    for (const [index, role] of projectRoles.entries()) {
      for (const lower of projectRoles.slice(0, index)) {
        const held = projectCapabilities(undefined, [role]);
        expect([...projectCapabilities(undefined, [lower])].filter((id) => !held.has(id))).toEqual([]);
        expect([...projectCapabilities(undefined, [lower, role])]).toEqual([...held]);
      }
    }
  });
});
