import type { AuditEntry } from "../seed/schema";
import type { Switches } from "../switches";
import type { Organization } from "./organization";

/** Who does something, as the audit log names them. */
export interface Actor {
  readonly name: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** A person in Amplitude's own pages. Nothing documented says that what APIs and syncs do is logged. */
  readonly inPages?: true;
}

/** One change of an organization: where, by whom, when, under which switches. */
export interface Act {
  readonly organization: Organization;
  readonly switches: Switches;
  readonly actor: Actor;
  /** RFC 3339 */
  readonly at: string;
}

/** What a change is about, in the audit log's words. */
export interface Deed {
  readonly domain: string;
  readonly feature: string;
  readonly action: string;
  readonly target: string;
  readonly projectId?: number;
  /** Whether the documented list of logged acts has it, where a person does it (https://amplitude.com/docs/admin/audit-log). */
  readonly documented: boolean;
  readonly properties?: Record<string, unknown>;
  /** Why it failed. */
  readonly error?: string;
}

/** The documented list has role updates "to or from Admin", and no other role. */
export function concernsAdmin(...roles: readonly (string | null)[]): boolean {
  return roles.some((role) => role !== null && /^(?:admin|owner)$/i.test(role));
}

/**
 * Writes one line of the audit log; whether Amplitude is documented to have it decides if it is served. Fields: https://amplitude.com/docs/admin/audit-log;
 * which domain, feature and action a change gets is documented for logins alone and assumed for the rest.
 */
export function record(act: Act, deed: Deed): void {
  const entry: AuditEntry = {
    timestamp: act.at,
    domain: deed.domain,
    feature: deed.feature,
    action: deed.action,
    target: deed.target,
    actor: act.actor.name,
    projectId: deed.projectId ?? null,
    ip: act.actor.ip,
    userAgent: act.actor.userAgent,
    properties: deed.properties ?? {},
    error: deed.error ?? null,
    ...(deed.documented && act.actor.inPages === true ? {} : { documented: false as const }),
  };
  act.organization.audit.push(entry);
  act.organization.revision += 1;
}

/** Why a change is not made. */
export type RefusalReason = "not-found" | "conflict" | "invalid" | "forbidden";

/** A change that Amplitude does not make; each family words the answer in its own way. */
export class Refusal extends Error {
  constructor(
    readonly reason: RefusalReason,
    message: string,
    /** A status that a switch or a document sets; else the family chooses by the reason. */
    readonly status?: number,
  ) {
    super(message);
    this.name = "Refusal";
  }
}
