import {
  groupOf,
  isRefusal,
  type Effect,
  type GrantHolder,
  type Organization,
  type Principal,
} from "../../access";
import type { Direction } from "../log/attribution";
import type { LiveStep, Step } from "../step";

/** What somebody changed: what it is about, how it was, and how it is now. */
export interface ChangedValue {
  /** `ana@nova.agency in eng`, `mfa_required` */
  readonly subject: string;
  readonly before: string;
  readonly after: string;
}

/** A change that a step would undo. */
export interface OutsideChange extends ChangedValue {
  readonly direction: Direction;
}

type Way = Omit<OutsideChange, "subject">;

const gained = (before: string, after: string): Way => ({ direction: "gained", before, after });
const lost = (before: string, after: string): Way => ({ direction: "lost", before, after });
const became = (before: string, after: string): Way => ({ direction: "either", before, after });

/** What was changed outside, by the step that would undo it: before is as the step would have it, after is what is live. */
export function outsideChange(
  planned: Pick<LiveStep, "effects" | "step">,
  live: Organization,
): OutsideChange {
  return { subject: subjectText(planned.step.values), ...wayOf(planned, live) };
}

function subjectText({ email, group, principal, project, property, setting, label }: Step["values"]): string {
  const what = email ?? principal ?? property ?? setting ?? label;
  if (what === undefined) return group ?? project ?? "";
  if (group !== undefined) return `${what} in ${group}`;
  return project === undefined ? what : `${what} on ${project}`;
}

function wayOf({ step, effects }: Pick<LiveStep, "effects" | "step">, live: Organization): Way {
  const [effect] = effects;
  // What no list of settings has stands in the step's own words: from, and to.
  const isListed = effect?.type !== "setting" || live.settings().has(effect.name);
  if (effect !== undefined && isListed) return changeOf(effect, live);
  const [, from = "not known", to = ""] = /: (?:(.*) → )?(.*)$/.exec(step.text) ?? [];
  return became(to, from);
}

function changeOf(effect: Effect, live: Organization): Way {
  switch (effect.type) {
    case "add_member":
    case "idp_gain":
      return lost("member", "not a member");
    case "remove_member":
    case "idp_lose":
      return gained("not a member", "member");
    case "grant": {
      const now = roleAt(effect, live);
      const wanted = live.role(effect.roleId)?.name ?? effect.roleId;
      return now === undefined ? lost(wanted, "no role") : became(wanted, now);
    }
    case "revoke":
      return gained("no role", roleAt(effect, live) ?? "no role");
    case "grant_module":
      return lost(effect.module, "no such module");
    case "revoke_module":
      return gained("no such module", effect.module);
    case "invite":
      return lost("in the organization", "not in the organization");
    case "remove_person":
      return gained("not in the organization", "in the organization");
    case "set_organization_role":
      return became(effect.role, live.person(effect.email)?.organizationRole ?? "unknown");
    case "create_group":
    case "create_project":
    case "create_key":
      return lost("there", "not there");
    case "delete_group":
    case "delete_key":
      return gained("not there", "there");
    case "archive_project":
      return gained("archived", "in use");
    case "restore_project":
      return lost("in use", "archived");
    case "rename_group": {
      const group = groupOf(live, effect.group);
      return became(effect.name, isRefusal(group) ? effect.group.name : group.name);
    }
    case "rename_project":
      return became(effect.name, live.project(effect.projectId)?.name ?? "unknown");
    case "rename_person":
      return became(nameOf(effect.names), nameOf(live.person(effect.email) ?? {}));
    case "setting":
      return became(effect.value, live.settings().get(effect.name) ?? "not set");
    case "accept":
    case "hand_over_key":
      return became("not done", "done");
  }
}

function roleAt(
  { principal, projectId }: { readonly principal: GrantHolder; readonly projectId: string },
  live: Organization,
): string | undefined {
  const holder = principalIn(principal, live);
  const found = holder === undefined ? undefined : live.grant(holder, projectId);
  return found === undefined ? undefined : (live.role(found.roleId)?.name ?? found.roleId);
}

function principalIn(holder: GrantHolder, live: Organization): Principal | undefined {
  if (holder.type === "user") return { type: "user", id: holder.email };
  const group = groupOf(live, holder.group);
  return isRefusal(group) ? undefined : { type: "group", id: group.id };
}

const nameOf = ({
  givenName,
  familyName,
}: {
  readonly givenName?: string;
  readonly familyName?: string;
}): string => [givenName, familyName].filter(Boolean).join(" ") || "no name";
