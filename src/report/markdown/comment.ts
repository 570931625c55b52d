import { number } from "../count";
import { organizationText, rowsOf, wayOf } from "../view/person-rows";
import type { ChangeKind, GuardView, PersonView, PlanView } from "../view/plan-view";
import { guardLines } from "../view/view-guards";
import { shortDigest } from "../view/view-of";
import { countsBy, within, type Section } from "./budget";
import { discrepancySections } from "./discrepancy-section";
import { code, prose } from "./markdown-text";
import { stepSections } from "./step-sections";

/** What a comment on GitHub may hold: https://docs.github.com/en/rest/issues/comments says 65,536 characters; here it is bytes, which are never fewer. */
export const commentBytes = 65_536;

const HEADER_BYTES = 2_000;

/** What the line with the command to run begins with. */
export const commandLabel = "**To run exactly this:**";

/** By what an earlier comment of the same organization and stacks is found, to be edited in place. */
export function commentMarker({
  organization: { orgId },
  stacks,
}: Pick<PlanView, "organization" | "stacks">): string {
  return `<!-- amplitude-access:${[orgId, ...stacks].map(encodeURIComponent).join(":").slice(0, 200)} -->`;
}

/**
 * A plan as one comment on a pull request. What does not fit becomes counts that add up, and the first line says *incomplete*; what cannot be
 * undone, refusals and losses are served first.
 *
 * @param page where the HTML page is, which holds the whole list
 */
export function planMarkdown(view: PlanView, { page }: { readonly page?: string | undefined } = {}): string {
  const sections = [
    ...discrepancySections(view),
    ...peopleSections(view),
    irreversible(view),
    gaps(view),
    ...stepSections(view),
    guards(view),
    policies(view),
    notChecked(view),
  ];
  const end = ending(view, page);
  const room = commentBytes - HEADER_BYTES - Buffer.byteLength(end, "utf8");
  const { text, complete } = within(sections, room);
  return `${header(view, complete, page)}${text}${end}`;
}

function header(view: PlanView, complete: boolean, page: string | undefined): string {
  const { organization, stacks, digest, totals, read } = view;
  const incomplete = complete ? "" : " · *incomplete*";
  const [who = "", what = ""] = totals.says.split(/ {3,}/);
  const whole = page === undefined ? "the page (`plan --format html`)" : link("the page", page);
  return [
    `### Amplitude access · ${code(stacks.slice(0, 5).join(", "))} · plan \`${shortDigest(digest)}\`${incomplete} ${commentMarker(view)}`,
    "",
    `${prose(read.says)}. ${identity(view)} Organization ${code(organization.orgId)} (${prose(organization.region)}), ${code(organization.host)}.`,
    "",
    `**${prose(who)}**${what === "" ? "" : ` · ${prose(what)}`}`,
    ...(complete
      ? []
      : [
          "",
          `**Incomplete:** not everything fits into a comment. What is missing is counted below; the whole list is on ${whole}.`,
        ]),
    "",
    "",
  ].join("\n");
}

function identity({
  read: {
    identity: { proved, how },
  },
}: PlanView): string {
  return proved
    ? `The organization is the one named: ${prose(how)}.`
    : `⚠️ **Not proved that the SCIM key is of this organization:** ${prose(how)}.`;
}

const words: Readonly<Record<ChangeKind, string>> = {
  leaves: "➖ leaves",
  loses: "➖ loses",
  changes: "✏️ changes",
  joins: "➕ joins",
  gains: "➕ gains",
  equal: "＝ same",
};
const LOSING: ReadonlySet<ChangeKind> = new Set(["leaves", "loses", "changes"]);
const SHOWN_PROJECTS = 3;
const SHOWN_ROWS = 5;

/** One table in two parts: who loses something is served before everybody else. */
function peopleSections({ people, unknownAccess }: PlanView): Section[] {
  const losing = people.filter(({ change }) => LOSING.has(change));
  const others = people.filter(({ change }) => !LOSING.has(change));
  const unknown = unknownAccess === undefined ? "" : `${prose(unknownAccess)}.\n\n`;
  const table = people.length === 0 ? "" : "| | who | access | why |\n|---|---|---|---|\n";
  const rest = (some: readonly PersonView[]) => (from: number) => {
    const left = some.slice(from);
    return `| … | **${number(left.length)} more** | ${countsBy(left, sortOf, { number })} | |`;
  };
  return [
    {
      before: `#### People (${number(people.length)})\n\n${unknown}${table}`,
      lines: losing.map(personRow),
      empty: people.length === 0 && unknown === "" ? "Nobody gains or loses anything." : "",
      counts: rest(losing),
      urgency: 3,
      share: 0.5,
    },
    { before: "", lines: others.map(personRow), after: "\n", counts: rest(others), urgency: 6, share: 0.2 },
  ];
}

/** For counts: what happens, and by which way access was held or is given. */
function sortOf({ change, projects }: PersonView): string {
  const [first] = projects;
  const way = first === undefined ? "no project" : wayOf(first.wasVia[0] ?? first.via[0] ?? "no project");
  return `${words[change]} (${prose(way)})`;
}

function personRow(person: PersonView): string {
  const { email, change, invited, why, organization } = person;
  const role = organizationText(person);
  const rows = rowsOf(person);
  const cells = [
    ...(role === undefined
      ? []
      : [`**${prose(role)}**${capabilities(organization?.gained ?? [], organization?.lost ?? [])}`]),
    ...rows.slice(0, SHOWN_ROWS).map(({ projects, change: text, ways, gains, loses }) => {
      const more = projects.length > SHOWN_PROJECTS ? ` and ${projects.length - SHOWN_PROJECTS} more` : "";
      const names = projects.slice(0, SHOWN_PROJECTS).map(code).join(", ");
      return `${names}${more}: **${prose(text)}** ${prose(ways)}${capabilities(gains, loses)}`;
    }),
    ...(rows.length > SHOWN_ROWS ? [`and ${number(rows.length - SHOWN_ROWS)} more changes`] : []),
    ...(invited ? ["is sent an invitation e-mail, which cannot be undone"] : []),
  ];
  const access = cells.length === 0 ? "no access to a project, before and after" : cells.join("<br>");
  return `| ${words[change]} | ${code(email)} | ${access} | ${why.map(prose).join("<br>")} |`;
}

function capabilities(gains: readonly string[], loses: readonly string[]): string {
  const part = (word: string, labels: readonly string[]): string =>
    labels.length === 0 ? "" : `, ${word}: ${prose(labels.join(", "))}`;
  return `${part("gains", gains)}${part("loses", loses)}`;
}

function irreversible({ irreversible: acts }: PlanView): Section {
  return {
    before: "\n**What cannot be undone:**",
    lines: acts.map(({ says }, index) => `${index === 0 ? "\n" : ""}- ${prose(says)}`),
    empty: " nothing.",
    after: "\n",
    counts: (from) =>
      `${from === 0 ? "\n" : ""}- and ${number(acts.length - from)} more: ${countsBy(acts.slice(from), ({ what }) => actWords[what], { number })}`,
    urgency: 2,
    share: 0.15,
  };
}

const actWords: Readonly<Record<PlanView["irreversible"][number]["what"], string>> = {
  invitation: "the invitation",
  person: "removing",
  key: "deleting key",
  group: "deleting group",
};

function gaps({ gaps: all }: PlanView): Section {
  return {
    before: "\n**What somebody is without for a while:**",
    lines: all.map(({ says }, index) => `${index === 0 ? "\n" : ""}- ${prose(says)}`),
    empty: " nothing.",
    after: "\n",
    counts: (from) => `${from === 0 ? "\n" : ""}- and ${number(all.length - from)} more`,
    urgency: 2,
    share: 0.1,
  };
}

const verdicts: Readonly<Record<GuardView["verdict"], string>> = {
  ok: "✅",
  opened: "⚠️ opened:",
  refused: "⛔",
  "not judged": "⚠️ not judged:",
};

function guards(view: PlanView): Section {
  const all = guardLines(view);
  const urgent = [
    ...all.filter(({ verdict }) => verdict !== "ok"),
    ...all.filter(({ verdict }) => verdict === "ok"),
  ];
  return {
    before: `#### Guards\n\n`,
    lines: urgent.map(({ name, verdict, says, advice, opened }) => {
      const more = [opened, advice].flatMap((text) => (text === undefined ? [] : [`. ${prose(text)}`]));
      return `- ${verdicts[verdict]} **${prose(name)}** ${prose(says)}${more.join("")}`;
    }),
    empty: "- none",
    after: "\n",
    counts: (from) =>
      `- and ${number(urgent.length - from)} more: ${countsBy(urgent.slice(from), ({ verdict, name }) => `${verdict} by ${prose(name)}`, { number })}`,
    urgency: 1,
    share: 0.2,
  };
}

function policies({ policies: { says, findings, outcomes } }: PlanView): Section {
  const fresh = findings.filter(({ isNew }) => isNew);
  const blind = outcomes.filter(({ judged }) => judged !== "whole");
  const lines = [
    ...fresh.map(
      ({ rule, level, path, reason, fix }) =>
        `- ${level === "deny" ? "⛔" : "⚠️"} **${prose(rule)}** ${prose(path)}: ${prose(reason)} ${prose(fix)}`,
    ),
    ...blind.map(
      ({ rule, judged, unchecked = "" }) =>
        `- ${judged === "not" ? "not judged" : "judged in part"}: **${prose(rule)}** ${prose(unchecked)}`,
    ),
  ];
  const sorts = [
    ...fresh.map(({ level, rule }) => `${level} by ${prose(rule)}`),
    ...blind.map(() => "not judged"),
  ];
  return {
    before: `#### Policies\n\n${prose(says)}.\n\n`,
    lines,
    after: lines.length > 0 ? "\n" : "",
    counts: (from) =>
      `- and ${number(lines.length - from)} more: ${countsBy(sorts.slice(from), (sort) => sort, { number })}`,
    urgency: 1,
    share: 0.15,
  };
}

function notChecked({ notChecked: texts }: PlanView): Section {
  return {
    before: "**Not checked:**",
    lines: texts.map((text, index) => `${index === 0 ? "\n" : ""}- ${prose(text)}`),
    empty: " nothing.",
    after: "\n",
    counts: (from) => `${from === 0 ? "\n" : ""}- and ${number(texts.length - from)} more`,
    urgency: 5,
    share: 0.1,
  };
}

function ending({ forecast, command }: PlanView, page: string | undefined): string {
  return [
    `**Cost:** ${prose(forecast.says)}.`,
    "",
    `${commandLabel} ${code(command)}`,
    ...(page === undefined ? [] : ["", link("Access matrix, graph and the whole list", page)]),
    "",
  ].join("\n");
}

/** An address of ours, percent-encoded where it could end the link. */
function link(title: string, address: string): string {
  const safe = /^https?:\/\/[^\s]+$/.test(address)
    ? address.replace(/[^\w:/.~%?#=&+,;@-]/g, encodeURIComponent)
    : "";
  return safe === ""
    ? `${title} (${code(address)})`
    : `[${title}](${safe.replace(/[()]/g, (bracket) => (bracket === "(" ? "%28" : "%29"))})`;
}
