import { createHash } from "node:crypto";
import { addOnOf } from "../seed/managed-records";
import type { ModuleName } from "../seed/schema";
import { record, Refusal, type Act } from "./act";
import type { ModuleGrant } from "./organization";
import { projectOf, refuseArchived } from "./project-of";

/** Who is given which module where. */
export type ModulePlace = Omit<ModuleGrant, "id">;

/**
 * Gives a person or a group a module on a project (playbook: "Modules are additive"). Throws Refusal where the
 * project is archived or lacks the add-on, the principal is unknown, or has the module already.
 */
export function grantModule(act: Act, place: ModulePlace): ModuleGrant {
  const { organization } = act;
  const project = projectOf(act, place.project);
  const known = place.principalType === "user" ? organization.people : organization.groups;
  if (!known.has(place.principal)) {
    throw new Refusal("not-found", `There is no ${place.principalType} ${place.principal}.`);
  }
  const addOn = addOnOf(place.module);
  if (!project.addOns.includes(addOn)) {
    throw new Refusal("invalid", `Project ${project.id} does not have the add-on ${addOn}.`);
  }
  refuseArchived(act, project.id);
  if (organization.moduleAt(place) !== undefined) {
    throw new Refusal(
      "conflict",
      `${place.principal} already has ${place.module} on project ${place.project}.`,
    );
  }
  const grant = { ...place, id: freshModuleId(act.organization) };
  organization.modules.set(grant);
  log(act, "create", grant, null, grant.module);
  return grant;
}

/** The module grant of that id; throws Refusal where there is none. */
export function moduleGrantOf(act: Act, id: string): ModuleGrant {
  const grant = act.organization.modules.get(id);
  if (grant === undefined) throw new Refusal("not-found", `There is no module grant ${id}.`);
  return grant;
}

/** Takes a module grant away; throws Refusal where there is none of that id. */
export function revokeModule(act: Act, id: string): void {
  const grant = moduleGrantOf(act, id);
  act.organization.modules.delete(id);
  log(act, "delete", grant, grant.module, null);
}

/** Takes away every module of somebody, or of a group, that goes. */
export function revokeModulesOf(
  act: Act,
  principalType: ModulePlace["principalType"],
  principal: string,
): void {
  for (const grant of act.organization.modulesOf(principalType, principal)) revokeModule(act, grant.id);
}

/** An id that no module grant has: 22 URL-safe characters, the same ones in every run. */
export function freshModuleId(
  organization: Act["organization"],
  taken: { has(id: string): boolean } = organization.modules,
): string {
  for (;;) {
    const id = createHash("sha256")
      .update(`module grant ${organization.identity.id} ${organization.counters.moduleGrant++}`)
      .digest("base64url")
      .slice(0, 22);
    if (!taken.has(id)) return id;
  }
}

function log(
  act: Act,
  action: string,
  grant: ModuleGrant,
  from: ModuleName | null,
  to: ModuleName | null,
): void {
  const { organization } = act;
  const { principalType, principal, project } = grant;
  const target =
    principalType === "group"
      ? (organization.groups.get(principal)?.name ?? principal)
      : (organization.person(principal)?.email ?? principal);
  record(act, {
    domain: "project",
    feature: "module_grant",
    action,
    documented: false,
    target,
    projectId: project,
    properties: { grant_id: grant.id, principal_type: principalType, principal_id: principal, from, to },
  });
}
