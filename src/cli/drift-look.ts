import { resolve } from "node:path";
import type { AuditEvent } from "../api";
import {
  alertsIn,
  driftItems,
  driftReport,
  eventItems,
  OwnActs,
  parseBaseline,
  parseLastRun,
  type Acceptance,
  type AdoptAs,
  type AlertSettings,
  type DriftItem,
  type DriftReport,
  type LastRun,
} from "../drift";
import { driftOf, mustBeRead, readLog, type LogReading } from "../reconcile";
import { minute } from "../report";
import { DiagnosticError, problem } from "../schema";
import { receiptsOf } from "./evidence";
import { verdictOf } from "./own-policies";
import { readIfThere, readNeeded } from "./private-file";
import { planNow, type Session, type SessionOptions } from "./session";
import { sinceOf } from "./since";

/** What drift is looked for with. */
export interface DriftLook extends SessionOptions {
  /** How far back to look for who did it, in days. */
  readonly days: number;
  /** From when on events are told: a time, `15m`, `2h`, `3d`, or `last`. */
  readonly since?: string | undefined;
  readonly eventsOnly?: boolean | undefined;
  /** What `drift --json` printed the last time. */
  readonly last?: string | undefined;
  /** Folder of receipts: what our own runs did is told as ours. */
  readonly evidence?: string | undefined;
  /** Reviewed file of what is accepted; `baseline.json` where it is left out. */
  readonly baseline?: string | undefined;
  readonly alerts: AlertSettings;
  /** In which language what would adopt a finding is said. */
  readonly adoptAs?: AdoptAs | undefined;
}

/** Where what is accepted is, unless --baseline says otherwise. */
export const BASELINE = "baseline.json";

/** With a state of 0.1. */
const NOTHING_FOUND =
  "The state does not say what was around what is declared when it was first applied: the next apply records it, and until then nothing of it counts.";

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;
/** A night, and an hour more: entries arrive late (https://amplitude.com/docs/admin/audit-log). */
const NIGHT = DAY + 60 * MINUTE;
const HOUR = 60 * MINUTE;

/** Looks at the organization, or at its audit log alone. Throws DiagnosticError, NotWhole, ApiFailure, CredentialsRefused. */
export async function lookForDrift(session: Session, look: DriftLook): Promise<DriftReport> {
  const baseline = await readBaseline(session, look);
  return look.eventsOnly === true
    ? await lookAtEvents(session, look, baseline)
    : await lookAtEverything(session, look, baseline);
}

async function readBaseline(
  { desired, directory }: Session,
  { baseline }: DriftLook,
): Promise<readonly Acceptance[]> {
  const path = resolve(directory, baseline ?? BASELINE);
  // One that is named must be there.
  const text = baseline === undefined ? await readIfThere(path) : await readNeeded(path, "baseline");
  return text === undefined ? [] : parseBaseline(text, path, desired.orgId);
}

async function lookAtEvents(
  session: Session,
  look: DriftLook,
  baseline: readonly Acceptance[],
): Promise<DriftReport> {
  if (look.live !== undefined) {
    throw new DiagnosticError([
      problem("There are no events in a snapshot", "Leave out --live, or --events-only."),
    ]);
  }
  const api = session.api();
  if (!api.families.has("audit-log")) {
    throw new DiagnosticError([
      problem(
        "The audit log cannot be read",
        "It needs AMPLITUDE_ORG_API_KEY and AMPLITUDE_ORG_SECRET_KEY. Set them, or run without --events-only.",
      ),
    ]);
  }
  await api.start();
  const now = api.now();
  const last = await readLast(session, look, now);
  const since = sinceOf(look.since, { now, otherwise: HOUR, last });
  const log = await readLog(api, since, now);
  // There is nothing else to tell.
  mustBeRead(log);
  const events = log.read ? log.events : [];
  const own = await ownActs(session, look);
  return driftReport({
    ...identity(session),
    at: iso(now),
    looked: "events",
    eventsSince: iso(since),
    items: told(events, look, own.acts),
    baseline,
    ...(last === undefined ? {} : { known: last.known }),
    auditLog: lookedAt(log),
    notes: [logNote(log), ...own.notes],
    notChecked: [],
    proofs: [],
  });
}

async function lookAtEverything(
  session: Session,
  look: DriftLook,
  baseline: readonly Acceptance[],
): Promise<DriftReport> {
  const { live } = await planNow(session);
  const { plan, before, steps } = live;
  const now = Date.parse(plan.plannedAt);
  const last = await readLast(session, look, now);
  const since = sinceOf(look.since, { now, otherwise: NIGHT, last });
  const from = Math.min(since, now - look.days * DAY);
  const reading = await readEvents(session, from, now);
  const events = reading.read ? reading.events : [];
  const drift = driftOf(live, session.desired, events, session.base.base);
  const asItIs = { ...live, after: before, plan: { ...plan, people: [], steps: [] } };
  const log = { events, days: reading.read ? Math.floor((now - from) / DAY) : 0 };
  const { findings } = await verdictOf({ live: asItIs, desired: session.desired, log }, session.policies);
  const recent = events.filter(({ at }) => Date.parse(at) >= since);
  const own = await ownActs(session, look);
  const authors = reading.read ? {} : { authorsUnknown: reading.why };
  const items = driftItems(drift, steps, live.live, {
    alerts: [],
    findings,
    adoptAs: look.adoptAs,
    own: own.acts,
    ...authors,
  });
  return driftReport({
    ...identity(session),
    at: plan.plannedAt,
    looked: "everything",
    eventsSince: iso(since),
    items: [...items, ...told(recent, look, own.acts)],
    baseline,
    ...(last === undefined ? {} : { known: last.known }),
    auditLog: lookedAt(reading),
    notes: [
      logNote(reading),
      ...own.notes,
      ...(session.base.isKnown && !drift.foundKnown ? [NOTHING_FOUND] : []),
    ],
    notChecked: [
      ...plan.notChecked,
      ...(reading.read ? [] : [`authors and alerts since ${minute(reading.from)}: ${reading.why}`]),
    ],
    proofs: plan.proofs,
    discrepancies: plan.discrepancies,
    unlistedProjects: plan.unlistedProjects,
  });
}

/** Alerts of what others did; and of what our receipts explain, which count for nothing. */
function told(events: readonly AuditEvent[], { alerts }: DriftLook, acts: OwnActs): DriftItem[] {
  return eventItems(alertsIn(events, alerts, acts.explains));
}

async function ownActs(
  { directory, desired, host }: Session,
  { evidence }: DriftLook,
): Promise<{ readonly acts: OwnActs; readonly notes: readonly string[] }> {
  if (evidence === undefined) return { acts: new OwnActs([]), notes: [] };
  const { receipts, notes } = await receiptsOf(resolve(directory, evidence), { orgId: desired.orgId, host });
  return { acts: new OwnActs(receipts), notes };
}

const iso = (time: number): string => new Date(time).toISOString();

function identity({ desired }: Session): Pick<DriftReport, "organization" | "stacks"> {
  const { orgId, region, stacks } = desired;
  return { organization: { orgId, region }, stacks: stacks.map(({ name }) => name) };
}

async function readLast(
  { desired, directory }: Session,
  { last, eventsOnly }: DriftLook,
  now: number,
): Promise<LastRun | undefined> {
  if (last === undefined) return undefined;
  const path = resolve(directory, last);
  return parseLastRun(await readNeeded(path, "last run"), path, {
    organization: desired.orgId,
    now,
    looks: eventsOnly === true ? "events" : "everything",
  });
}

function logNote(log: LogReading): string {
  return log.read
    ? `Audit log since ${minute(log.from)}: ${log.events.length} ${log.events.length === 1 ? "entry" : "entries"}.`
    : `Authors are unknown, and no alert was looked for, from ${minute(log.from)} to ${minute(log.to)}: ${log.why}. ${log.problem}`;
}

function lookedAt({ from, to, ...log }: LogReading): DriftReport["auditLog"] {
  return log.read
    ? { from, to, read: true, entries: log.events.length }
    : { from, to, read: false, why: log.why };
}

/** Throws AuditLogUnread where the command line asks for the audit log and it cannot be read. */
async function readEvents({ api, options }: Session, from: number, now: number): Promise<LogReading> {
  const window = { from: iso(from), to: iso(now) };
  const unread = (why: string, problem: string): LogReading => ({ ...window, read: false, why, problem });
  const needed = "the audit log has no credential here";
  const reading =
    options.live !== undefined
      ? unread("--live has no audit log", "A snapshot has none: leave out --live, or --require-audit-log.")
      : api().families.has("audit-log")
        ? await readLog(api(), from, now)
        : unread(needed, "It needs AMPLITUDE_ORG_API_KEY and AMPLITUDE_ORG_SECRET_KEY: set them.");
  if (options.requireAuditLog === true) mustBeRead(reading);
  return reading;
}
