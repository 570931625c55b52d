import type { ModuleGrant, Organization, Project } from "../../access";
import { oneOf, problem, required, type ConfigOf, type StateOf } from "../../schema";
import { engagement, expiresAt, id, status, principal, principalType, projectId } from "../attributes";
import { holderName, holderState, namedPeople, principalOf, placeHeld } from "../holder";
import { defineKind, type Declared } from "../kind";
import { grantModule, revokeModule } from "../operations/module";
import { projectReference } from "../references";
import { rowById } from "../row-by-id";

const modules = ["govern_data_manager", "govern_consumer", "experiment_admin", "experiment_analyst"] as const;

const attributes = {
  id,
  principal_type: principalType,
  principal,
  project_id: projectId,
  module: required(oneOf(modules), "The add-on's role: of Govern or of Experiment.", {
    requiresReplace: true,
  }),
  expires_at: expiresAt,
  engagement,
  status,
};
type Config = ConfigOf<typeof attributes>;

const state = (live: Organization, found: ModuleGrant): StateOf<typeof attributes> => ({
  id: found.id,
  ...holderState(live, found.principal),
  project_id: found.projectId,
  module: modules.find((known) => known === found.module),
});

const modulesOf = (live: Organization): Iterable<ModuleGrant> => live.modules();

/** Whether a declaration of the same stacks gives a project the add-on: it is switched on before modules are granted. */
function switchesOn({ type, config }: Declared, addOn: string, project: Project): boolean {
  const { name, previous_name: previous, add_ons: addOns } = config;
  const isIt = name === project.name || previous === project.name;
  return type === "amplitude_project" && isIt && Array.isArray(addOns) && addOns.includes(addOn);
}

/** A Govern or Experiment role on a project, on top of the project role. By hand on Amplitude today. */
export const moduleGrant = defineKind({
  type: "amplitude_module_grant",
  description:
    "A role of the Govern or Experiment add-on on a project, on top of the principal's project role. By hand on Amplitude today: no documented API grants modules.",
  attributes,
  key: ["principal_type", "principal", "project_id", "module"],
  family: "management",
  reads: ["modules", "groups", "people", "managedProjects"],
  nature: "made",
  isGrant: true,
  can: { create: true, update: true, delete: true },
  find(live, config) {
    const holder = principalOf(config);
    if (holder === undefined || typeof config.project_id !== "string") return undefined;
    const found = live.module(holder, config.project_id, config.module);
    return found && state(live, found);
  },
  findById(live, grantId) {
    const found = rowById(live, modulesOf, grantId);
    return found && state(live, found);
  },
  createdAs: (config) => placeHeld("module", config, config.module),
  rows: () => [{ collection: "modules" }],
  *list(live) {
    for (const found of live.modules()) yield state(live, found);
  },
  *around(live) {
    for (const found of live.modules()) yield state(live, found);
  },
  shows: ({ id, principal_type: principalType, principal, project_id: projectId, module }) =>
    typeof principal === "string" &&
    typeof projectId === "string" &&
    principalType !== undefined &&
    module !== undefined
      ? { modules: [{ id: id ?? "", principalType, principal, projectId, module }] }
      : {},
  isThere: async (api, grantId) => (await api.moduleGrant(grantId)) !== undefined,
  id: (found) => found.id,
  label: (config, live) =>
    `${config.module.replaceAll("_", " ")} of ${holderName(live, config)} on ${projectReference(live, config.project_id).name}`,
  names: (config) => ({ present: namedPeople(config), absent: [] }),
  checks: ["managedProjects"],
  check(config, live, declared = []) {
    const addOn = config.module.startsWith("govern") ? "govern" : "experiment";
    const project = typeof config.project_id === "string" ? live.project(config.project_id) : undefined;
    if (project?.addOns === undefined || project.addOns.includes(addOn)) return [];
    if (declared.some((other) => switchesOn(other, addOn, project))) return [];
    const advice = `Switch the add-on ${addOn} on for the project first, or remove the grant.`;
    return [
      problem(`${projectReference(live, config.project_id).name} does not have the add-on ${addOn}`, advice, {
        attribute: "module",
      }),
    ];
  },
  steps({ action, prior, config }, { live }) {
    const instance = (config ?? prior) as Config;
    const { name: project, id: projectId } = projectReference(live, instance.project_id);
    const groupId =
      instance.principal_type === "group" && typeof instance.principal === "string"
        ? instance.principal
        : undefined;
    const values = {
      principalType: instance.principal_type,
      principal: holderName(live, instance),
      project,
      module: instance.module,
    };
    if (action === "create") return [grantModule.draft(values, { groupId, projectId })];
    return action === "delete"
      ? [revokeModule.draft(values, { groupId, projectId, moduleGrantId: prior?.id ?? "" })]
      : [];
  },
  example: {
    create: {
      principal_type: "user",
      principal: "jo@nova.agency",
      project_id: "288501",
      module: "experiment_analyst",
    },
    update: { expires_at: "2027-03-31" },
  },
});
