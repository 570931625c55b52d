import type { Organization, Project } from "../../access";
import {
  bool,
  computed,
  instant,
  instantOf,
  mapOf,
  name,
  oneOf,
  optional,
  problem,
  required,
  setOf,
  string,
  type ConfigOf,
  type StateOf,
} from "../../schema";
import { deletionProtection, id } from "../attributes";
import { defineKind } from "../kind";
import type { StepDraft } from "../operation";
import { archiveProject, changeProject, createProject } from "../operations/project";
import { isCalled, isUnlistedProject, projectNamed } from "../references";

const environments = ["production", "staging", "reporting", "development"] as const;

const attributes = {
  id,
  name: required(name, "Name, unique in the organization."),
  environment: optional(oneOf(environments), "What the project is for."),
  add_ons: optional(
    setOf(oneOf(["govern", "experiment"])),
    "Add-ons that are switched on; module grants need theirs.",
  ),
  add_on_expires_at: optional(mapOf(string, instant), "When single add-ons end, by add-on.", {
    origin: "declared",
  }),
  previous_name: optional(name, "What it was called before, so that a new name renames it.", {
    origin: "declared",
  }),
  deletion_protection: deletionProtection,
  archived: computed(
    bool,
    "Whether somebody archived it: then nobody reaches it until an apply restores it.",
  ),
};
type Config = ConfigOf<typeof attributes>;

const state = (project: Project): StateOf<typeof attributes> => ({
  id: project.id,
  name: project.name,
  environment: environments.find((known) => known === project.environment),
  add_ons: project.addOns === undefined ? undefined : [...project.addOns],
  archived: project.archived === true,
});

/** A project that code makes and, deleted, archives. By hand on Amplitude today. */
export const project = defineKind({
  type: "amplitude_project",
  description:
    "A project: created, renamed, and archived when it is deleted. By hand on Amplitude today: no documented API makes projects. To speak of one that exists, look it up instead.",
  attributes,
  key: ["name"],
  family: "management",
  reads: ["managedProjects"],
  nature: "made",
  referent: "project",
  can: { create: true, update: true, delete: true },
  find(live, config) {
    const found = byName(live, config);
    return found && state(found);
  },
  findById(live, projectId) {
    const found = live.project(projectId);
    return found && state(found);
  },
  isReferredTo: isUnlistedProject,
  *list(live) {
    for (const found of live.projects()) if (found.archived !== true) yield state(found);
  },
  shows: ({ id: projectId, name, environment, add_ons: addOns }) =>
    projectId === undefined
      ? {}
      : {
          projects: [{ id: projectId, ...(name === undefined ? {} : { name }) }],
          managedProjects: [
            {
              id: projectId,
              ...(name === undefined ? {} : { name }),
              ...(environment === undefined ? {} : { environment }),
              ...(addOns === undefined ? {} : { addOns }),
            },
          ],
        },
  isThere: async (api, id) => (await api.managedProject(id)) !== undefined,
  id: (found) => found.id,
  label: (config) => config.name,
  names: () => ({ present: [], absent: [] }),
  predict: () => ({ archived: false }),
  current(config, now) {
    const ends = config.add_on_expires_at ?? {};
    const runs = (addOn: string): boolean => (instantOf(ends[addOn] ?? "") ?? Infinity) > now;
    return config.add_ons === undefined ? config : { ...config, add_ons: config.add_ons.filter(runs) };
  },
  validate: (config) =>
    Object.keys(config.add_on_expires_at ?? {})
      .filter((addOn) => !(config.add_ons ?? []).some((known) => known === addOn))
      .map((addOn) =>
        problem(`${addOn} has an end but is not switched on`, "Add it to `add_ons`, or remove its end.", {
          attribute: "add_on_expires_at",
        }),
      ),
  steps({ action, prior, config }, { live, id: remembered }) {
    if (action === "delete") {
      if (prior?.archived === true) return [];
      // What no API lists is archived by hand, under its name.
      const listed = prior?.id === undefined ? undefined : live.project(prior.id);
      return [
        archiveProject.draft({ project: prior?.name ?? "", archived: "yes" }, { projectId: listed?.id }),
      ];
    }
    if (config === undefined) return [];
    if (prior?.id !== undefined) return [...restored(prior), ...changes(config, prior, prior.id)];
    // Listed by another family than the one that says the rest.
    const known = byName(live, config) ?? (remembered === undefined ? undefined : live.project(remembered));
    if (known !== undefined) {
      const found = state(known);
      return [...restored(found), ...changes(config, found, known.id)];
    }
    const { environment, add_ons: addOns } = config;
    const details = {
      ...(environment === undefined ? {} : { environment }),
      ...(addOns === undefined ? {} : { addOns: addOnText(addOns) }),
    };
    return [createProject.draft({ project: config.name, ...details }, {})];
  },
  example: {
    create: { name: "Client Sandbox", environment: "staging" },
    update: { environment: "development" },
  },
});

/** Each once, in order. */
const addOnText = (addOns: readonly string[]): string => [...new Set(addOns)].sort().join();

function byName(live: Organization, config: Config): Project | undefined {
  return (
    projectNamed(live, config.name) ??
    (config.previous_name === undefined ? undefined : projectNamed(live, config.previous_name))
  );
}

function restored({ id: projectId, name = "", archived }: StateOf<typeof attributes>): StepDraft[] {
  return archived === true ? [archiveProject.draft({ project: name, archived: "no" }, { projectId })] : [];
}

function changes(config: Config, prior: StateOf<typeof attributes>, projectId: string): StepDraft[] {
  const drafts: StepDraft[] = [];
  const change = (
    attribute: "name" | "environment" | "add_ons",
    from: string,
    value: string | undefined,
  ): void => {
    if (value !== undefined && value !== from) {
      drafts.push(
        changeProject.draft({ project: prior.name ?? config.name, attribute, value }, { projectId, from }),
      );
    }
  };
  if (!isCalled(prior.name, config.name)) change("name", prior.name ?? "", config.name);
  change("environment", prior.environment ?? "", config.environment);
  change("add_ons", addOnText(prior.add_ons ?? []), config.add_ons && addOnText(config.add_ons));
  return drafts;
}
