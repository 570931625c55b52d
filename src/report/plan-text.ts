import { createColors } from "picocolors";
import { cleanText } from "./clean-text";
import { counted, number } from "./count";
import { policyLines } from "./policy-text";
import { organizationText, rowsOf } from "./view/person-rows";
import {
  changeKinds,
  type ChangeKind,
  type GuardView,
  type PersonView,
  type PlanView,
} from "./view/plan-view";
import { blockedText } from "./view/view-discrepancies";
import { guardLines } from "./view/view-guards";
import { shortDigest } from "./view/view-of";

type Colors = ReturnType<typeof createColors>;

/** More than this many people, and this many lines of one sort, become counts. */
const SHOWN_PEOPLE = 200;
const SHOWN_PROJECTS = 3;
const SHOWN_RECORDS = 5;
const SHOWN_IRREVERSIBLE = 20;
const COMPLETE = "--format json and --format html have them all";

/** A plan for people at a terminal. Every section stays, also an empty one. */
export function planText(view: PlanView, { color }: { readonly color: boolean }): string {
  const colors = createColors(color);
  const blocks = [
    [title(view, colors), view.read.says, ...discrepancies(view, colors), identity(view, colors)],
    [view.totals.says],
    people(view, colors),
    [
      `What cannot be undone: ${said(view.irreversible)}.`,
      `What somebody is without for a while: ${said(view.gaps)}.`,
    ],
    steps(view, colors),
    guards(view, colors),
    policyLines(view.policies, colors),
    [`Not checked: ${view.notChecked.length === 0 ? "nothing" : cleanText(view.notChecked.join("; "))}.`],
    [`Cost: ${view.forecast.says}.`, `To run exactly this: ${cleanText(view.command)}`],
  ];
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

function title(
  { organization: { orgId, region, host }, stacks, digest }: PlanView,
  { bold, dim }: Colors,
): string {
  return `${bold(cleanText(stacks.join(", ")))} · org ${orgId} (${region}) · plan ${bold(shortDigest(digest))} ${dim(`· ${host}`)}`;
}

function identity(
  {
    read: {
      identity: { proved, how },
    },
  }: PlanView,
  { dim, yellow }: Colors,
): string {
  return proved
    ? dim(`The organization is the one named: ${how}.`)
    : yellow(
        `Not proved that the SCIM key is of this organization: ${how}. A first write needs --trust-organization.`,
      );
}

/** Lists that do not fit: what, what is blocked, what to do. */
function discrepancies({ read }: PlanView, { yellow, dim }: Colors): string[] {
  return read.discrepancies.flatMap((found) => [
    `  ${yellow(cleanText(`${found.says}. ${blockedText(found)}.`))}`,
    `    ${dim(cleanText(`${found.advice}.`))}`,
  ]);
}

function people(
  { people: all, unknownAccess }: PlanView,
  { bold, dim, yellow, ...colors }: Colors,
): string[] {
  const unknown = unknownAccess === undefined ? [] : [`  ${yellow(cleanText(`${unknownAccess}.`))}`];
  const heading = bold(`People (${number(all.length)})`);
  if (all.length === 0)
    return [heading, ...(unknown.length > 0 ? unknown : ["  Nobody gains or loses anything."])];
  const hidden = all.slice(SHOWN_PEOPLE);
  const counts = changeKinds.flatMap((kind) => {
    const count = hidden.filter(({ change }) => change === kind).length;
    return count === 0 ? [] : [`${number(count)} ${words[kind]}`];
  });
  return [
    heading,
    ...unknown,
    ...all.slice(0, SHOWN_PEOPLE).flatMap((person) => personLines(person, { bold, dim, yellow, ...colors })),
    ...(hidden.length > 0
      ? [
          dim(
            `... and ${counted(hidden.length, "more person", "more people")}: ${counts.join(", ")} (${COMPLETE})`,
          ),
        ]
      : []),
  ];
}

const words: Readonly<Record<ChangeKind, string>> = {
  leaves: "leaves: ends with nothing",
  loses: "loses access",
  changes: "changes",
  joins: "joins",
  gains: "gains access",
  equal: "access is equal, by other ways",
};
const marks: Readonly<Record<ChangeKind, string>> = {
  leaves: "-",
  loses: "-",
  changes: "~",
  joins: "+",
  gains: "+",
  equal: "=",
};

function personLines(person: PersonView, { green, red, yellow, dim, bold }: Colors): string[] {
  const { email, change, invited, why, organization } = person;
  const paint = { "-": red, "+": green, "~": yellow, "=": dim }[marks[change]] ?? dim;
  const role = organizationText(person);
  const rows = rowsOf(person).map(({ projects, change: text, ways, gains, loses }) => {
    const names = projects.slice(0, SHOWN_PROJECTS).join(", ");
    const more = projects.length > SHOWN_PROJECTS ? ` and ${projects.length - SHOWN_PROJECTS} more` : "";
    const head = `    ${cleanText(`${names}${more}`).padEnd(24)} ${cleanText(text).padEnd(26)} ${dim(cleanText(ways))}`;
    return `${head}${capabilities(gains, loses)}`.trimEnd();
  });
  const reasons = why.length === 0 ? "" : dim(`   ${cleanText(why.join("; "))}`);
  return [
    `${paint(marks[change])} ${bold(cleanText(email))}  ${words[change]}${reasons}`,
    ...(role === undefined
      ? []
      : [`    ${cleanText(role)}${capabilities(organization?.gained ?? [], organization?.lost ?? [])}`]),
    ...rows,
    ...(invited ? [`    Amplitude e-mails an invitation. It cannot be undone.`] : []),
  ];
}

function capabilities(gains: readonly string[], loses: readonly string[]): string {
  const part = (word: string, labels: readonly string[]): string =>
    labels.length === 0 ? "" : `   ${word}: ${cleanText(labels.join(", "))}`;
  return `${part("gains", gains)}${part("loses", loses)}`;
}

function steps({ lines, confirmed, notes }: PlanView, { bold, dim, red, yellow }: Colors): string[] {
  const width = String(lines.length).length + 2;
  const acts = lines.filter(({ place }) => place !== "record");
  const deciding = lines.filter(({ decides }) => decides);
  const records = lines.filter(({ place, decides }) => place === "record" && !decides);
  const shown = acts.map(({ number: place = 0, place: mark, text, notes: why, refused }) => {
    const note = refused ? red("refused, see below") : dim(cleanText(why.join("   ")));
    return `${String(place).padStart(width)}  ${mark.padEnd(8)} ${cleanText(text)}   ${note}`.trimEnd();
  });
  const indent = " ".repeat(width);
  const more = records.length - SHOWN_RECORDS;
  return [
    bold(acts.length === 0 ? "Steps: none" : "Steps, in this order"),
    ...shown,
    ...[...deciding, ...records.slice(0, SHOWN_RECORDS)].map(
      ({ text }) => `${indent}  record   ${cleanText(text)}`,
    ),
    ...(more > 0 ? [`${indent}  record   ${more} more declarations, which send no request`] : []),
    ...confirmed.map((text) => `${indent}  ${dim(`done     ${cleanText(text)}`)}`),
    ...notes.map((note) => yellow(cleanText(note))),
  ];
}

function guards(view: PlanView, { bold, green, red, yellow, dim }: Colors): string[] {
  const paints: Readonly<Record<GuardView["verdict"], (text: string) => string>> = {
    ok: green,
    opened: yellow,
    refused: red,
    "not judged": yellow,
  };
  return [
    bold("Guards"),
    ...guardLines(view).map(({ name, verdict, says, advice, opened }) => {
      const more = [opened === undefined ? "" : `opened by ${opened}`, advice ?? ""].filter(
        (text) => text !== "",
      );
      const head = `  ${paints[verdict](verdict.padEnd(10))} ${cleanText(name).padEnd(17)} ${cleanText(says)}`;
      return more.length === 0 ? head : `${head}. ${dim(cleanText(more.join(". ")))}`;
    }),
  ];
}

function said(all: readonly { readonly says: string }[]): string {
  if (all.length === 0) return "nothing";
  const more = all.length - SHOWN_IRREVERSIBLE;
  return `${all
    .slice(0, SHOWN_IRREVERSIBLE)
    .map(({ says }) => cleanText(says))
    .join("; ")}${more > 0 ? `; and ${more} more (${COMPLETE})` : ""}`;
}
