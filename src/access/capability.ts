import type { OrganizationRole, ProjectRole } from "./role";

/**
 * What one role says about one capability. On an organization role `if_granted` leaves it to the grants on each project; on a
 * project role it leaves it to a grant of the Govern or Experiment module (playbook, "Govern and Experiment Add-Ons").
 * `limited` stays a value of its own: a manager of the organization adds people only to projects they manage (playbook).
 */
export type Cell = "yes" | "no" | "if_granted" | "limited";

/** Headings of the playbook's matrix. */
export const capabilitySections = {
  organization_management: "Organization Management",
  project_settings: "Project Settings",
  data_and_analysis: "Data and Analysis",
  govern: "Govern (if enabled)",
  experiment: "Experiment (if enabled)",
} as const;

export type CapabilitySection = keyof typeof capabilitySections;

type Cells = readonly [
  owner: Cell,
  admin: Cell,
  manager: Cell,
  member: Cell,
  projectAdmin: Cell,
  projectManager: Cell,
  projectMember: Cell,
  projectViewer: Cell,
];

const Y = "yes";
const n = "no";
const G = "if_granted";
const L = "limited";

function row<Id extends string>(id: Id, label: string, section: CapabilitySection, cells: Cells) {
  return { id, label, section, cells };
}

// prettier-ignore
const rows = [
  row("manage_billing_and_subscription", "Manage billing and subscription", "organization_management", [Y, n, n, n, n, n, n, n]),
  row("configure_sso_scim", "Configure SSO/SCIM", "organization_management", [Y, Y, n, n, n, n, n, n]),
  row("create_delete_projects", "Create/delete projects", "organization_management", [Y, Y, n, n, n, n, n, n]),
  row("add_remove_org_members", "Add/remove org members", "organization_management", [Y, Y, L, n, n, n, n, n]),
  row("view_all_projects", "View all projects", "organization_management", [Y, Y, n, n, n, n, n, n]),
  row("modify_project_settings", "Modify project settings", "project_settings", [n, n, n, n, Y, n, n, n]),
  row("manage_project_team", "Manage project team", "project_settings", [n, n, n, n, Y, n, n, n]),
  row("configure_integrations", "Configure integrations", "project_settings", [n, n, n, n, Y, n, n, n]),
  row("set_up_destinations", "Set up destinations", "project_settings", [n, n, n, n, Y, n, n, n]),
  row("delete_project", "Delete project", "project_settings", [Y, Y, n, n, Y, n, n, n]),
  row("view_dashboards_charts", "View dashboards/charts", "data_and_analysis", [Y, Y, G, G, Y, Y, Y, Y]),
  row("create_personal_charts", "Create personal charts", "data_and_analysis", [Y, Y, G, G, Y, Y, Y, n]),
  row("create_shared_content", "Create shared content", "data_and_analysis", [Y, Y, G, G, Y, Y, n, n]),
  row("build_cohorts", "Build cohorts", "data_and_analysis", [Y, Y, G, G, Y, Y, Y, n]),
  row("export_data", "Export data", "data_and_analysis", [Y, Y, G, G, Y, Y, Y, n]),
  row("edit_tracking_plans", "Edit tracking plans", "govern", [n, n, n, n, G, G, n, n]),
  row("approve_block_events", "Approve/block events", "govern", [n, n, n, n, G, G, n, n]),
  row("view_tracking_plans", "View tracking plans", "govern", [Y, Y, G, G, Y, Y, Y, G]),
  row("create_experiments", "Create experiments", "experiment", [n, n, n, n, G, G, n, n]),
  row("deploy_feature_flags", "Deploy feature flags", "experiment", [n, n, n, n, G, n, n, n]),
  row("view_experiment_results", "View experiment results", "experiment", [Y, Y, G, G, Y, Y, Y, G]),
];

export type CapabilityId = (typeof rows)[number]["id"];

/** One row of the playbook's matrix ("Role Hierarchy and Permissions Matrix"). */
export interface Capability {
  readonly id: CapabilityId;
  /** As the playbook writes it. */
  readonly label: string;
  readonly section: CapabilitySection;
  /** Held once for the organization, or project by project. */
  readonly scope: "organization" | "project";
  /** The add-on it belongs to; it is worth something only on projects where that add-on is enabled. */
  readonly module?: "govern" | "experiment";
}

function moduleOf(section: CapabilitySection): Pick<Capability, "module"> {
  return section === "govern" || section === "experiment" ? { module: section } : {};
}

/** Every row of the playbook's matrix, in its order. */
export const capabilities: readonly Capability[] = rows.map(({ id, label, section }) => ({
  id,
  label,
  section,
  scope: section === "organization_management" ? "organization" : "project",
  ...moduleOf(section),
}));

/** One value per row of the matrix. */
export type CapabilityCells = Readonly<Record<CapabilityId, Cell>>;

function cellsWhere(cellOf: (cells: Cells) => Cell): CapabilityCells {
  return Object.fromEntries(rows.map(({ id, cells }) => [id, cellOf(cells)])) as Record<CapabilityId, Cell>;
}

const memberCells = cellsWhere((cells) => cells[3]);

const organizationCells: Readonly<Record<OrganizationRole, CapabilityCells>> = {
  owner: cellsWhere((cells) => cells[0]),
  admin: cellsWhere((cells) => cells[1]),
  manager: cellsWhere((cells) => cells[2]),
  member: memberCells,
  viewer: memberCells,
  no_access: cellsWhere(() => "no"),
};

const projectCells: Readonly<Record<ProjectRole, CapabilityCells>> = {
  admin: cellsWhere((cells) => cells[4]),
  manager: cellsWhere((cells) => cells[5]),
  member: cellsWhere((cells) => cells[6]),
  viewer: cellsWhere((cells) => cells[7]),
};

/**
 * What an organization role says, row by row. The matrix has no column for two of them: viewer is read as member (what counts is
 * granted on projects), no access as nothing at all. Both readings are ours; the rest is the playbook's.
 */
export function capabilitiesOf(role: OrganizationRole): CapabilityCells {
  return organizationCells[role];
}

/** What a built-in project role says, row by row (playbook). */
export function capabilitiesOfProject(role: ProjectRole): CapabilityCells {
  return projectCells[role];
}

const labels: ReadonlyMap<string, string> = new Map(capabilities.map(({ id, label }) => [id, label]));

/** The playbook's words for a capability. */
export function capabilityLabel(id: CapabilityId): string {
  return labels.get(id) ?? id;
}
