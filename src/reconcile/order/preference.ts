import {
  builtInRole,
  compareOrganizationRoles,
  highestProjectRole,
  organizationRoleNamed,
  type Effect,
  type Organization,
  type ProjectRole,
} from "../../access";
import { phases, type Phase } from "./phase";
import type { LiveStep } from "../step";

/** Sorts steps by phase, then by declaration, then by what they say. */
export function ordered(
  steps: readonly LiveStep[],
  live: Organization,
  leavers: ReadonlySet<string>,
): LiveStep[] {
  const placed = steps.map((step) => ({
    step,
    place: phases.indexOf(phaseOf(step, live, leavers)),
    text: `${step.step.addresses[0] ?? "~"} ${step.step.text}`,
  }));
  return placed.sort((a, b) => a.place - b.place || compareText(a.text, b.text)).map(({ step }) => step);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The phase of a step, from its first effect. */
export function phaseOf(
  { step, effects, operation }: LiveStep,
  live: Organization,
  leavers: ReadonlySet<string>,
): Phase {
  const [effect] = effects;
  if (step.actor === "record") return "records";
  // Nothing about access: what no API can do at all is somebody's content, or a look at how things are.
  if (effect === undefined) {
    if (step.family !== undefined) return "projects made and changed";
    return operation.confirms === "act" ? "leavers: content" : "looked at by hand";
  }
  const leaving = step.people.length > 0 && step.people.every((email) => leavers.has(email));
  switch (effect.type) {
    case "create_project":
    case "rename_project":
    case "restore_project":
      return "projects made and changed";
    case "accept":
      return "invitations accepted";
    case "create_group":
    case "rename_group":
    case "invite":
      return "groups and people made";
    case "rename_person":
      return "people renamed";
    case "idp_gain":
      return "identity provider: gains";
    case "add_member":
      return "memberships added";
    case "idp_lose":
      return leaving ? "leavers: identity provider" : "identity provider: losses";
    case "remove_member":
      return leaving ? "leavers: memberships" : "memberships removed";
    case "remove_person":
      return leaving ? "leavers: person" : "people removed";
    case "delete_group":
      return "groups deleted";
    case "archive_project":
      return "projects archived";
    case "create_key":
      return "keys made";
    case "hand_over_key":
      return "keys handed over";
    case "delete_key":
      return "keys deleted";
    case "setting":
      return settingPhase(effect.name, effect.value, live);
    case "set_organization_role":
      if (leaving) return "leavers: organization role";
      return raisesOrganizationRole(effect.role, live.person(effect.email)?.organizationRole)
        ? "people's roles raised"
        : "people's roles lowered";
    case "grant":
    case "revoke": {
      if (leaving) return "leavers: grants";
      const raised = raises(effect, live);
      if (effect.principal.type === "group") return raised ? "groups' roles raised" : "groups' roles lowered";
      return raised ? "people's roles raised" : "people's roles lowered";
    }
    // A module is worth nothing without a project role: it comes after that role, and goes before it.
    case "grant_module":
    case "revoke_module": {
      if (leaving) return "leavers: grants";
      const granted = effect.type === "grant_module";
      if (effect.principal.type === "group")
        return granted ? "groups' modules granted" : "groups' modules revoked";
      return granted ? "people's modules granted" : "people's modules revoked";
    }
  }
}

/** Enforced single sign-on and allowed addresses can lock out whoever runs this, so they come last. */
function settingPhase(name: string, value: string, live: Organization): Phase {
  if (name.startsWith("visibility of "))
    return value === "narrowed" ? "settings tightened" : "settings loosened";
  if (name === "sso_enforced" || name === "ip_allowlist") return "settings that can lock out";
  const tightens =
    name === "mfa_required"
      ? value === "true"
      : // Where nobody can read it: Member, which the playbook asks for, exposes nobody.
        name === "jit_default_role" && !raisesOrganizationRole(value, live.settings().get(name) ?? "member");
  return tightens ? "settings tightened" : "settings loosened";
}

/** An unknown role is taken for the lowest: raising comes first. */
function raisesOrganizationRole(to: string, from: string | undefined): boolean {
  const [before, after] = [
    from === undefined ? undefined : organizationRoleNamed(from),
    organizationRoleNamed(to),
  ];
  return before === undefined || after === undefined || compareOrganizationRoles(after, before) > 0;
}

/** Whether a grant takes nothing away. A custom role is opaque: exchanging one for another counts as raising, so that nobody is left without. */
function raises(effect: Extract<Effect, { type: "grant" | "revoke" }>, live: Organization): boolean {
  if (effect.type === "revoke") return false;
  const { principal, projectId } = effect;
  const id = principal.type === "user" ? principal.email : principal.group.id;
  const before = id === undefined ? undefined : live.grant({ type: principal.type, id }, projectId);
  const [from, to] = [before && builtIn(live, before.roleId), builtIn(live, effect.roleId)];
  if (from === undefined || to === undefined) return true;
  return highestProjectRole(new Set([from, to])) === to;
}

function builtIn(live: Organization, roleId: string): ProjectRole | undefined {
  const role = live.role(roleId);
  return role && builtInRole(role);
}
