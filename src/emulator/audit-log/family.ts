import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { denyOrganizationKeys } from "../authentication";
import { readCursor, writeCursor } from "../cursor";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import type { Organization } from "../organization/organization";
import { jsonObject, type RouteContext, type RouteEnvironment } from "../route-environment";
import type { AuditEntry } from "../seed/schema";

const DAY = 86_400_000;
const RANGE_DAYS = 30;
const RETENTION_DAYS = 90;

const time = z.iso
  .datetime({ offset: true, local: true })
  .or(z.iso.date())
  .transform((text) =>
    Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) || text.length === 10 ? text : `${text}Z`),
  );
const query = z.looseObject({
  start_date: time,
  end_date: time,
  filters: z
    .looseObject({
      domain: z.string().optional(),
      feature: z.string().optional(),
      action: z.string().optional(),
    })
    .optional(),
  pagination: z
    .looseObject({ limit: z.int().min(1).max(1000).default(100), cursor: z.string().optional() })
    .prefault({}),
});

/**
 * `POST /api/2/audit-logs/{orgId}` (https://amplitude.com/docs/apis/audit-logs): at most 30 days a request, the
 * last 90 days. Newest first, the envelope (switch audit-log-envelope), the keys of an entry and the cursor are assumed.
 */
export function auditLogFamily(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });
  app.post("/:orgId", async (c) => {
    const denied = deny(c, emulation, c.req.param("orgId"));
    if (denied !== undefined) return denied;
    const parsed = query.safeParse(await jsonObject(c));
    if (!parsed.success) {
      const faults = parsed.error.issues.map(
        (issue) => `${issue.path.join(".") || "body"}: ${issue.message}`,
      );
      return auditError(c, 400, faults.join("; "));
    }
    const { start_date: start, end_date: end, filters = {}, pagination } = parsed.data;
    if (end < start) return auditError(c, 400, "end_date is before start_date.");
    if (end - start > RANGE_DAYS * DAY)
      return auditError(c, 400, `A request covers at most ${RANGE_DAYS} days.`);
    const now = emulation.clock.now();
    const newest = Math.min(end, now - emulation.switches["audit-log-delay-seconds"] * 1000);
    const range = entriesBetween(
      c.env.organization.audit,
      Math.max(start, now - RETENTION_DAYS * DAY),
      newest,
    );
    const documentedOnly = emulation.switches["audit-log-documented-only"];
    const wanted = (entry: AuditEntry): boolean =>
      !(documentedOnly && entry.documented === false) &&
      (["domain", "feature", "action"] as const).every(
        (key) => filters[key] === undefined || filters[key] === entry[key],
      );
    const before = readCursor(pagination.cursor) || range.to;
    const rows: AuditEntry[] = [];
    let next: number | null = null;
    for (let index = Math.min(before, range.to) - 1; index >= range.from; index -= 1) {
      const entry = c.env.organization.audit[index];
      if (entry === undefined || !wanted(entry)) continue;
      if (rows.length === pagination.limit) {
        next = index + 1;
        break;
      }
      rows.push(entry);
    }
    const data = rows.map((entry) => entryResource(entry, c.env.organization));
    const envelope = emulation.switches["audit-log-envelope"];
    if (envelope === "array") return c.json(data);
    return c.json({
      [envelope]: data,
      pagination: { next_cursor: next === null ? null : writeCursor(next) },
    });
  });
  app.onError((error, c) => {
    if (error instanceof Refusal) return auditError(c, error.status ?? 400, error.message);
    throw error;
  });
  return app;
}

function deny(c: RouteContext, emulation: Emulation, orgId: string): Response | undefined {
  const { switches } = emulation;
  const denial = denyOrganizationKeys(emulation.organization, c.req.header("authorization"));
  if (denial !== undefined) return auditError(c, 401, denial);
  const wait = emulation.limits["audit-log"].take(
    switches["audit-log-requests-per-minute"],
    switches["rate-limit-window"],
  );
  if (wait !== undefined) {
    if (switches["rate-limit-retry-after-header"]) c.header("retry-after", String(wait));
    return auditError(c, 429, "Too many requests.");
  }
  if (orgId === String(emulation.organization.identity.id)) return undefined;
  return auditError(c, 403, `The keys are not those of organization ${orgId}.`);
}

/** The part of a log, oldest first, between two times inclusive: indexes `from` and, not included, `to`. */
function entriesBetween(
  audit: readonly AuditEntry[],
  start: number,
  end: number,
): { from: number; to: number } {
  return { from: firstWhere(audit, (at) => at >= start), to: firstWhere(audit, (at) => at > end) };
}

function firstWhere(audit: readonly AuditEntry[], holds: (at: number) => boolean): number {
  let low = 0;
  let high = audit.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(Date.parse(audit[middle]?.timestamp ?? ""))) high = middle;
    else low = middle + 1;
  }
  return low;
}

function entryResource(entry: AuditEntry, organization: Organization): object {
  return {
    timestamp: entry.timestamp,
    domain: entry.domain,
    feature: entry.feature,
    action: entry.action,
    target: entry.target,
    user_email: entry.actor,
    org_id: organization.identity.id,
    project_id: entry.projectId,
    ip: entry.ip,
    user_agent: entry.userAgent,
    event_properties: entry.properties,
    error: entry.error,
  };
}

/** An error of the audit log; Amplitude documents no body. */
export function auditError(c: RouteContext, status: number, message: string): Response {
  return c.json({ error: { code: status, message } }, status as ContentfulStatusCode);
}
