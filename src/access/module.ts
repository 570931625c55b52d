import { caselessName } from "../schema";
import type { CapabilityId } from "./capability";
import { byText } from "./text-order";

/**
 * Roles of the add-ons Govern and Experiment, granted on a project apart from its roles (playbook, "Govern and Experiment Add-Ons").
 * No API of Amplitude grants or lists them.
 */
export type Module = "govern_data_manager" | "govern_consumer" | "experiment_admin" | "experiment_analyst";

/** In the playbook's order. */
export const modules = [
  "govern_data_manager",
  "govern_consumer",
  "experiment_admin",
  "experiment_analyst",
] as const satisfies Module[];

const names: Readonly<Record<Module, string>> = {
  govern_data_manager: "Govern Data Manager",
  govern_consumer: "Govern Consumer",
  experiment_admin: "Experiment Admin",
  experiment_analyst: "Experiment Analyst",
};

const opened: Readonly<Record<Module, readonly CapabilityId[]>> = {
  govern_data_manager: ["edit_tracking_plans", "approve_block_events", "view_tracking_plans"],
  govern_consumer: ["view_tracking_plans"],
  experiment_admin: ["create_experiments", "deploy_feature_flags", "view_experiment_results"],
  experiment_analyst: ["view_experiment_results"],
};

/** The module of that id or name, without case: `govern_consumer`, `Govern Consumer`. undefined: none that the playbook knows, so opaque. */
export function moduleNamed(name: string): Module | undefined {
  const wanted = caselessName(name).replace(/[\s_-]+/g, "_");
  return modules.find((module) => module === wanted);
}

/** The name as people see it: `Govern Data Manager`; an unknown module is called by its id. */
export function moduleName(module: string): string {
  const known = moduleNamed(module);
  return known === undefined ? module : names[known];
}

/**
 * Rows of the matrix that a module opens where the project role leaves them `if_granted`; where it says no, no module opens them.
 * What each may do is the playbook's; that who edits also views (Data Manager, Experiment Admin) is our reading.
 */
export function capabilitiesOfModule(module: Module): readonly CapabilityId[] {
  return opened[module];
}

/** In the playbook's order, unknown ones last. */
export function byModule(a: string, b: string): number {
  return placeOf(a) - placeOf(b) || byText(a, b);
}

function placeOf(module: string): number {
  const known = moduleNamed(module);
  return known === undefined ? modules.length : modules.indexOf(known);
}
