import type { DriftReport, DriftSort, ReportedItem } from "../../drift";
import { number } from "../count";
import { code, prose } from "./markdown-text";

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
/** Ids beyond this are no longer carried; each takes some 20 bytes of the 65,536 that an issue may hold. */
const CARRIED = 1_000;

const titles: Readonly<Record<Exclude<DriftSort, "event">, string>> = {
  outside: "Changed outside",
  policy: "Against a policy",
  "not applied": "Not applied yet",
  "identity provider": "At the identity provider",
  arrived: "Arrived by other means",
  unmanaged: "Declared by nobody",
};

/** By what the issue of an organization is found. */
export function issueMarker({ organization }: Pick<DriftReport, "organization">): string {
  return `<!-- amplitude-access:drift:${organization.orgId} -->`;
}

/**
 * The one issue of an organization. What differs is told as it is now. An alert of the audit log stays until somebody ticks it, or the baseline
 * accepts it: that it is too old for the next look does not mean that anybody has seen to it. A look at events alone leaves the rest as it was.
 *
 * @param accepted ids of alerts that the baseline accepts now
 */
export function driftIssue(
  report: DriftReport,
  present: PresentIssue | undefined,
  accepted: ReadonlySet<string>,
): DriftIssue {
  const counting = report.items.filter(({ counts }) => counts);
  const before = alertsIn(present);
  const fresh = counting
    .filter(({ sort, id }) => sort === "event" && !before.some((alert) => alert.id === id))
    .map((item): AlertLine => ({ id: item.id, ticked: false, line: itemLine(item) }));
  const alerts = [...before.filter(({ id }) => !accepted.has(id)), ...fresh];
  const openAlerts = alerts.filter(({ ticked }) => !ticked).length;
  const whole = report.looked === "everything";
  const differing = counting.filter(({ sort }) => sort !== "event");
  const differences = whole ? differencesOf(differing) : differencesIn(present);
  const differs = whole ? differing.length > 0 : present?.open === true && !differences.includes(NOTHING);
  const when = `${report.at.slice(0, 16).replace("T", " ")} UTC`;
  const body = [
    issueMarker(report),
    `${code(report.stacks.join(", "))}, organization ${code(report.organization.orgId)} (${prose(report.organization.region)}). Looked at ${whole ? "everything" : "the audit log"} ${when}.`,
    "",
    DIFFERENCES,
    differences,
    DIFFERENCES_END,
    "",
    `#### Alerts of the audit log (${number(openAlerts)} open)`,
    "",
    ...(alerts.length === 0 ? ["None."] : alertLines(alerts)),
    "",
    ...report.notChecked.slice(0, SHOWN).map((text) => `Not checked: ${prose(text)}.`),
    "To let one be until a day: `amplitude-access accept <id>`, reviewed. An alert is also settled by its tick. The issue closes itself when nothing is open.",
    "",
  ].join("\n");
  const open = differs || openAlerts > 0;
  const title = `Amplitude access: ${whole ? number(differing.length) : "some"} differ from code, ${number(openAlerts)} alerts`;
  return {
    body,
    open,
    title: open ? title.replace("some differ", "what differs") : "Amplitude access: as declared",
  };
}

const DIFFERENCES = "<!-- differences -->";
const DIFFERENCES_END = "<!-- /differences -->";
const NOTHING = "Nothing differs from code.";

function differencesOf(items: readonly ReportedItem[]): string {
  if (items.length === 0) return NOTHING;
  return Object.entries(titles)
    .flatMap(([sort, title]) => {
      const some = items.filter((item) => item.sort === sort);
      if (some.length === 0) return [];
      const more = some.length - SHOWN;
      return [
        `#### ${title} (${number(some.length)})`,
        "",
        ...some.slice(0, SHOWN).map((item) => `- ${itemLine(item)}`),
        ...(more > 0 ? [`- and ${number(more)} more: see the run`] : []),
        "",
      ];
    })
    .join("\n");
}

function differencesIn(present: PresentIssue | undefined): string {
  if (present?.open !== true) return NOTHING;
  const [, rest = ""] = present.body.split(DIFFERENCES);
  return rest.split(DIFFERENCES_END)[0]?.trim() ?? NOTHING;
}

interface AlertLine {
  readonly id: string;
  readonly ticked: boolean;
  /** undefined: it was only counted. */
  readonly line: string | undefined;
}

/** Alerts that an issue holds. Whoever closed it has seen them. */
function alertsIn(present: PresentIssue | undefined): AlertLine[] {
  if (present === undefined) return [];
  const lines = [...present.body.matchAll(/^- \[([ xX])\] (.{1,2000}) <!-- alert:([0-9a-f]{16}) -->\r?$/gm)];
  const [, more = ""] = /<!-- more:([0-9a-f,]*) -->/.exec(present.body) ?? [];
  const counted = more.split(",").filter((id) => id !== "");
  return [
    ...lines.map(([, tick, line, id = ""]) => ({ id, ticked: tick !== " " || !present.open, line })),
    ...counted.map((id) => ({ id, ticked: !present.open, line: undefined })),
  ];
}

/** Ids of all alerts that the text of an issue holds. */
export function alertIdsIn(body: string): string[] {
  return alertsIn({ open: true, body }).map(({ id }) => id);
}

function alertLines(alerts: readonly AlertLine[]): string[] {
  // What is open is shown first; what is settled stays, so that the next look does not tell it anew.
  const sorted = [...alerts.filter(({ ticked }) => !ticked), ...alerts.filter(({ ticked }) => ticked)];
  const shown = sorted.filter(({ line }) => line !== undefined).slice(0, SHOWN);
  const rest = sorted.filter((alert) => !shown.includes(alert)).slice(0, CARRIED);
  return [
    ...shown.map(({ id, ticked, line = "" }) => `- [${ticked ? "x" : " "}] ${line} <!-- alert:${id} -->`),
    ...(rest.length === 0
      ? []
      : [
          `- and ${number(rest.length)} more: see the run <!-- more:${rest.map(({ id }) => id).join(",")} -->`,
        ]),
  ];
}

function itemLine({ id, what, rule, by, revert }: ReportedItem): string {
  const who = by === undefined ? "" : `, by ${code(by.actor)} ${by.at.slice(0, 16).replace("T", " ")} UTC`;
  const todo = revert === undefined ? "" : `. ${prose(revert)}`;
  return `${rule === undefined ? "" : `**${prose(rule)}** `}${prose(what)}${who}${todo} (${code(id)})`.slice(
    0,
    1_500,
  );
}
