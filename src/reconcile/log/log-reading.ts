import { ApiFailure, NotWhole, type AuditEvent, type Proof, type ReadApi } from "../../api";

/** A span of the audit log, RFC 3339. */
export interface LogWindow {
  readonly from: string;
  readonly to: string;
}

/** What was read of a span of the audit log; or why nothing was, in words: `the audit log answered 403`. */
export type LogReading = LogWindow &
  (
    | { readonly read: true; readonly events: readonly AuditEvent[]; readonly proof: Proof }
    | { readonly read: false; readonly why: string; readonly problem: string }
  );

/** The audit log was asked for, and could not be read whole. Exit code 5. */
export class AuditLogUnread extends Error {
  constructor(
    { from, to }: LogWindow,
    /** What was attempted, what the other side said, what to do. */
    readonly problem: string,
    advice = "",
  ) {
    super(`The audit log from ${from} to ${to} was not read. ${problem}${advice}`);
    this.name = "AuditLogUnread";
  }
}

/**
 * Reads a span of the audit log. Only authors and alerts rest on it, so whatever it answers is no error: it is told, and the rest goes on.
 * All acts are read: Amplitude documents no value of its filters but those of a login (https://amplitude.com/docs/apis/audit-logs).
 */
export async function readLog(api: Pick<ReadApi, "events">, from: number, to: number): Promise<LogReading> {
  const window = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  try {
    const { items, proof } = await api.events(window.from, window.to);
    return { ...window, read: true, events: items, proof };
  } catch (error) {
    if (error instanceof ApiFailure)
      return { ...window, read: false, why: whyOf(error), problem: error.message };
    if (error instanceof NotWhole)
      return {
        ...window,
        read: false,
        why: `the audit log was not whole: ${error.reason}`,
        problem: error.message,
      };
    throw error;
  }
}

/** Throws AuditLogUnread where a span was not read. */
export function mustBeRead(reading: LogReading, advice?: string): void {
  if (!reading.read) throw new AuditLogUnread(reading, reading.problem, advice);
}

function whyOf({ status, said }: ApiFailure): string {
  if (status === undefined) return `the audit log did not answer: ${said}`;
  return status < 300
    ? "the audit log answered in a form that is not known"
    : `the audit log answered ${status}`;
}
