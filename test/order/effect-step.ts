import type { Effect } from "../../src/access";
import type { LiveStep } from "../../src/reconcile/step";
import type { Actor, Operation } from "../../src/resources";

/** A step of somebody: its text is what it does. */
export function step(effect: Effect, actor: Actor = "write"): LiveStep {
  const text = textOf(effect);
  const people =
    "email" in effect
      ? [effect.email]
      : "principal" in effect && effect.principal.type === "user"
        ? [effect.principal.email]
        : [];
  return {
    operation: { name: effect.type } as Operation,
    effects: [effect],
    step: {
      id: text,
      operation: effect.type,
      actor,
      values: {},
      facts: {},
      people,
      text,
      addresses: [],
      because: [],
      invites: [],
    },
  };
}

export function textOf(effect: Effect): string {
  if (effect.type === "add_member" || effect.type === "idp_gain")
    return `${effect.group.name} + ${effect.email}`;
  if (effect.type === "remove_member" || effect.type === "idp_lose")
    return `${effect.group.name} - ${effect.email}`;
  if (effect.type === "grant" || effect.type === "revoke") {
    const holder = effect.principal.type === "user" ? effect.principal.email : effect.principal.group.name;
    return `${holder} ${effect.projectId}: ${effect.type === "grant" ? effect.roleId : "nothing"}`;
  }
  if (effect.type === "set_organization_role") return `${effect.email}: ${effect.role}`;
  if (effect.type === "setting") return `${effect.name} ${effect.value}`;
  if ("keyType" in effect)
    return `${effect.label} ${effect.generation} ${{ create_key: "made", hand_over_key: "passed on", delete_key: "deleted" }[effect.type]}`;
  if (effect.type === "archive_project" || effect.type === "restore_project")
    return `${effect.type === "archive_project" ? "archive" : "restore"} ${effect.projectId}`;
  return "email" in effect ? `${effect.type} ${effect.email}` : effect.type;
}
