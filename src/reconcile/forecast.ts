import {
  amplitudeHosts,
  auditLogRequests,
  defaultIdpShare,
  ourShare,
  scimRequestsPerMinute,
  type Family,
} from "../api";
import type { LivePlan } from "./live-plan";
import { batches } from "./run/perform";
import { takenFrom } from "./second-list";
import type { LiveStep } from "./step";
import { mayTakeAdministration } from "./unread";

/** Requests of one family in one apply. */
export interface FamilyForecast {
  readonly family: Family;
  /** Both readings of the organization, the one before and the one after the writes, and what a write looks at first. */
  readonly reads: number;
  readonly writes: number;
}

/** Who has a second list of a group's members and of who reaches a project. */
const SECOND: Family = "user-management";

const LOG: Family = "audit-log";

/** What an apply of a plan costs when everything goes well. */
export interface Forecast {
  /** Families that are asked, by name. */
  readonly families: readonly FamilyForecast[];
  readonly reads: number;
  readonly writes: number;
  /** Of the reads, those for the second list of each group and project from which something is taken. */
  readonly secondLists: { readonly groups: number; readonly projects: number; readonly requests: number };
  /** Requests a minute of one host: SCIM's documented limit, our part of it, and what is left to the identity provider. */
  readonly perMinute: { readonly limit: number; readonly ours: number; readonly identityProvider: number };
  /** Seconds spent waiting for a turn at that limit; the time that answers take comes on top. */
  readonly waitSeconds: number;
  /** Who will be sent an invitation e-mail, by whomever. */
  readonly invitations: readonly string[];
}

/**
 * Counts the requests of an apply: the reading before, one write per batch of steps that may run now, what these look at, and the reading after. Waiting, refused and
 * later steps send nothing, and retries are not foreseen.
 *
 * @param idpShare share of the limit that the identity provider keeps: 0.3 = 30 %
 */
export function forecastOf(live: LivePlan, idpShare = defaultIdpShare): Forecast {
  const { plan } = live;
  const runs = writtenNow(live);
  const writes = new Map<Family, number>();
  const reads = readsOf(plan);
  const log = logRequests(live, runs);
  if (log > 0) count(reads, LOG, log);
  for (const batch of batches(runs)) {
    const [first] = batch;
    const family = first?.step.family;
    if (family === undefined) continue;
    count(writes, family, 1);
    const looks = batch.filter(
      ({ operation, step: { values, facts } }) => operation.look?.(values, facts) !== undefined,
    );
    count(reads, family, looks.length);
  }
  const subjects = plan.families.includes(SECOND) ? takenFrom(runs, live) : [];
  const secondLists = {
    groups: subjects.filter(({ of }) => of === "group").length,
    projects: subjects.filter(({ of }) => of === "project").length,
    requests: sum(subjects.map(({ requests }) => requests)),
  };
  if (secondLists.requests > 0) count(reads, SECOND, secondLists.requests);
  const names = [...new Set([...reads.keys(), ...writes.keys()])].sort();
  const families = names.map((family) => ({
    family,
    reads: reads.get(family) ?? 0,
    writes: writes.get(family) ?? 0,
  }));
  const ours = ourShare(idpShare);
  return {
    families,
    reads: sum(families.map((family) => family.reads)),
    writes: sum(families.map((family) => family.writes)),
    secondLists,
    perMinute: { limit: scimRequestsPerMinute, ours, identityProvider: scimRequestsPerMinute - ours },
    waitSeconds: waitSeconds(families, plan.organization, ours),
    invitations: plan.invitations,
  };
}

/** Our part of a host's limit, as long as nobody sets it otherwise. */
export const ourRequestsPerMinute = ourShare(defaultIdpShare);

/** Steps that a run writes, if all goes well: not refused, and not for later. */
export function writtenNow({ plan, steps }: Pick<LivePlan, "plan" | "steps">): LiveStep[] {
  if (plan.refusals.some(({ steps: ids }) => ids === undefined)) return [];
  const refused = new Set(plan.refusals.flatMap(({ steps: ids }) => ids ?? []));
  const now = Date.parse(plan.plannedAt);
  return steps.filter(({ step }) => !refused.has(step.id) && isWrittenNow(step, now));
}

function isWrittenNow({ actor, notBefore, unless }: LiveStep["step"], now: number): boolean {
  if (actor !== "write") return false;
  return notBefore === undefined ? unless === undefined : Date.parse(notBefore) <= now;
}

/** An apply lists everything twice, but for the log. What is read beside the lists: whose token it is, once; settings, each time. */
function readsOf({ proofs, families }: LivePlan["plan"]): Map<Family, number> {
  const reads = new Map<Family, number>();
  for (const { family, requests } of proofs) if (family !== LOG) count(reads, family, 2 * requests);
  if (families.includes("developer")) count(reads, "developer", 1);
  if (families.includes("management")) count(reads, "management", 2);
  return reads;
}

/**
 * The audit log is read once before the writes: for who administers, for whoever is invited, or, without a state, for earlier writes of this
 * program. It is read again only where a step that may take somebody's administration is left.
 */
function logRequests({ plan, past, steps, leavers, baseKnown }: LivePlan, runs: readonly LiveStep[]): number {
  const administration = sum(
    plan.proofs.filter(({ family }) => family === LOG).map(({ requests }) => requests),
  );
  if (administration > 0) {
    const running = new Set(runs);
    const isLeft = steps.some((step) => !running.has(step) && mayTakeAdministration(step, leavers));
    return isLeft ? 2 * administration : administration;
  }
  if (past !== undefined) return past.requests;
  return baseKnown || !plan.families.includes(LOG) ? 0 : auditLogRequests;
}

function count(requests: Map<Family, number>, family: Family, more: number): void {
  requests.set(family, (requests.get(family) ?? 0) + more);
}

/** All requests to one host share one minute; the slowest host decides. */
function waitSeconds(
  families: readonly FamilyForecast[],
  { host, region }: LivePlan["plan"]["organization"],
  ours: number,
): number {
  const perHost = new Map<string, number>();
  for (const { family, reads, writes } of families) {
    const place = hostOf(family, host, region);
    perHost.set(place, (perHost.get(place) ?? 0) + reads + writes);
  }
  const minutes = [...perHost.values()].map((requests) => Math.floor(Math.max(0, requests - 1) / ours));
  return 60 * Math.max(0, ...minutes);
}

/** Amplitude's own families are on hosts of their own; another host, an emulator or a proxy, serves them all. */
function hostOf(family: Family, host: string, region: string): string {
  const own = amplitudeHosts[region === "eu" ? "eu" : "us"];
  if (family === "management" || new URL(own.scim).host !== host) return host;
  return new URL(own[family]).host;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
