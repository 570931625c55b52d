import { auditLogKeptMs } from "../api";
import type { LastRun } from "../drift";
import { DiagnosticError, problem } from "../schema";

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
/** The log is written asynchronously, without a number: https://amplitude.com/docs/admin/audit-log. A day is ours. */
const OVERLAP = 86_400_000;

/**
 * A point in time as a person writes it: `15m`, `2h`, `3d` before now, a time with an offset, a day, or `last`: a day before the last
 * run, because entries arrive late. In milliseconds since the epoch.
 *
 * @throws DiagnosticError when it is none of these, not in the past, or longer ago than entries are kept
 */
export function sinceOf(
  text: string | undefined,
  {
    now,
    otherwise,
    last,
  }: { readonly now: number; readonly otherwise: number; readonly last: LastRun | undefined },
): number {
  if (text === undefined) return now - otherwise;
  const refused = (why: string): DiagnosticError =>
    new DiagnosticError([
      problem(`Cannot look since ${JSON.stringify(text)}`, `${why}. Write 15m, 2h, 3d, a time, or last.`),
    ]);
  if (text === "last") {
    if (last === undefined) throw refused("There is no last run: it needs --last");
    const from =
      last.unreadSince === undefined ? Date.parse(last.at) - OVERLAP : Date.parse(last.unreadSince);
    return Math.max(from, now - auditLogKeptMs);
  }
  const [, count = "", unit = ""] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const span = UNITS[unit];
  const isTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text);
  const at = span === undefined ? (isTime ? Date.parse(text) : NaN) : now - Number(count) * span;
  if (Number.isNaN(at)) throw refused("It is no span and no time with an offset");
  if (at >= now) throw refused("It is not in the past");
  if (at < now - auditLogKeptMs) throw refused("Amplitude keeps 90 days of its audit log");
  return at;
}
