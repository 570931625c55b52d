import type { Organization, Property } from "../../access";
import type { PropertyType } from "../../api";
import { placeKey } from "../../collections";
import {
  bool,
  computed,
  oneOf,
  optional,
  problem,
  required,
  setOf,
  string,
  type ConfigOf,
  type StateOf,
} from "../../schema";
import { projectId } from "../attributes";
import { defineKind } from "../kind";
import type { StepDraft } from "../operation";
import { addProperty, changeVisibility, changeVisibilityByHand } from "../operations/property";
import { isCalled, projectReference } from "../references";

const propertyTypes = ["user", "event", "group"] as const satisfies PropertyType[];
const classes = ["PII", "SENSITIVE", "REVENUE"] as const;

const attributes = {
  id: computed(string, "Project id, type and Amplitude's name of the property."),
  project_id: projectId,
  property_type: required(oneOf(propertyTypes), "Whose property it is: a user's, an event's, or a group's.", {
    requiresReplace: true,
  }),
  name: required(string, "Name of the property; Amplitude's prefix (`gp:`, `grp:`) may be left out.", {
    requiresReplace: true,
  }),
  hidden: optional(bool, "Whether nobody in the project finds it in queries."),
  classifications: optional(
    setOf(oneOf(classes)),
    "PII, SENSITIVE, REVENUE: who may see those is decided per group, in Amplitude's pages. All of them; empty: none.",
  ),
};
type Config = ConfigOf<typeof attributes>;
type State = StateOf<typeof attributes>;

/** Amplitude's prefix of custom properties: https://amplitude.com/docs/apis/analytics/taxonomy. */
const PREFIX: Readonly<Record<PropertyType, string>> = { user: "gp:", event: "", group: "grp:" };

/** As it is written, else with Amplitude's prefix, else without. */
function propertyNamed(
  listed: readonly Property[],
  { name, property_type: type }: Pick<Config, "name" | "property_type">,
): Property | undefined {
  const prefix = PREFIX[type];
  const bare = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  for (const spelling of [name, prefix + name, bare]) {
    // What applications send is data: a blank may tell two properties apart.
    const found =
      listed.find((property) => property.name === spelling) ??
      listed.find((property) => isCalled(property.name, spelling));
    if (found !== undefined) return found;
  }
  return undefined;
}

function state(project: string, type: PropertyType, property: Property, name: string): State {
  return {
    id: `${project}/${type}/${property.name}`,
    project_id: project,
    property_type: type,
    name,
    hidden: property.hidden,
    classifications: classes.filter((known) => property.classifications.includes(known)),
  };
}

const listedOf = (live: Organization, config: Pick<Config, "project_id" | "property_type">) =>
  typeof config.project_id === "string"
    ? live.properties(config.project_id, config.property_type)
    : undefined;

const classText = (names: readonly string[] = []): string => [...new Set(names)].sort().join();

/** Whether a property of a project's data is hidden there, and how it is classified. */
export const propertyVisibility = defineKind({
  type: "amplitude_property_visibility",
  description:
    "Whether a user, event or group property is hidden in a project, and how it is classified. Amplitude hides per project, not per person, and goes on collecting it. Deleted, it is forgotten: what is hidden stays hidden. Needs the project's key pair, or for user properties a token; else by hand.",
  attributes,
  key: ["project_id", "property_type", "name"],
  family: "taxonomy",
  reads: ["properties", "projects"],
  nature: "given",
  aliased: true,
  can: { create: true, update: true, delete: true },
  find(live, config) {
    const listed = listedOf(live, config);
    const found = listed && propertyNamed(listed, config);
    return found && state(config.project_id as string, config.property_type, found, config.name);
  },
  *list(live) {
    for (const { id: project } of live.projects()) {
      for (const type of propertyTypes) {
        const listed = live.properties(project, type) ?? [];
        const names = new Set(listed.map(({ name }) => name));
        for (const property of listed) {
          const bare = property.name.startsWith(PREFIX[type])
            ? property.name.slice(PREFIX[type].length)
            : property.name;
          yield state(project, type, property, names.has(bare) ? property.name : bare);
        }
      }
    }
  },
  rows: ({ project_id: projectId, property_type: type }) => [
    { collection: "projects" },
    ...(typeof projectId === "string"
      ? [{ collection: "properties" as const, key: placeKey({ projectId, type }) }]
      : []),
  ],
  place: ({ project_id: projectId, property_type: type }) =>
    typeof projectId === "string" ? { projectId, type } : undefined,
  id: (found) => found.id,
  label: ({ name, property_type: type, project_id: project }, live) =>
    `${type} property ${name} on ${projectReference(live, project).name}`,
  names: () => ({ present: [], absent: [] }),
  validate({ hidden, classifications }) {
    if (hidden !== undefined || classifications !== undefined) return [];
    return [problem("Nothing is said about the property", "Give `hidden`, `classifications`, or both.")];
  },
  steps({ action, prior, config }, { live }): StepDraft[] {
    if (action === "delete" || config === undefined) return [];
    const { name: project, id: projectId } = projectReference(live, config.project_id);
    const which = { project, propertyType: config.property_type, property: config.name };
    const listed = listedOf(live, config);
    const found = listed && propertyNamed(listed, config);
    if (listed !== undefined && found === undefined) return [addProperty.draft(which, {})];
    const [hidden, classifications] = [
      config.hidden === undefined || config.hidden === prior?.hidden ? undefined : config.hidden,
      config.classifications && classText(config.classifications),
    ];
    const from = prior && {
      hidden: prior.hidden === true ? ("yes" as const) : ("no" as const),
      classifications: classText(prior.classifications),
    };
    const values = {
      ...which,
      ...(hidden === undefined ? {} : { hidden: hidden ? ("yes" as const) : ("no" as const) }),
      ...(classifications === undefined || classifications === from?.classifications
        ? {}
        : { classifications }),
    };
    const facts = { projectId, listedAs: found?.name, from };
    const operation = found === undefined ? changeVisibilityByHand : changeVisibility;
    return [operation.draft(values, facts)];
  },
  example: {
    create: {
      project_id: "288501",
      property_type: "user",
      name: "email",
      hidden: true,
    },
    update: { classifications: ["PII"] },
  },
});
