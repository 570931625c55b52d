import {
  canonicalEmail,
  type Effect,
  type GrantHolder,
  type GroupReference,
  type Organization,
  type Principal,
} from "../access";
import type { LiveStep } from "../reconcile";

/** More members than this are not written out. */
const SHOWN_MEMBERS = 20;

/**
 * The lines of a stack that would declare what is live where a step would change it, one for each of its effects. The names of the
 * variables are made up from the names of what they stand for.
 */
export function adoptionOf({ effects }: Pick<LiveStep, "effects">, live: Organization): string[] {
  return [...new Set(effects.flatMap((effect) => lineOf(effect, live)))];
}

function lineOf(effect: Effect, live: Organization): string[] {
  switch (effect.type) {
    case "add_member":
    case "remove_member":
      return [`new Group(stack, ${text(effect.group.name)}, { members: ${membersOf(live, effect.group)} });`];
    case "idp_gain":
    case "idp_lose":
      return [
        `IdpGroup.named(stack, ${text(effect.group.name)}, { expects: ${membersOf(live, effect.group)} });`,
      ];
    case "grant":
    case "revoke":
      return [grantLine(effect, live)];
    case "grant_module":
    case "revoke_module":
      return effect.type === "grant_module"
        ? [`// Remove the line that gives ${holderName(effect.principal)} ${effect.module}.`]
        : [
            `${variable(holderName(effect.principal))}.module(${text(effect.module)}, ${projectVariable(effect.projectId, live)});`,
          ];
    case "invite":
      return [
        `// Remove the lines that name ${effect.email}, or say so: stack.left(${text(effect.email)}, { ... });`,
      ];
    case "remove_person":
      return [`new Person(stack, ${text(effect.email)});`];
    case "set_organization_role":
      return [roleLine(effect.email, live)];
    case "create_group":
      return [`// Remove the lines of the group ${effect.name}.`];
    case "delete_group":
      return [`new Group(stack, ${text(effect.group.name)}, { members: ${membersOf(live, effect.group)} });`];
    case "setting":
      return [
        `// Declare ${effect.name} = ${text(live.settings().get(effect.name) ?? "")} in the organization's settings.`,
      ];
    case "rename_group":
      return [`new Group(stack, ${text(effect.group.name)}, { ... });`];
    case "accept":
    case "rename_person":
    case "create_project":
    case "rename_project":
    case "archive_project":
    case "restore_project":
    case "create_key":
    case "delete_key":
    case "hand_over_key":
      return [];
  }
}

type Granted = Extract<Effect, { type: "grant" | "revoke" }>;

function grantLine(effect: Granted, live: Organization): string {
  const holder = holderName(effect.principal);
  const project = projectVariable(effect.projectId, live);
  const role = roleOf(effect, live);
  if (role === undefined) return `// Remove the line that gives ${holder} a role on ${project}.`;
  const written = role.custom ? `Role.custom(${text(role.name)})` : `Role.${role.name}`;
  return `${variable(holder)}.may(${written}, ${project});`;
}

/** The role that is live where a step would change it. */
export function roleOf(
  { principal, projectId }: Granted,
  live: Organization,
): { readonly name: string; readonly custom: boolean } | undefined {
  const known = principalIn(principal, live);
  const found = known === undefined ? undefined : live.grant(known, projectId);
  if (found === undefined) return undefined;
  const { name = found.roleId, custom = true } = live.role(found.roleId) ?? {};
  return { name, custom };
}

function roleLine(email: string, live: Organization): string {
  const role = live.person(email)?.organizationRole;
  return /^(?:owner|admin)$/i.test(role ?? "")
    ? `stack.admins(${text(email)});`
    : `// Remove ${email} from admins, or declare the organization role ${role ?? ""}.`;
}

function principalIn(holder: GrantHolder, live: Organization): Principal | undefined {
  if (holder.type === "user") return { type: "user", id: canonicalEmail(holder.email) };
  const id = groupIn(holder.group, live)?.id;
  return id === undefined ? undefined : { type: "group", id };
}

function groupIn({ id, name }: GroupReference, live: Organization) {
  return id === undefined ? live.groupsNamed(name)[0] : live.group(id);
}

function membersOf(live: Organization, group: GroupReference): string {
  const members = membersIn(live, group);
  return members.length > SHOWN_MEMBERS
    ? `[/* ${members.length} people */]`
    : `[${members.map(text).join(", ")}]`;
}

/** E-mails of who is in a group, as they are spelled, sorted. */
export function membersIn(live: Organization, group: GroupReference): string[] {
  return [...(groupIn(group, live)?.members ?? [])].map((email) => live.person(email)?.email ?? email).sort();
}

export const holderName = (holder: GrantHolder): string =>
  holder.type === "user" ? holder.email : holder.group.name;

function projectVariable(projectId: string, live: Organization): string {
  return variable(projectName(projectId, live));
}

export const projectName = (projectId: string, live: Organization): string =>
  live.project(projectId)?.name ?? projectId;

const text = (value: string): string => JSON.stringify(value);

/** `Client Production` as `clientProduction`, `jo@nova.agency` as `joNovaAgency`. */
export function variable(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const joined = words
    .map((word, place) => {
      const first = word.slice(0, 1);
      return (place === 0 ? first.toLowerCase() : first.toUpperCase()) + word.slice(1);
    })
    .join("");
  return /^\p{L}/u.test(joined) ? joined : `the${joined}`;
}
