import { canonicalEmail } from "../access";
import { computed, email, name as nameType, oneOf, required, string } from "../schema";
import { effectiveAccess } from "./effective-access-lookup";
import { defineLookup, type Lookup } from "./kind";
import { groupNamed, isUnlistedProject, projectNamed, roleNamed } from "./references";

const name = required(nameType, "Name, as Amplitude shows it.");
const id = computed(string, "Amplitude's id.");

const project = defineLookup({
  type: "amplitude_project",
  description: "A project that exists, by name.",
  attributes: { name, id },
  by: "name",
  reads: ["projects"],
  find: (live, value) => projectNamed(live, value),
  findById: (live, projectId) => live.project(projectId),
  isReferredTo: isUnlistedProject,
  known: (live) => [...live.projects()].map((found) => found.name),
});

const role = defineLookup({
  type: "amplitude_role",
  description: "A role that can be assigned on projects, by name.",
  attributes: { name, id },
  by: "name",
  reads: ["roles"],
  find: (live, value) => roleNamed(live, value),
  findById: (live, roleId) => live.role(roleId),
  known: (live) => [...live.roles()].map((found) => found.name),
});

const group = defineLookup({
  type: "amplitude_group",
  description: "A permission group that exists, by name.",
  attributes: { name, id },
  by: "name",
  reads: ["groups"],
  find: (live, value) => groupNamed(live, value),
  findById: (live, groupId) => live.group(groupId),
  known: (live) => [...live.groups()].map((found) => found.name),
});

const user = defineLookup({
  type: "amplitude_user",
  description: "A person of the organization, by e-mail.",
  attributes: {
    email: required(email, "E-mail address, compared without case."),
    id,
    status: computed(oneOf(["present"]), "present: invited or joined."),
  },
  by: "email",
  reads: ["people"],
  find: (live, value) =>
    live.person(value) === undefined
      ? undefined
      : { email: value, id: canonicalEmail(value), status: "present" },
  known: (live) => [...live.people()].map((found) => found.email),
});

/** Data sources, evaluated by both hosts. */
export const lookups: readonly Lookup[] = [project, role, group, user];

/** Data sources of Terraform: some are of no use where a whole organization is seen anyway. */
export const terraformLookups: readonly Lookup[] = [...lookups, effectiveAccess];
