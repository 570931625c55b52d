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
import { driftOf } from "../reconcile";
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
  const { items: events } = await api.events(iso(since), iso(now));
  const own = await ownActs(session, look);
  return driftReport({
    ...identity(session),
    at: iso(now),
    looked: "events",
    eventsSince: iso(since),
    items: told(events, look, own.acts),
    baseline,
    ...(last === undefined ? {} : { known: last.known }),
    notes: [logNote(events, since), ...own.notes],
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
  const { events, note } = await readEvents(session, from, now);
  const drift = driftOf(live, session.desired, events, session.base.base);
  const asItIs = { ...live, after: before, plan: { ...plan, people: [], steps: [] } };
  const log = { events, days: note.read ? Math.floor((now - from) / DAY) : 0 };
  const { findings } = await verdictOf({ live: asItIs, desired: session.desired, log }, session.policies);
  const recent = events.filter(({ at }) => Date.parse(at) >= since);
  const own = await ownActs(session, look);
  const found = driftItems(drift, steps, live.live, { alerts: [], findings, adoptAs: look.adoptAs }).map(
    (item) => (own.acts.explainsItem(item) ? { ...item, ours: true as const, counts: false } : item),
  );
  return driftReport({
    ...identity(session),
    at: plan.plannedAt,
    looked: "everything",
    eventsSince: iso(since),
    items: [...found, ...told(recent, look, own.acts)],
    baseline,
    ...(last === undefined ? {} : { known: last.known }),
    notes: [note.text, ...own.notes],
    notChecked: plan.notChecked,
    proofs: plan.proofs,
  });
}

/** Alerts of what others did; then those of what our receipts explain, which count for nothing. */
function told(events: readonly AuditEvent[], { alerts }: DriftLook, acts: OwnActs): DriftItem[] {
  const ours = events.filter((event) => acts.explains(event));
  const others = events.filter((event) => !acts.explains(event));
  return [
    ...eventItems(alertsIn(others, alerts)),
    ...eventItems(alertsIn(ours, alerts)).map((item) => ({ ...item, ours: true as const, counts: false })),
  ];
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

function logNote(events: readonly AuditEvent[], from: number): string {
  return `Audit log since ${iso(from).slice(0, 16).replace("T", " ")} UTC: ${events.length} entries.`;
}

async function readEvents(
  { api, options }: Session,
  from: number,
  now: number,
): Promise<{ events: readonly AuditEvent[]; note: { readonly read: boolean; readonly text: string } }> {
  const unread = (why: string) => ({
    events: [],
    note: { read: false, text: `Who did it was not read: ${why}.` },
  });
  if (options.live !== undefined) return unread("--live has no audit log");
  const connected = api();
  if (!connected.families.has("audit-log"))
    return unread("the audit log needs AMPLITUDE_ORG_API_KEY and AMPLITUDE_ORG_SECRET_KEY");
  const { items } = await connected.events(iso(from), iso(now));
  return { events: items, note: { read: true, text: logNote(items, from) } };
}
