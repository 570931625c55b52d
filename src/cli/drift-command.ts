import { driftOf, exitCodeOf } from "../reconcile";
import type { AuditEvent } from "../api";
import { driftText } from "../report";
import { openSession, planNow, type Session, type SessionOptions, type Surroundings } from "./session";

export interface DriftOptions extends SessionOptions {
  readonly json?: boolean | undefined;
  /** How far back to look for who did it, in days. */
  readonly days: number;
}

const DAY = 24 * 60 * 60 * 1000;

/** `drift`: what differs from code, and who did it. Writes nothing to Amplitude. Exit code 2 when something does. */
export async function driftCommand(options: DriftOptions, surroundings: Surroundings): Promise<number> {
  const session = await openSession({ ...options, readOnly: true }, surroundings);
  try {
    const { live } = await planNow(session);
    const { events, note } = await readEvents(session, options.days, Date.parse(live.plan.plannedAt));
    const drift = driftOf(live, session.desired, events, session.base.base);
    const { terminal } = surroundings;
    terminal.result(
      options.json === true
        ? `${JSON.stringify(drift, undefined, 2)}\n`
        : driftText(live.plan, drift, { color: terminal.color, events: note }),
    );
    const differs = drift.outside.length + drift.notApplied.length + drift.identityProvider.length > 0;
    return exitCodeOf(differs ? ["changes"] : []);
  } finally {
    await session.close();
  }
}

async function readEvents(
  { api, options }: Session,
  days: number,
  now: number,
): Promise<{ events: readonly AuditEvent[]; note: string }> {
  if (options.live !== undefined)
    return { events: [], note: "Who did it was not read: --live has no audit log." };
  const connected = api();
  if (!connected.families.has("audit-log")) {
    return {
      events: [],
      note: "Who did it was not read: the audit log needs AMPLITUDE_ORG_API_KEY and AMPLITUDE_ORG_SECRET_KEY.",
    };
  }
  const { items } = await connected.events(
    new Date(now - days * DAY).toISOString(),
    new Date(now).toISOString(),
  );
  return { events: items, note: `Audit log of the last ${days} days: ${items.length} events.` };
}
