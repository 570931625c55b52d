import { effectiveAccess as accessOf, pathText } from "../access";
import { computed, email, required, setOf, string } from "../schema";
import { defineLookup } from "./kind";

/**
 * What somebody may do on a project, whatever gives it: what a check in Terraform, or an output, is made of. For Terraform only; the CLI
 * shows the same before and after every plan.
 */
export const effectiveAccess = defineLookup({
  type: "amplitude_effective_access",
  description:
    "What a person may do on a project, by organization role, directly and through every group. Custom roles are named; what they allow, only Amplitude knows.",
  attributes: {
    email: required(email, "E-mail address of the person, in the organization or not."),
    project_id: required(string, "Id of the project."),
    roles: computed(setOf(string), "Names of the roles that reach the person there."),
    modules: computed(setOf(string), "Modules of Govern and Experiment that do, where an API shows them."),
    capabilities: computed(setOf(string), "The playbook's capabilities that are known to be held."),
    via: computed(setOf(string), "How: `direct`, `via group agency-nova`, `as organization admin`."),
  },
  by: "email",
  reads: ["people", "groups", "roles", "assignments", "members", "managedProjects", "modules"],
  find(live, address, config) {
    const access = accessOf(live, address).projects.get(config?.project_id ?? "");
    const paths = access?.paths ?? [];
    return {
      email: address,
      project_id: config?.project_id,
      roles: [...new Set(paths.flatMap(({ role }) => (role === undefined ? [] : [role.name])))],
      modules: [...(access?.modules ?? [])],
      capabilities: [...(access?.capabilities ?? [])],
      via: [...new Set(paths.map(({ via }) => pathText(via)))],
    };
  },
  known: () => [],
});
