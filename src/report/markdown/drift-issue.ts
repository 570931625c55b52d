import { createHash } from "node:crypto";
import type { DriftReport, DriftSort, ReportedItem } from "../../drift";
import { number } from "../count";
import { minute } from "../minute";
import { within, type Section } from "./budget";
import { recordIn, recordLine, type IssueItem, type IssueRecord } from "./issue-record";
import { code, prose, shortened } from "./markdown-text";

/** What an issue says now, and whether something in it is open. */
export interface DriftIssue {
  readonly title: string;
  readonly body: string;
  readonly open: boolean;
}

/** An issue as it is on GitHub. */
export interface PresentIssue {
  readonly open: boolean;
  readonly body: string;
}

/** Lines beyond this become a count. */
const SHOWN = 100;
/** Alerts beyond this are no longer carried. */
const CARRIED = 1_000;
/** Words of a finding are cut here, before anything is made of them. */
const [LONGEST_WHAT, LONGEST_NAME] = [300, 120];
/** GitHub takes 65,536 characters; a character may have several bytes, never fewer. */
const MOST_BYTES = 62_000;

const titles: Readonly<Record<Exclude<DriftSort, "event">, string>> = {
  outside: "Changed outside",
  "not known": "Not known, because nobody could read it",
  added: "Added by hand around what is declared",
  policy: "Against a policy",
  ended: "Ended by its own date",
  "not applied": "Not applied yet",
  "identity provider": "At the identity provider",
  arrived: "Arrived by other means",
  found: "Around what is declared since the first apply",
  unmanaged: "Declared by nobody",
};

/** By what the issue of an organization is found. */
export function issueMarker({ organization }: Pick<DriftReport, "organization">): string {
  return `<!-- amplitude-access:drift:${organization.orgId} -->`;
}

/**
 * The one issue of an organization. What differs is told as it is now. An alert of the audit log stays until somebody ticks it, or the baseline
 * accepts it: that it is too old for the next look does not mean that anybody has seen to it. A look at events alone leaves the rest as it was.
 * Nothing but ticks is taken from what the issue shows: it is made anew from the record that it carries.
 *
 * @param accepted ids of alerts that the baseline accepts now
 * @param runs what is to be known of the jobs themselves, in a sentence
 */
export function driftIssue(
  report: DriftReport,
  present: PresentIssue | undefined,
  accepted: ReadonlySet<string>,
  runs?: string,
): DriftIssue {
  const counting = report.items.filter(({ counts }) => counts);
  const before = alertsOf(present, report);
  const known = new Set(before.map(({ id }) => id));
  const fresh = counting
    .filter(({ sort, id }) => sort === "event" && !known.has(id))
    .map((item) => ({ id: item.id, ticked: false, item: kept(item) }));
  const alerts = sorted([...before.filter(({ id }) => !accepted.has(id)), ...fresh]).slice(0, CARRIED);
  const openAlerts = alerts.filter(({ ticked }) => !ticked).length;
  const whole = report.looked === "everything";
  const differences = whole ? differencesOf(counting) : differencesIn(present);
  const differing = Object.values(differences.counts).reduce((sum, count) => sum + count, 0);
  const record = recordLine({ version: 1, alerts, differences });
  const when = minute(report.at);
  const { text } = within(
    [
      {
        ...ALWAYS,
        before: `${issueMarker(report)}
${record}
${code(report.stacks.join(", "))}, organization ${code(report.organization.orgId)} (${prose(report.organization.region)}). Looked at ${whole ? "everything" : "the audit log"} ${when}.${runs === undefined ? "" : ` ${prose(runs)}`}

${differing === 0 ? `${NOTHING}\n\n` : ""}`,
      },
      ...differenceSections(differences),
      alertSection(alerts, openAlerts),
      {
        ...ALWAYS,
        before: "\n",
        lines: [
          ...(report.discrepancies ?? []).map(({ says }) => `The lists do not fit together: ${says}`),
          ...report.notChecked.map((words) => `Not checked: ${words}`),
        ]
          .slice(0, SHOWN)
          .map((line) => `${prose(shortened(line, LONGEST_WHAT))}.`),
        counts: () => "More was not checked: see the run.",
        after:
          "To let one be until a day: `amplitude-access accept <id>`, reviewed. An alert is also settled by its tick. The issue closes itself when nothing is open.\n",
      },
    ],
    MOST_BYTES,
  );
  const open = differing > 0 || openAlerts > 0;
  const told = whole ? `${number(differing)} differ from code` : "what differs from code";
  const title = `Amplitude access: ${told}, ${number(openAlerts)} alerts`;
  return { body: text, open, title: open ? title : "Amplitude access: as declared" };
}

/** Ids of all alerts that an issue knows. */
export function alertIdsOf(present: PresentIssue | undefined): string[] {
  return (recordOf(present)?.alerts ?? []).map(({ id }) => id);
}

const ALWAYS = { lines: [], counts: () => "", urgency: 0, share: 0.2 } satisfies Omit<Section, "before">;
const NOTHING = "Nothing differs from code.";

type Differences = IssueRecord["differences"];
type IssueAlert = IssueRecord["alerts"][number];

function differencesOf(items: readonly ReportedItem[]): Differences {
  const some = items.filter(({ sort }) => sort !== "event");
  const counts = new Map<string, number>();
  for (const { sort } of some) counts.set(sort, (counts.get(sort) ?? 0) + 1);
  return { counts: Object.fromEntries(counts), items: some.map(kept) };
}

function differencesIn(present: PresentIssue | undefined): Differences {
  const record = present?.open === true ? recordOf(present) : undefined;
  return record?.differences ?? { counts: {}, items: [] };
}

function differenceSections({ counts, items }: Differences): Section[] {
  return Object.entries(titles).flatMap(([sort, title]) => {
    const all = counts[sort] ?? 0;
    if (all === 0) return [];
    const lines = items.filter((item) => item.sort === sort).map((item) => `- ${itemLine(item)}`);
    const shown = lines.slice(0, SHOWN);
    const more = (from: number) => `- and ${number(all - from)} more: see the run`;
    return [
      {
        before: `#### ${title} (${number(all)})\n\n`,
        lines: [...shown, ...(shown.length < all ? [more(shown.length)] : [])],
        counts: more,
        after: "\n",
        urgency: 2,
        share: 0.15,
      },
    ];
  });
}

function recordOf(present: PresentIssue | undefined): IssueRecord | undefined {
  return present === undefined ? undefined : recordIn(present.body);
}

/** Alerts that an issue knows. Whoever closed it has seen them. An open one whose record is damaged says so, until somebody ticks that. */
function alertsOf(present: PresentIssue | undefined, { at }: DriftReport): IssueAlert[] {
  if (present === undefined) return [];
  const record = recordOf(present);
  if (record === undefined) return present.open ? [lost(at)] : [];
  const ticked = ticksIn(present.body);
  return record.alerts.map((alert) => ({
    ...alert,
    ticked: alert.ticked || ticked.has(alert.id) || !present.open,
  }));
}

/** Ids in lines with a tick. The id ends the line, and no text from outside holds the end of a line. */
function ticksIn(body: string): ReadonlySet<string> {
  return new Set(
    [...body.matchAll(/^- \[[xX]\] .* <!-- alert:([0-9a-f]{16}) -->\r?$/gm)].map(([, id = ""]) => id),
  );
}

function lost(at: string): IssueAlert {
  const id = createHash("sha256").update(`record ${at}`).digest("hex").slice(0, 16);
  const what =
    "Somebody changed what this issue knows: alerts and differences that it told before are missing until a look at everything finds them again";
  const todo = "Look at the audit log yourself, and at who edited the issue.";
  return { id, ticked: false, item: { id, sort: "event", rule: "issue-changed", what, at, todo } };
}

/** What is open is shown first; what is settled stays, so that the next look does not tell it anew. */
function sorted(alerts: readonly IssueAlert[]): IssueAlert[] {
  const rank = ({ ticked, item }: IssueAlert): number => (ticked ? 2 : 0) + (item === undefined ? 1 : 0);
  return [...alerts].sort((a, b) => rank(a) - rank(b));
}

function alertSection(alerts: readonly IssueAlert[], openAlerts: number): Section {
  const lines = alerts
    .slice(0, SHOWN)
    .flatMap(({ id, ticked, item }) =>
      item === undefined ? [] : [`- [${ticked ? "x" : " "}] ${itemLine(item)} <!-- alert:${id} -->`],
    );
  const more = (from: number) => `- and ${number(alerts.length - from)} more: see the run`;
  return {
    before: `#### Alerts of the audit log (${number(openAlerts)} open)\n\n`,
    lines: [...lines, ...(lines.length < alerts.length ? [more(lines.length)] : [])],
    empty: "None.\n",
    counts: more,
    urgency: 1,
    share: 0.5,
  };
}

/** Words are shortened here, as words: what is made of them is never cut. */
function kept({ id, sort, what, rule, by, revert }: ReportedItem): IssueItem {
  return {
    id,
    sort,
    what: shortened(what, LONGEST_WHAT),
    ...(rule === undefined ? {} : { rule: shortened(rule, LONGEST_NAME) }),
    ...(by === undefined ? {} : { actor: shortened(by.actor, LONGEST_NAME), at: by.at }),
    ...(revert === undefined ? {} : { todo: shortened(revert, LONGEST_WHAT) }),
  };
}

function itemLine({ id, what, rule, actor, at = "", todo }: IssueItem): string {
  const who = actor === undefined ? "" : `, by ${code(actor)} ${prose(minute(at))}`;
  const next = todo === undefined ? "" : `. ${prose(todo)}`;
  return `${rule === undefined ? "" : `**${prose(rule)}** `}${prose(what)}${who}${next} (${code(id)})`;
}
