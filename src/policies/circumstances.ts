import { canonicalEmail, newId, principalKey, type Project } from "../access";
import type { AuditEvent, Family } from "../api";
import type { Desired, Instance } from "../reconcile";
import { Unknown } from "../schema";
import { collaborationsOf } from "./collaboration";
import { lastSeenIn } from "./last-seen";

/** Somebody from outside, and the work that they are there for. */
export interface Collaborator {
  /** Name of the engagement; undefined where only a pattern of the provider block names their domain. */
  readonly engagement?: string;
  /** RFC 3339 or a date: when the engagement ends. */
  readonly until?: string;
}

/** What policies know beside the organization itself. */
export interface Circumstances {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly families: ReadonlySet<Family>;
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
  /** RFC 3339: the last sign of somebody in the audit log; undefined where there is none. */
  lastSeen(email: string): string | undefined;
  /** How many days of the audit log were read; 0: none. */
  readonly logDays: number;
}

/** What was read of the audit log. */
export interface ReadLog {
  readonly events: readonly AuditEvent[];
  readonly days: number;
}

/** Gathers what policies look at. Without a log, nothing is known of logins. */
export function circumstancesOf(
  desired: Desired,
  instances: readonly Instance[],
  families: Iterable<Family>,
  now: number,
  log: ReadLog = { events: [], days: 0 },
): Circumstances {
  const collaborations = collaborationsOf(desired, instances);
  const inScope = modulesInScope(instances);
  const seen = lastSeenIn(log.events);
  return {
    now,
    families: new Set(families),
    admins: desired.policy.admins.map(canonicalEmail),
    collaborator: (email) => collaborations.collaborator(email),
    isServiceAccount: (email) => collaborations.isServiceAccount(email),
    environmentOf: ({ name, environment }) => collaborations.environments.get(name) ?? environment,
    isModuleInScope: (holder, projectId, module) =>
      inScope.has(JSON.stringify([principalKey(holder), projectId, module])),
    lastSeen: (email) => seen.get(canonicalEmail(email)),
    logDays: log.days,
  };
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
