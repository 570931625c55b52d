import type { PropertyType } from "../../api";
import { defineOperation, type NoFacts } from "../operation";

/** A property on a project, and what is to be seen of it. `classifications`: sorted names with commas, empty for none. */
type Visibility = {
  readonly project: string;
  readonly propertyType: PropertyType;
  readonly property: string;
  readonly hidden?: "yes" | "no";
  readonly classifications?: string;
};

/** `listedAs`: Amplitude's name; undefined where nobody could read it. `from`: what it is now. */
type VisibilityFacts = {
  readonly projectId: string | undefined;
  readonly listedAs: string | undefined;
  readonly from: { readonly hidden: "yes" | "no"; readonly classifications: string } | undefined;
};

const named = ({ propertyType, property, project }: Omit<Visibility, "hidden" | "classifications">): string =>
  `${propertyType} property ${property} on ${project}`;

const shown = (hidden: "yes" | "no" | undefined): string => (hidden === "yes" ? "hidden" : "shown");
const classes = (names: string | undefined): string =>
  names === undefined || names === "" ? "no classification" : names.replaceAll(",", ", ");

function wanted({ hidden, classifications }: Visibility): string {
  return [
    ...(hidden === undefined ? [] : [shown(hidden)]),
    ...(classifications === undefined ? [] : [classes(classifications)]),
  ].join("; ");
}

/** Whether less is to be seen afterwards; of what nobody read, a wish to hide or classify is taken for that. */
function narrows({ hidden, classifications }: Visibility, { from }: VisibilityFacts): boolean {
  const kept = (classifications ?? from?.classifications ?? "").split(",");
  const loses = (from?.classifications ?? "").split(",").some((name) => !kept.includes(name));
  return hidden !== "no" && !loses;
}

const setVisibility = {
  effects: (values: Visibility, facts: VisibilityFacts) => [
    {
      type: "setting" as const,
      name: `visibility of ${named(values)}`,
      value: narrows(values, facts) ? "narrowed" : "widened",
    },
  ],
  people: () => [],
  text: (values: Visibility, { from }: VisibilityFacts) => {
    const before: string[] = [];
    if (values.hidden !== undefined && from !== undefined) before.push(shown(from.hidden));
    if (values.classifications !== undefined && from !== undefined)
      before.push(classes(from.classifications));
    return `${named(values)}: ${before.length === 0 ? "" : `${before.join("; ")} → `}${wanted(values)}`;
  },
  how: (values: Visibility) => `${page(values)} > ${values.property}: ${wanted(values)}`,
};

/** Playbook, "Blocking Sensitive Properties". */
const page = ({ project, propertyType }: Pick<Visibility, "project" | "propertyType">): string =>
  `Amplitude, ${project} > Data > Properties > ${propertyType} properties`;

/**
 * Hides or shows a property for everybody in a project, and says how it is classified (https://amplitude.com/docs/apis/analytics/taxonomy).
 * Classifications need Data Access Control; where that is not switched on, a person must see to it.
 */
export const changeVisibility = defineOperation<Visibility, VisibilityFacts>({
  name: "property.visibility",
  actor: "write",
  family: "taxonomy",
  ...setVisibility,
  undocumented: ({ classifications }) => classifications !== undefined,
  async perform(api, entries) {
    for (const { values, facts } of entries) {
      const { projectId, listedAs } = facts;
      if (projectId === undefined || listedAs === undefined) continue;
      const { propertyType: type, hidden, classifications } = values;
      await api.updateProperty({ projectId, type }, listedAs, {
        ...(hidden === undefined ? {} : { hidden: hidden === "yes" }),
        ...(classifications === undefined
          ? {}
          : { classifications: classifications.split(",").filter(Boolean) }),
      });
    }
  },
});

/** The same, where no key pair of the project and no token reaches it. */
export const changeVisibilityByHand = defineOperation<Visibility, VisibilityFacts>({
  name: "property.visibility",
  actor: "hand",
  ...setVisibility,
});

/** A property that a project does not have cannot be hidden there; one that only arrives with data is not in the tracking plan yet. */
export const addProperty = defineOperation<Omit<Visibility, "hidden" | "classifications">, NoFacts>({
  name: "property.add",
  actor: "hand",
  // Amplitude lists it as soon as it is there: this family's answer shows that it was done.
  family: "taxonomy",
  effects: () => [],
  people: () => [],
  text: (values) => `${named(values)} is not in Amplitude's list: add it, or correct its name`,
  how: (values) => `${page(values)} > Add to tracking plan: ${values.property}; then plan again`,
});
