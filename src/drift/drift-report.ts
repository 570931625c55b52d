import { z } from "zod";
import { DiagnosticError, problem } from "../schema";
import type { Plan } from "../reconcile";
import { acceptedNow, type Acceptance } from "./baseline";
import { driftSorts, type DriftItem } from "./drift-item";

const FORMAT = "amplitude-access/drift";
const VERSION = 1;

/** A finding with what is known of it from before. */
export interface ReportedItem extends DriftItem {
  /** Whether the run before did not see it; left out where no run before is known. */
  readonly isNew?: boolean;
  /** Who answers for it, and until when. */
  readonly accepted?: Pick<Acceptance, "owner" | "until" | "reason">;
}

/** What a drift run tells: all that differs, what counts, and what is to be known of it. */
export interface DriftReport {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly organization: Pick<Plan["organization"], "orgId" | "region">;
  readonly stacks: readonly string[];
  /** RFC 3339: when it was looked at. */
  readonly at: string;
  /** `events`: the audit log alone. */
  readonly looked: "everything" | "events";
  /** RFC 3339: events are told from here on. */
  readonly eventsSince: string;
  /** The span of the audit log that was asked for, and what came of it. Reports of 0.1 say nothing of it. */
  readonly auditLog?: {
    readonly from: string;
    readonly to: string;
    readonly read: boolean;
    readonly entries?: number;
    /** Why it was not read. */
    readonly why?: string;
  };
  readonly items: readonly ReportedItem[];
  /** What is to be known of the baseline and the audit log, in words. */
  readonly notes: readonly string[];
  readonly notChecked: readonly string[];
  /** How completely the organization was read; none where only the audit log was. */
  readonly proofs: Plan["proofs"];
  /** Lists that do not fit together; what rests on them is not told as drift. Left out by reports of before. */
  readonly discrepancies?: Plan["discrepancies"];
  /** Projects that no list shows; left out where only the audit log was read. */
  readonly unlistedProjects?: Plan["unlistedProjects"];
}

/** What a report is made of, beside what was found. */
export interface ReportInput extends Omit<DriftReport, "format" | "version" | "items"> {
  readonly items: readonly DriftItem[];
  readonly baseline: readonly Acceptance[];
  /** Ids of what the run before saw. */
  readonly known?: ReadonlySet<string>;
}

/**
 * A report: what the baseline accepts does not count. Access that nobody declared counts where the run before is known and did not
 * see it.
 */
export function driftReport({ items, baseline, known, ...said }: ReportInput): DriftReport {
  const found = new Set(items.map(({ id }) => id));
  const whole = said.looked === "everything";
  const { valid, notes } = acceptedNow(baseline, { found, whole, now: Date.parse(said.at) });
  return {
    format: FORMAT,
    version: VERSION,
    ...said,
    items: items.map((item) => reported(item, valid.get(item.id), known)),
    notes: [...said.notes, ...notes],
  };
}

function reported(
  item: DriftItem,
  acceptance: Acceptance | undefined,
  known: ReadonlySet<string> | undefined,
): ReportedItem {
  const isNew = known !== undefined && !known.has(item.id);
  const counts = item.counts || (isNew && (item.sort === "unmanaged" || item.sort === "arrived"));
  if (acceptance === undefined) return { ...item, counts, ...(known === undefined ? {} : { isNew }) };
  const { owner, until, reason } = acceptance;
  return {
    ...item,
    counts: false,
    ...(known === undefined ? {} : { isNew }),
    accepted: { owner, until, reason },
  };
}

const lastSchema = z.looseObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  organization: z.looseObject({ orgId: z.string() }),
  at: z.iso.datetime(),
  looked: z.enum(["everything", "events"]),
  eventsSince: z.iso.datetime().optional(),
  auditLog: z.looseObject({ read: z.boolean() }).optional(),
  items: z.array(z.looseObject({ id: z.string() })),
});

/** What an earlier report tells the next run. */
export interface LastRun {
  /** RFC 3339 */
  readonly at: string;
  /** RFC 3339: from when on nobody has looked for alerts, where the audit log was not read. */
  readonly unreadSince?: string;
  /** Ids of all that it saw. */
  readonly known: ReadonlySet<string>;
}

/**
 * The output of an earlier `drift --json`.
 *
 * @throws DiagnosticError when it is not one, of a newer format, of another organization, saw less than this run, or is from the future
 */
export function parseLastRun(
  text: string,
  file: string,
  expected: { readonly organization: string; readonly now: number; readonly looks: DriftReport["looked"] },
): LastRun {
  const refused = (why: string): DiagnosticError =>
    new DiagnosticError([
      problem(
        `Cannot use ${file} as the last run`,
        `${why}. Nothing was compared. Give what \`drift --json\` printed the last time, or leave --last out.`,
      ),
    ]);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw refused("It is not JSON: it was cut short, or is something else");
  }
  const parsed = lastSchema.safeParse(content);
  if (!parsed.success) throw refused(z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, " "));
  const { organization, at, looked, items, auditLog, eventsSince } = parsed.data;
  if (organization.orgId !== expected.organization)
    throw refused(
      `It is of organization ${organization.orgId}, and this run is for ${expected.organization}`,
    );
  if (looked === "events" && expected.looks === "everything") throw refused("It saw the audit log alone");
  if (Date.parse(at) > expected.now)
    throw refused(
      `It was made at ${at}, and now it is ${new Date(expected.now).toISOString()}: a clock went backwards`,
    );
  const unread = auditLog?.read === false && eventsSince !== undefined ? { unreadSince: eventsSince } : {};
  return { at, ...unread, known: new Set(items.map(({ id }) => id)) };
}

const itemSchema = z.looseObject({
  id: z.string(),
  sort: z.enum(driftSorts),
  what: z.string(),
  rule: z.string().optional(),
  revert: z.string().optional(),
  by: z.looseObject({ actor: z.string(), at: z.string() }).optional(),
  counts: z.boolean(),
});

const reportSchema = z.looseObject({
  ...lastSchema.shape,
  organization: z.looseObject({ orgId: z.string(), region: z.string() }),
  stacks: z.array(z.string()),
  items: z.array(itemSchema),
  notChecked: z.array(z.string()),
});

/** What `drift --json` printed. Throws DiagnosticError when it is cut short, or something else. */
export function parseDriftReport(text: string, file: string): DriftReport {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = undefined;
  }
  const parsed = reportSchema.safeParse(content);
  if (parsed.success) return parsed.data as unknown as DriftReport;
  const why = z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, " ");
  throw new DiagnosticError([
    problem(`Cannot use ${file} as a report of drift`, `${why}. Give what \`drift --json\` printed.`),
  ]);
}
