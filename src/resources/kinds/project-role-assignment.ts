import { principalKey, projectRoleNamed, type Grant, type Organization } from "../../access";
import {
  caselessName,
  email,
  name,
  problem,
  required,
  type ConfigOf,
  type StateOf,
  type ValueType,
} from "../../schema";
import { engagement, expiresAt, id, status, principal, principalType, projectId } from "../attributes";
import { holderName, holderState, idText, namedPeople, principalOf, placeHeld } from "../holder";
import { defineKind } from "../kind";
import { rowById } from "../row-by-id";
import { changeGrant, grant, revoke } from "../operations/grant";
import { projectReference, roleNamed } from "../references";

/** Roles are named as Amplitude names them, compared without case. */
const roleName: ValueType<string> = { ...name, name: "role", canonical: caselessName };

const attributes = {
  id,
  principal_type: principalType,
  principal,
  project_id: projectId,
  role: required(roleName, "Name of the role, built-in (Viewer, Member, Manager, Admin) or custom."),
  expires_at: expiresAt,
  engagement,
  status,
};
type Config = ConfigOf<typeof attributes>;

const state = (live: Organization, found: Grant): StateOf<typeof attributes> => ({
  id: found.id,
  ...holderState(live, found.principal),
  project_id: found.projectId,
  role: live.role(found.roleId)?.name ?? found.roleId,
});

/** The role of a person or a group on a project. */
export const projectRoleAssignment = defineKind({
  type: "amplitude_project_role_assignment",
  description: "The role of a person or a group on a project. Several that reach one person add up.",
  attributes,
  key: ["principal_type", "principal", "project_id"],
  family: "user-management",
  reads: ["assignments", "roles", "groups", "people", "projects"],
  nature: "made",
  isGrant: true,
  can: { create: true, update: true, delete: true },
  find(live, config) {
    const { project_id: project } = config;
    const key = principalOf(config);
    if (key === undefined || typeof project !== "string") return undefined;
    const found = live.grant(key, project);
    return found && state(live, found);
  },
  findById(live, assignmentId) {
    const found = rowById(live, grantsOf, assignmentId);
    return found && state(live, found);
  },
  createdAs: (config) => placeHeld("role", config),
  rows: (config) => {
    const holder = principalOf(config);
    const { project_id: project } = config;
    const key =
      holder === undefined || typeof project !== "string"
        ? {}
        : { key: `${principalKey(holder)} ${project}` };
    return [{ collection: "assignments", ...key }, { collection: "roles" }];
  },
  *list(live) {
    for (const found of live.grants()) yield state(live, found);
  },
  *around(live) {
    for (const found of live.grants()) yield state(live, found);
  },
  shows: ({ id, principal_type: principalType, principal, project_id: projectId, role }) =>
    typeof principal === "string" &&
    typeof projectId === "string" &&
    principalType !== undefined &&
    role !== undefined
      ? { assignments: [{ id: id ?? "", principalType, principal, projectId, roleId: role }] }
      : {},
  isThere: async (api, assignmentId) => (await api.assignment(assignmentId)) !== undefined,
  id: (found) => found.id,
  label: (config, live) => `${holderName(live, config)} on ${projectReference(live, config.project_id).name}`,
  names: (config) => ({ present: namedPeople(config), absent: [] }),
  validate: (config) =>
    config.principal_type === "user" &&
    typeof config.principal === "string" &&
    email.check(config.principal) !== undefined
      ? [
          problem(
            `${idText(config.principal)} is not an e-mail address`,
            "A principal of type user is an e-mail.",
            { attribute: "principal" },
          ),
        ]
      : [],
  // Where no role can be read, nothing can be said about their names.
  checks: ["roles"],
  // Amplitude may not list its own roles: a whole plan goes on without that one grant. One instance has nothing to go on with.
  check: (config, live, declared) =>
    hasRoles(live) &&
    roleNamed(live, config.role) === undefined &&
    (declared === undefined || projectRoleNamed(config.role) === undefined)
      ? [unknownRole(config.role, live)]
      : [],
  claims: (found, owns, live) =>
    owns.ownsGrantsOn(
      typeof found.project_id === "string" ? live.project(found.project_id)?.name : undefined,
    ) &&
    (found.principal_type === "group"
      ? owns.ownsGroup(typeof found.principal === "string" ? (live.group(found.principal)?.name ?? "") : "")
      : owns.ownsPerson(idText(found.principal ?? ""))),
  steps({ action, prior, config }, { live }) {
    const instance = (config ?? prior) as Config;
    const { name: project, id: knownProject } = projectReference(live, instance.project_id);
    const groupId =
      instance.principal_type === "group" && typeof instance.principal === "string"
        ? instance.principal
        : undefined;
    const values = {
      principalType: instance.principal_type,
      principal: holderName(live, instance),
      project,
      role: instance.role,
    };
    const roleId = roleNamed(live, instance.role)?.id ?? instance.role;
    const facts = { groupId, projectId: knownProject };
    if (action === "create") return [grant.draft(values, { ...facts, roleId })];
    const assignmentId = prior?.id ?? "";
    const from = prior?.role ?? "";
    const holder = principalOf(instance);
    const held = holder && live.grantsOf(holder).find((found) => found.id === assignmentId);
    const fromRoleId = held?.roleId ?? roleNamed(live, from)?.id ?? from;
    if (action === "delete")
      return [revoke.draft({ ...values, role: from }, { ...facts, assignmentId, roleId: fromRoleId })];
    return [changeGrant.draft(values, { ...facts, roleId, assignmentId, from, fromRoleId })];
  },
  example: {
    create: { principal_type: "user", principal: "jo@nova.agency", project_id: "288501", role: "Member" },
    update: { role: "Manager" },
  },
});

const grantsOf = (live: Organization): Iterable<Grant> => live.grants();

function hasRoles(live: Organization): boolean {
  for (const _ of live.roles()) return true;
  return false;
}

function unknownRole(role: string, live: Organization): ReturnType<typeof problem> {
  const known = [...live.roles()].map(({ name }) => name).sort();
  return problem(
    `There is no role ${JSON.stringify(role)}`,
    `Amplitude lists ${known.join(", ")}. Use one of them, or give its id in \`role_ids\`.`,
    { attribute: "role" },
  );
}
