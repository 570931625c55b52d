import { canonicalEmail, newId, principalKey, type Project } from "../access";
import type { AuditEvent, Family } from "../api";
import {
  ORGANIZATION_MEMBERS,
  type Desired,
  type DueKey,
  type Instance,
  type LivePlan,
  type Step,
} from "../reconcile";
import { Unknown } from "../schema";
import { collaborationsOf, type Collaborator } from "./collaboration";
import { lastSeenIn } from "./last-seen";

/** What policies know beside the organization itself. */
export interface Circumstances {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly families: ReadonlySet<Family>;
  /** Whether it is known of everybody which role in the organization they have. */
  readonly readsOrganizationRoles: boolean;
  /** Canonical e-mails of the declared administrators. */
  readonly admins: readonly string[];
  /** The same for e-mails of any spelling. */
  collaborator(email: string): Collaborator | undefined;
  isServiceAccount(email: string): boolean;
  /** `production`; undefined where neither a stack nor Amplitude says it. */
  environmentOf(project: Pick<Project, "name" | "environment">): string | undefined;
  /** Whether a declaration of an engagement grants this module. */
  isModuleInScope(
    holder: { readonly type: "user" | "group"; readonly id: string },
    projectId: string,
    module: string,
  ): boolean;
  /** Declared keys of the whole organization, and who uses or knows them. */
  readonly organizationKeys: readonly DeclaredKey[];
  /** Keys and whether they are to be exchanged. */
  readonly dueKeys: readonly DueKey[];
  /** RFC 3339: the last sign of somebody in the audit log; undefined where there is none. */
  lastSeen(email: string): string | undefined;
  /** How many days of the audit log were read; 0: none. */
  readonly logDays: number;
}

/** A declared key. */
export interface DeclaredKey {
  readonly address: string;
  readonly label: string;
  /** E-mails, as written. */
  readonly people: readonly string[];
  /** Whether the plan has a step for its line. */
  readonly changes: boolean;
}

/** The part of a plan that tells of circumstances. */
export type Told = Pick<LivePlan, "instances" | "keys"> & {
  readonly plan: Pick<LivePlan["plan"], "families" | "plannedAt" | "steps"> &
    Partial<Pick<LivePlan["plan"], "discrepancies">>;
};

/** What was read of the audit log. */
export interface ReadLog {
  readonly events: readonly AuditEvent[];
  readonly days: number;
}

/** Gathers what policies look at. Without a log, nothing is known of logins. */
export function circumstancesOf(
  { plan, instances, keys }: Told,
  desired: Desired,
  log: ReadLog = { events: [], days: 0 },
): Circumstances {
  const collaborations = collaborationsOf(desired, instances);
  const inScope = modulesInScope(instances);
  const seen = lastSeenIn(log.events);
  return {
    now: Date.parse(plan.plannedAt),
    families: new Set(plan.families),
    readsOrganizationRoles:
      plan.families.includes("management") &&
      plan.discrepancies?.some(({ name }) => name === ORGANIZATION_MEMBERS) !== true,
    admins: desired.policy.admins.map(canonicalEmail),
    collaborator: (email) => collaborations.collaborator(email),
    isServiceAccount: (email) => collaborations.isServiceAccount(email),
    environmentOf: ({ name, environment }) => collaborations.environments.get(name) ?? environment,
    isModuleInScope: (holder, projectId, module) =>
      inScope.has(JSON.stringify([principalKey(holder), projectId, module])),
    organizationKeys: organizationKeys(instances, plan.steps),
    dueKeys: keys,
    lastSeen: (email) => seen.get(canonicalEmail(email)),
    logDays: log.days,
  };
}

function organizationKeys(instances: readonly Instance[], steps: readonly Step[]): DeclaredKey[] {
  const changing = new Set(steps.flatMap(({ addresses }) => addresses));
  return instances.flatMap(({ declaration: { address }, current, label }) => {
    if (current?.["key_type"] !== "organization") return [];
    const { owners = [], known_to: known = [] } = current as Readonly<Record<string, readonly string[]>>;
    return [{ address, label, people: [...new Set([...owners, ...known])], changes: changing.has(address) }];
  });
}

/** Modules that some declaration of an engagement grants. */
function modulesInScope(instances: readonly Instance[]): Set<string> {
  const scope = new Set<string>();
  for (const { current } of instances) {
    const { engagement, module, principal, principal_type: type, project_id: projectId } = current ?? {};
    if (typeof engagement !== "string" || typeof module !== "string") continue;
    const id = idOf(principal);
    if (id === undefined || (type !== "user" && type !== "group")) continue;
    scope.add(JSON.stringify([principalKey({ type, id }), idOf(projectId), module]));
  }
  return scope;
}

/** What the plan makes is known as the model of the organization after it knows it. */
function idOf(value: unknown): string | undefined {
  if (value instanceof Unknown) return newId(value.name);
  return typeof value === "string" ? value : undefined;
}
