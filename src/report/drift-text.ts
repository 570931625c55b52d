import { createColors } from "picocolors";
import type { DriftReport, DriftSort, ReportedItem } from "../drift";
import type { Attribution } from "../reconcile";
import { cleanText } from "./clean-text";
import { minute } from "./minute";
import { readLine } from "./read-line";

/** More of what nobody declares than this becomes a count. */
const SHOWN_UNMANAGED = 20;
const SHOWN_ADOPT = 3;

type Colors = ReturnType<typeof createColors>;
type Paint = (text: string) => string;

/** Drift for people: what was changed outside and by whom, what the audit log tells, what policies object to, what waits, what nobody declares. */
export function driftText(report: DriftReport, { color }: { readonly color: boolean }): string {
  const colors = createColors(color);
  const { bold, red, yellow, dim } = colors;
  const { organization, stacks, at, looked, notes } = report;
  const open = (sort: DriftSort): readonly ReportedItem[] =>
    report.items.filter(
      (item) => item.sort === sort && item.accepted === undefined && item.ours === undefined,
    );
  const found = (title: string, sort: DriftSort, paint: Paint): string[] => [
    bold(`${title} (${open(sort).length})`),
    ...open(sort).flatMap((item, index) => itemLines(item, `${index + 1}`, paint, colors)),
  ];
  const ours = report.items.filter((item) => item.ours === true && item.accepted === undefined);
  const accepted = report.items.filter((item) => item.accepted !== undefined);
  const counting = report.items.some(({ counts }) => counts);
  const blocks = [
    [
      `${bold(cleanText(stacks.join(", ")))} · org ${organization.orgId} (${organization.region}) · drift ${minute(cleanText(at))}`,
      ...(looked === "events" ? [] : [readLine(report)]),
      ...(report.discrepancies ?? []).map(({ says, advice }) => yellow(cleanText(`${says}. ${advice}.`))),
      ...notes.map((note) => yellow(cleanText(note))),
    ],
    ...(looked === "events"
      ? []
      : [
          found("Changed outside", "outside", red),
          open("not known").length === 0
            ? []
            : found("Not known, because nobody could read it", "not known", yellow),
          found("Added by hand around what is declared; no apply takes it away", "added", red),
        ]),
    found(`In the audit log since ${minute(cleanText(report.eventsSince))}`, "event", red),
    ...(looked === "events"
      ? []
      : [
          found("Against a policy", "policy", yellow),
          open("ended").length === 0
            ? []
            : found("Ended by its own date; the next apply takes it away", "ended", yellow),
          found("Not applied yet", "not applied", yellow),
          found("At the identity provider", "identity provider", yellow),
          named("Arrived since the last apply, by other means", open("arrived"), bold),
          open("found").length === 0
            ? []
            : named("Around what is declared since the first apply, never touched", open("found"), bold),
          named("Declared by nobody, never touched", open("unmanaged"), bold),
        ]),
    ours.length === 0
      ? []
      : [
          bold(`Our own runs did, by their receipts (${ours.length})`),
          ...ours.map(({ what, by }) => dim(`  ${cleanText(what)}${attributed({ by })}`)),
        ],
    accepted.length === 0
      ? []
      : [
          bold(`Accepted (${accepted.length})`),
          ...accepted.map(({ what, accepted: { owner = "", until = "", reason = "" } = {} }) =>
            dim(cleanText(`  ${what}   by ${owner} until ${until}: ${reason}`)),
          ),
        ],
    report.notChecked.length === 0 ? [] : [`Not checked: ${report.notChecked.join("; ")}.`],
    counting
      ? [
          dim(
            'To accept one for a while: amplitude-access accept <id> --until <date> --owner <e-mail> --because "..."',
          ),
        ]
      : [],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function itemLines(
  { id, what, rule, revert, adopt, counts, sort, ...author }: ReportedItem,
  mark: string,
  paint: Paint,
  { dim }: Colors,
): string[] {
  const named = rule === undefined ? "" : `${rule}: `;
  const undo =
    sort === "outside" || sort === "added"
      ? "revert"
      : sort === "event" || sort === "policy"
        ? "to do "
        : "open  ";
  return [
    `  ${(counts ? paint : dim)(mark.padStart(2))}  ${cleanText(`${named}${what}`)}${attributed(author)}   ${dim(`[${id}]`)}`,
    ...(revert === undefined ? [] : [`      ${dim(`${undo}  `)}${cleanText(revert)}`]),
    ...adopt.slice(0, SHOWN_ADOPT).map((line) => `      ${dim("adopt   ")}${cleanText(line)}`),
  ];
}

/** What is only named: who and what nobody declared. */
function named(title: string, items: readonly ReportedItem[], bold: Paint): string[] {
  const fresh = items.filter(({ isNew }) => isNew === true);
  const isKnown = items.some(({ isNew }) => isNew !== undefined);
  const others = items.filter(({ isNew }) => isNew !== true);
  const shown = others.slice(0, SHOWN_UNMANAGED).map(({ what, by }) => cleanText(what) + attributed({ by }));
  const more = others.length - shown.length;
  return [
    bold(`${title} (${items.length}${isKnown ? `, ${fresh.length} new` : ""})`),
    ...fresh.map(({ what, id, ...author }) => `  new  ${cleanText(what)}${attributed(author)}   [${id}]`),
    ...(shown.length === 0
      ? []
      : [`  ${shown.join("; ")}${more > 0 ? `; and ${more} more (--json has them all)` : ""}`]),
  ];
}

function attributed({ by, byUnknown }: { by?: Attribution | undefined; byUnknown?: string }): string {
  if (by !== undefined) return `   ${byText(by)}`;
  return byUnknown === undefined ? "" : `   by unknown: ${cleanText(byUnknown)}`;
}

/** `by tom@acme.com, 2026-11-23 15:10 UTC, in Amplitude's pages` */
function byText({ actor, at, through }: Attribution): string {
  const where =
    through === undefined
      ? ""
      : through.startsWith("Mozilla/")
        ? ", in Amplitude's pages"
        : `, through ${cleanText(through)}`;
  return `by ${cleanText(actor)}, ${minute(cleanText(at))}${where}`;
}
