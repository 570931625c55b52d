import { canonicalEmail } from "../../access";
import { ensure } from "../../api";
import { defineOperation } from "../operation";
import { heldName, idsOf, peopleOf, placeOf, type Holding, type HoldingFacts } from "./principal";

/** `module`: `experiment_analyst`. */
type Module = Holding & { readonly module: string };

const words = (module: string): string => module.replaceAll("_", " ");
const page = ({ principal, project }: Module): string =>
  `Amplitude, Settings > Projects > ${project} > Access > ${principal} > Modules`;

/** Gives an add-on module on a project (playbook, "Govern and Experiment Add-Ons"). No documented API does. */
export const grantModule = defineOperation<Module, HoldingFacts>({
  name: "module.grant",
  actor: "write",
  family: "management",
  effects: (values, facts) => [{ type: "grant_module", ...placeOf(values, facts), module: values.module }],
  people: peopleOf,
  text: ({ principal, module, project }) => `${principal} gets ${words(module)} on ${project}`,
  how: (values) => `${page(values)}: ${words(values.module)}`,
  async perform(api, entries, created) {
    for (const { values, facts } of entries) {
      const wanted = { ...idsOf(values, facts, created), module: values.module };
      const { value } = await ensure({
        create: () => api.grantModule(wanted),
        lookUp: async () =>
          (await api.moduleGrants()).items.find(
            (found) =>
              found.principalType === wanted.principalType &&
              canonicalEmail(found.principal) === canonicalEmail(wanted.principal) &&
              found.projectId === wanted.projectId &&
              found.module === wanted.module,
          ),
        equal: () => true,
        update: (found) => Promise.resolve(found),
      });
      created.set(heldName("module", wanted, values.module), value.id);
    }
  },
});

/** Takes a module away again. */
export const revokeModule = defineOperation<Module, HoldingFacts & { moduleGrantId: string }>({
  name: "module.revoke",
  actor: "write",
  family: "management",
  effects: (values, facts) => [{ type: "revoke_module", ...placeOf(values, facts), module: values.module }],
  people: peopleOf,
  text: ({ principal, module, project }) => `${principal} loses ${words(module)} on ${project}`,
  how: (values) => `${page(values)}: remove ${words(values.module)}`,
  async perform(api, entries) {
    for (const { facts } of entries) await api.revokeModule(facts.moduleGrantId);
  },
});
