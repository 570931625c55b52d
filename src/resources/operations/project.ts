import { ensure, type ManagedProjectRecord } from "../../api";
import { defineOperation, idIn, type NoFacts } from "../operation";
import { isCalled } from "../references";
import { Unexpected } from "../unexpected";

const PAGE = "Amplitude, Settings > Organization Settings > Projects";

/** Makes a project. No documented API does. `addOns`: names, comma-separated, in order. */
export const createProject = defineOperation<
  { project: string; environment?: string; addOns?: string },
  NoFacts
>({
  name: "project.create",
  actor: "write",
  family: "management",
  effects: ({ project }) => [{ type: "create_project", name: project }],
  people: () => [],
  text: ({ project }) => `create project ${project}`,
  how: ({ project, environment, addOns = "" }) =>
    `${PAGE} > Create project: ${project}` +
    (environment === undefined ? "" : `, environment ${environment}`) +
    (addOns === "" ? "" : `, add-ons ${addOns}`),
  async perform(api, entries, created) {
    for (const { values } of entries) {
      const { project: name, environment, addOns = "" } = values;
      const draft = {
        name,
        ...(environment === undefined ? {} : { environment }),
        addOns: addOns.split(",").filter(Boolean),
      };
      const { value } = await ensure({
        create: () => api.createProject(draft),
        lookUp: async () => (await api.managedProjects()).items.find((found) => isCalled(found.name, name)),
        equal: (found) =>
          !found.archived &&
          (environment === undefined || found.environment === environment) &&
          (values.addOns === undefined || addOnsOf(found) === addOns),
        update: (found) => {
          const is = [
            `${found.archived ? "an archived" : "a"} project of that name`,
            ...(found.environment === undefined ? [] : [`environment ${found.environment}`]),
            ...(found.addOns.length === 0 ? [] : [`add-ons ${addOnsOf(found)}`]),
          ].join(", ");
          throw new Unexpected({ request: "POST /api/2/projects", family: "management", was: "none", is });
        },
      });
      created.set(`project ${name}`, value.id);
    }
  },
});

/** Each once, in order, as steps name them. */
const addOnsOf = ({ addOns }: ManagedProjectRecord): string => [...new Set(addOns)].sort().join();

/** A project of another name than it was planned on, or none. */
function changed(projectId: string, was: string, found: ManagedProjectRecord | undefined): Unexpected {
  return new Unexpected({
    request: `PATCH /api/2/projects/${projectId}`,
    family: "management",
    was: `project ${was}`,
    is: found === undefined ? "no such project" : `project ${found.name}`,
    effects: found === undefined ? [] : [{ type: "rename_project", projectId, name: found.name }],
  });
}

type Detail = {
  readonly project: string;
  readonly attribute: "name" | "environment" | "add_ons";
  readonly value: string;
};

/** One property of a project. */
export const changeProject = defineOperation<Detail, { projectId: string; from: string }>({
  name: "project.change",
  actor: "write",
  family: "management",
  effects: ({ attribute, value }, { projectId }) =>
    attribute === "name" ? [{ type: "rename_project", projectId, name: value }] : [],
  people: () => [],
  text: ({ project, attribute, value }, { from }) =>
    `project ${project}: ${attribute} ${from === "" ? "" : `${from} → `}${value === "" ? "none" : value}`,
  how: ({ project, attribute, value }) => `${PAGE} > ${project} > Settings > ${attribute}: ${value}`,
  look:
    ({ project, attribute, value }, { projectId, from }) =>
    async (api) => {
      const found = await api.managedProject(projectId);
      if (found === undefined) return changed(projectId, attribute === "name" ? from : project, found);
      const is = { name: found.name, environment: found.environment ?? "", add_ons: addOnsOf(found) }[
        attribute
      ];
      if (is === value || is === from) return undefined;
      if (attribute === "name") return changed(projectId, from, found);
      const shown = (text: string): string => `${attribute} ${text === "" ? "none" : text}`;
      return new Unexpected({
        request: `PATCH /api/2/projects/${projectId}`,
        family: "management",
        was: shown(from),
        is: shown(is),
      });
    },
  async perform(api, entries, created) {
    for (const { values, facts } of entries) {
      const { attribute, value } = values;
      await api.updateProject(
        facts.projectId,
        attribute === "add_ons" ? { addOns: value.split(",").filter(Boolean) } : { [attribute]: value },
      );
      if (attribute === "name") created.set(`project ${value}`, facts.projectId);
    }
  },
});

/** Archives a project, or brings it back: an archived one gives nobody access. No id: one that no API lists. */
export const archiveProject = defineOperation<
  { project: string; archived: "yes" | "no" },
  { projectId: string | undefined }
>({
  name: "project.archive",
  actor: "write",
  family: "management",
  effects: ({ archived }, { projectId }) =>
    projectId === undefined
      ? []
      : [{ type: archived === "yes" ? "archive_project" : "restore_project", projectId }],
  people: () => [],
  text: ({ project, archived }) => `${archived === "yes" ? "archive" : "restore"} project ${project}`,
  how: ({ project, archived }) => `${PAGE} > ${project} > ${archived === "yes" ? "Archive" : "Restore"}`,
  look({ project, archived }, { projectId }) {
    // What is restored may have been renamed by this run.
    if (projectId === undefined || archived === "no") return undefined;
    return async (api) => {
      const found = await api.managedProject(projectId);
      return found?.archived === true || isCalled(found?.name, project)
        ? undefined
        : changed(projectId, project, found);
    };
  },
  async perform(api, entries, created) {
    for (const { values, facts } of entries) {
      const projectId = idIn(created, "project", values.project, facts.projectId);
      await api.updateProject(projectId, { archived: values.archived === "yes" });
      created.set(`project ${values.project}`, projectId);
    }
  },
});
