import * as z from "zod";

import type { AuditEvent } from "./records";
import { rfc3339 } from "./pages";
import { id, isRecord, optionalText, pagination, parseJson } from "./wire";

/*
 * What an audit log entry holds is documented in words, not in keys, and the envelope not at all
 * (https://amplitude.com/docs/admin/audit-log, https://amplitude.com/docs/apis/audit-logs): every likely spelling is read.
 */

const text = z
  .unknown()
  .optional()
  .transform((value) =>
    value == null ? undefined : typeof value === "string" ? value : JSON.stringify(value),
  );

const arrivedEvent = z
  .object({
    id: id.nullish(),
    event_id: id.nullish(),
    timestamp: z.unknown().optional(),
    time: z.unknown().optional(),
    event_time: z.unknown().optional(),
    created_at: z.unknown().optional(),
    user_email: optionalText,
    userEmail: optionalText,
    actor: text,
    user: text,
    domain: text,
    feature: text,
    action: text,
    target: text,
    project_id: id.nullish(),
    projectId: id.nullish(),
    app_id: id.nullish(),
    appId: id.nullish(),
    user_agent: optionalText,
    userAgent: optionalText,
    ip: optionalText,
    ip_address: optionalText,
    error: text,
    event_properties: z.unknown().optional(),
    eventProperties: z.unknown().optional(),
    properties: z.unknown().optional(),
  })
  .transform((row, context): ArrivedEvent => {
    const at = instant(row.timestamp ?? row.time ?? row.event_time ?? row.created_at);
    if (at === undefined) {
      context.addIssue({ code: "custom", message: "an entry without a time" });
      return z.NEVER;
    }
    const projectId = row.project_id ?? row.projectId ?? row.app_id ?? row.appId;
    const userAgent = row.user_agent ?? row.userAgent;
    const ip = row.ip ?? row.ip_address;
    return {
      id: row.id ?? row.event_id ?? undefined,
      event: {
        at,
        actor: row.user_email ?? row.userEmail ?? row.actor ?? row.user ?? "",
        domain: row.domain ?? "",
        feature: row.feature ?? "",
        action: row.action ?? "",
        target: row.target ?? "",
        ...(projectId != null && { projectId }),
        ...(userAgent !== undefined && { userAgent }),
        ...(ip !== undefined && { ip }),
        ...(row.error !== undefined && row.error !== "" && { error: row.error }),
        properties: propertiesOf(row.event_properties ?? row.eventProperties ?? row.properties),
      },
    };
  });

/** An entry, with its id where it has one. */
export interface ArrivedEvent {
  readonly id: string | undefined;
  readonly event: AuditEvent;
}

/** null ends the list; undefined: nothing is said of one. */
function cursorOf({ nextCursor, next_cursor }: z.infer<typeof pagination>) {
  const said = nextCursor ?? next_cursor;
  return said ?? (nextCursor === null || next_cursor === null ? null : undefined);
}

const entries = z.array(arrivedEvent);

/** One page in any of the likely envelopes. `next` is undefined where the envelope knows no cursor. */
export const auditPage = z.union([
  entries.transform((rows) => ({
    rows,
    next: undefined as string | null | undefined,
    more: undefined as boolean | undefined,
  })),
  pagination
    .extend({ events: entries.optional(), data: entries.optional(), pagination: pagination.nullish() })
    .transform((page, context) => {
      const rows = page.events ?? page.data;
      if (rows === undefined) {
        context.addIssue({ code: "custom", message: "neither events nor data" });
        return z.NEVER;
      }
      const inner = page.pagination == null ? undefined : cursorOf(page.pagination);
      const cursor = inner === undefined ? cursorOf(page) : inner;
      const mute = cursor === undefined;
      const more =
        page.pagination?.hasMore ?? page.pagination?.has_more ?? page.hasMore ?? page.has_more ?? undefined;
      return { rows, next: mute ? undefined : cursor === null ? null : String(cursor), more };
    }),
]);

/** RFC 3339 in UTC, from that with any offset, from Amplitude's `2026-11-20 08:00:00.000`, or from seconds or milliseconds since 1970. */
function instant(value: unknown): string | undefined {
  if (typeof value === "number") {
    const since1970 = new Date(value < 1e11 ? value * 1000 : value).getTime();
    return Number.isNaN(since1970) ? undefined : rfc3339(since1970);
  }
  if (typeof value !== "string") return undefined;
  const bare = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)$/.exec(value);
  const ms = Date.parse(bare === null ? value : `${bare[1] ?? ""}T${bare[2] ?? ""}Z`);
  return Number.isNaN(ms) ? undefined : rfc3339(ms);
}

function propertiesOf(value: unknown): Readonly<Record<string, unknown>> {
  const parsed = typeof value === "string" ? parseJson(value) : value;
  return isRecord(parsed) ? parsed : parsed == null ? {} : { value: parsed };
}
