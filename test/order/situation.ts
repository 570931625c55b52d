import {
  Model,
  organizationOf,
  principalOf,
  isRefusal,
  type Effect,
  type Mapping,
  type Organization,
  type OrganizationFacts,
  type Unread,
} from "../../src/access";
import { everyEffort, type Effort } from "../../src/reconcile/order/arrange";
import { courseOf, type Course } from "../../src/reconcile/order/course";
import { ordered } from "../../src/reconcile/order/preference";
import type { LiveStep } from "../../src/reconcile/step";
import { keyOf, stepsOfKeys, type Keys } from "./key-steps";
import { step } from "./effect-step";

export { step, textOf } from "./effect-step";

export const roles = [
  { id: "viewer", name: "Viewer", custom: false },
  { id: "member", name: "Member", custom: false },
  { id: "manager", name: "Manager", custom: false },
  { id: "auditor", name: "Auditor", custom: true },
];
export const projects = [
  { id: "web", name: "Web" },
  { id: "app", name: "App" },
];

/** `{ analysts: ["ana", "jo"] }`; a group of the identity provider begins with `idp`. */
export type Groups = Readonly<Record<string, readonly string[]>>;
/** `"analysts web": "viewer"`; a holder that is no group is a person. */
export type Grants = Readonly<Record<string, string>>;

/** Who is in which group, and what groups and people may do. */
export interface Situation {
  readonly people?: readonly string[];
  readonly groups?: Groups;
  readonly grants?: Grants;
  /** Organization roles by person. */
  readonly roles?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly keys?: Keys;
  readonly archived?: readonly string[];
}

export function organization({
  people = [],
  groups = {},
  grants = {},
  roles: held = {},
  settings = {},
  keys = {},
  archived = [],
}: Situation): Organization {
  const named = new Set([...people, ...Object.values(groups).flat(), ...Object.keys(held)]);
  const facts: OrganizationFacts = {
    people: [...named].map((email) => ({
      email,
      ...(held[email] === undefined ? {} : { organizationRole: held[email] }),
    })),
    groups: Object.entries(groups).map(([name, members]) => ({
      id: name,
      name,
      members: new Set(members),
      writer: name.startsWith("idp") ? "idp" : "us",
    })),
    roles,
    projects: projects.map((project) => ({ ...project, archived: archived.includes(project.id) })),
    keys: Object.entries(keys).flatMap(([name, generations]) =>
      generations.map((generation) => ({ id: `${name} #${generation}`, ...keyOf(name, generation) })),
    ),
    grants: Object.entries(grants).map(([place, roleId]) => {
      const [id = "", projectId = ""] = place.split(" ");
      return {
        id: place,
        principal: { type: groups[id] === undefined ? "user" : "group", id },
        projectId,
        roleId,
      };
    }),
    settings: new Map(Object.entries(settings)),
  };
  return organizationOf(facts);
}

/** The steps from one situation to another. */
export function stepsBetween(before: Situation, after: Situation): LiveStep[] {
  const steps: LiveStep[] = [];
  const [was, is] = [before.groups ?? {}, after.groups ?? {}];
  const present = new Set(before.people ?? []);
  for (const email of after.people ?? [])
    if (!present.has(email) && before.people !== undefined) steps.push(step({ type: "invite", email }));
  for (const name of Object.keys({ ...was, ...is })) {
    const group = { id: name, name };
    const idp = name.startsWith("idp");
    for (const email of is[name] ?? [])
      if (!(was[name] ?? []).includes(email))
        steps.push(
          idp ? step({ type: "idp_gain", group, email }, "idp") : step({ type: "add_member", group, email }),
        );
    for (const email of was[name] ?? [])
      if (!(is[name] ?? []).includes(email))
        steps.push(
          idp
            ? step({ type: "idp_lose", group, email }, "idp")
            : step({ type: "remove_member", group, email }),
        );
  }
  const [held, holds] = [before.grants ?? {}, after.grants ?? {}];
  for (const place of Object.keys({ ...held, ...holds })) {
    const [id = "", projectId = ""] = place.split(" ");
    const principal =
      was[id] === undefined && is[id] === undefined
        ? ({ type: "user", email: id } as const)
        : ({ type: "group", group: { id, name: id } } as const);
    const roleId = holds[place];
    if (roleId === held[place]) continue;
    steps.push(
      step(
        roleId === undefined
          ? { type: "revoke", principal, projectId }
          : { type: "grant", principal, projectId, roleId },
      ),
    );
  }
  for (const [email, role] of Object.entries(after.roles ?? {}))
    if ((before.roles ?? {})[email] !== role)
      steps.push(step({ type: "set_organization_role", email, role }));
  steps.push(...stepsOfKeys(before.keys ?? {}, after.keys ?? {}));
  for (const { id: projectId } of projects) {
    const [gone, goes] = [before.archived?.includes(projectId), after.archived?.includes(projectId)];
    if (gone === true && goes !== true) steps.push(step({ type: "restore_project", projectId }));
    if (gone !== true && goes === true) steps.push(step({ type: "archive_project", projectId }));
  }
  for (const [name, value] of Object.entries(after.settings ?? {}))
    if ((before.settings ?? {})[name] !== value) steps.push(step({ type: "setting", name, value }));
  return steps;
}

export interface Circumstances {
  readonly mappings?: Readonly<
    Record<
      string,
      { readonly organizationRole?: string; readonly projectRoles?: Readonly<Record<string, string>> }
    >
  >;
  readonly deprovisions?: boolean;
  readonly minimum?: number;
  readonly kept?: readonly string[];
  readonly admins?: readonly string[];
  readonly notAccepted?: readonly string[];
  readonly leavers?: readonly string[];
  /** Texts of steps that something else refuses. */
  readonly refused?: readonly string[];
  readonly effort?: Partial<Effort>;
  /** By their texts, not by preference. */
  readonly byText?: true;
}

export function unreadOf({
  mappings = {},
  deprovisions = false,
  admins = [],
  notAccepted = [],
}: Circumstances): Unread {
  const known = Object.entries(mappings).map(([group, mapping]): [string, Mapping] => [
    group,
    {
      ...(mapping.organizationRole === undefined ? {} : { organizationRole: mapping.organizationRole }),
      projectRoles: new Map(Object.entries(mapping.projectRoles ?? {})),
    },
  ]);
  return {
    provider: { mappings: new Map(known), deprovisions },
    admins: new Set(admins),
    hasAccepted: (email) => !notAccepted.includes(email),
    handedOver: new Set(),
  };
}

/** The course of these steps from here. */
export function course(
  live: Organization,
  steps: readonly LiveStep[],
  circumstances: Circumstances = {},
): Course {
  const { minimum = 0, kept = [], leavers = [], effort = {}, admins = [], refused = [] } = circumstances;
  const leaving = new Set(leavers);
  const preferred =
    circumstances.byText === true
      ? steps.toSorted((a, b) => (a.step.text < b.step.text ? -1 : 1))
      : ordered(steps, live, leaving);
  const administrators = [...live.people()]
    .filter(({ organizationRole }) => organizationRole === "owner" || organizationRole === "admin")
    .map(({ email }) => email);
  const raised = steps.flatMap(({ effects: [effect] }) =>
    effect?.type === "set_organization_role" ? [effect.email] : [],
  );
  return courseOf(
    {
      preferred,
      runs: preferred.filter(({ step: { text } }) => !refused.includes(text)),
      before: live,
      unread: unreadOf(circumstances),
      administration: {
        minimum,
        kept: new Set(kept),
        candidates: new Set([...kept, ...administrators, ...admins, ...raised]),
      },
      leavers: leaving,
    },
    { ...everyEffort, ...effort },
  );
}

/** What happens, in order; what does not is left out. */
export function told({ runs }: Pick<Course, "runs">): string[] {
  return runs.map(({ step: { text } }) => text);
}

/** Why a step stands where it stands. */
export function reason(found: Course, text: string): string | undefined {
  return found.steps.find(({ step: each }) => each.text === text)?.step.place?.reason;
}

/** A model that follows steps, for whoever looks at what they leave. */
export function modelOf(live: Organization, circumstances: Circumstances = {}): Model {
  return new Model(live, unreadOf(circumstances));
}

/** Whether a holder is there: for grants of groups that are not. */
export function holderExists(live: Organization, effect: Effect): boolean {
  return !("principal" in effect) || !isRefusal(principalOf(live, effect.principal));
}
