import { highestProjectRole, builtInRole, type Effect, type Organization, type ProjectRole } from "../access";
import type { LiveStep } from "./step";

/**
 * The preference of the design as a fixed sequence: group changes come before role changes, so that an identity
 * provider's sync cannot undo one. It speaks of effects, never of kinds. What the API refuses for want of something
 * comes later: people and groups before what hangs on them.
 */
export const phases = [
  "leavers: memberships",
  "leavers: grants",
  "leavers: identity provider",
  "leavers: content",
  "leavers: person",
  "groups and people made",
  "people renamed",
  "identity provider: gains",
  "memberships added",
  "groups' roles raised",
  "identity provider: losses",
  "memberships removed",
  "groups' roles lowered",
  "people's roles raised",
  "people's roles lowered",
  "people removed",
  "groups deleted",
  "records",
] as const;

export type Phase = (typeof phases)[number];

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
  { step, effects }: LiveStep,
  live: Organization,
  leavers: ReadonlySet<string>,
): Phase {
  const [effect] = effects;
  if (step.actor === "record") return "records";
  if (effect === undefined) return "leavers: content";
  const leaving = step.people.length > 0 && step.people.every((email) => leavers.has(email));
  switch (effect.type) {
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
    case "grant":
    case "revoke":
      if (leaving) return "leavers: grants";
      return effect.principal.type === "group"
        ? raises(effect, live)
          ? "groups' roles raised"
          : "groups' roles lowered"
        : raises(effect, live)
          ? "people's roles raised"
          : "people's roles lowered";
  }
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
