import type { AuditEvent, Listing } from "./records";
import { type ArrivedEvent, auditPage } from "./audit-event";
import type { Clock } from "./clock";
import { type Reading, readWhole, rfc3339, walkCursors } from "./pages";
import type { Transport } from "./transport";
import { arrived, segment } from "./wire";

const day = 24 * 60 * 60_000;

/** Longest range of one request: https://amplitude.com/docs/apis/audit-logs. */
const longestRangeMs = 30 * day;

/** Milliseconds for which entries are kept, 90 days: https://amplitude.com/docs/apis/audit-logs. */
export const auditLogKeptMs = 90 * day;

/** Requests for the whole log, where no range has more than one page of entries. */
export const auditLogRequests = auditLogKeptMs / longestRangeMs;

/** Entries asked for at once; the largest allowed is undocumented (assumed). */
const pageSize = 100;

export interface AuditLogRead {
  /**
   * Events from `from` to `to` (RFC 3339), oldest first; longer ranges are split into Amplitude's 30 days. Amplitude keeps 90 days: of what
   * is older, nothing comes. Source: https://amplitude.com/docs/apis/audit-logs.
   */
  events(from: string, to: string): Promise<Listing<AuditEvent>>;
}

export function auditLogOf(transport: Transport, clock: Clock, orgId: string): AuditLogRead {
  const readRange = async (from: number, to: number): Promise<Reading<ArrivedEvent>> => {
    const reading = await walkCursors<ArrivedEvent>(
      async (cursor) => {
        const answer = await transport.send({
          family: "audit-log",
          method: "POST",
          path: `/api/2/audit-logs/${segment(orgId)}`,
          body: { start_date: rfc3339(from), end_date: rfc3339(to), pagination: { limit: pageSize, cursor } },
        });
        return arrived(auditPage, answer);
      },
      // Entries without an id are told apart by nothing.
      undefined,
    );
    if ("anomaly" in reading || reading.open !== true || reading.rows.length < pageSize)
      return checked(reading);
    // A full page that names no cursor may hide more: halves are asked for until none is full.
    if (to - from < 2000)
      return {
        anomaly: `${reading.rows.length} events in one second, and no way to ask for more`,
        pages: reading.pages,
      };
    const middle = from + Math.floor((to - from) / 2);
    return joined(reading.pages, [await readRange(from, middle), await readRange(middle, to)]);
  };

  return {
    async events(from, to) {
      const [start, end] = [instant(from), instant(to)];
      const listing = await readWhole({ family: "audit-log", name: "audit log events", clock }, async () => {
        const readings: Reading<ArrivedEvent>[] = [];
        for (let begin = start; begin < end || (begin === start && begin === end); begin += longestRangeMs) {
          readings.push(await readRange(begin, Math.min(end, begin + longestRangeMs)));
          if (begin === end) break;
        }
        return joined(0, readings);
      });
      const items = listing.items
        .map(({ event }) => event)
        .filter((event) => event.at >= rfc3339(start) && event.at <= rfc3339(end));
      return { ...listing, items: items.sort(byTime) };
    },
  };
}

function checked(reading: Reading<ArrivedEvent>): Reading<ArrivedEvent> {
  if ("anomaly" in reading) return reading;
  const ids = reading.rows.map(({ id }) => id).filter((id) => id !== undefined);
  return new Set(ids).size === ids.length
    ? { ...reading, rows: oldestFirst(reading.rows) }
    : { anomaly: "an event came twice", pages: reading.pages };
}

/** Amplitude does not document its order. Newest first is taken where times do not tell, so that of two at one moment the later one stays later. */
function oldestFirst(rows: readonly ArrivedEvent[]): readonly ArrivedEvent[] {
  const [first, last] = [rows[0]?.event.at ?? "", rows.at(-1)?.event.at ?? ""];
  return first < last ? rows : rows.toReversed();
}

/** One reading of several that meet: whether a range includes its ends is undocumented, so what lies on a seam may come from both sides. */
function joined(pagesBefore: number, readings: readonly Reading<ArrivedEvent>[]): Reading<ArrivedEvent> {
  const pages = readings.reduce((sum, reading) => sum + reading.pages, pagesBefore);
  const rows: ArrivedEvent[] = [];
  const before = new Set<string>();
  for (const reading of readings) {
    if ("anomaly" in reading) return { anomaly: reading.anomaly, pages };
    const fresh = reading.rows.filter((row) => !before.has(identity(row)));
    rows.push(...fresh);
    for (const row of fresh) before.add(identity(row));
  }
  return { rows, pages };
}

function identity(row: ArrivedEvent): string {
  return row.id ?? JSON.stringify(row.event);
}

function byTime(a: AuditEvent, b: AuditEvent): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
}

function instant(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms))
    throw new RangeError(`"${text}" is not a time: write RFC 3339, like 2026-11-23T09:00:00Z.`);
  return ms;
}
