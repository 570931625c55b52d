import { number } from "../count";
import type { PlanView, StepLine, StepView } from "../view/plan-view";
import { countsBy, type Section } from "./budget";
import { prose } from "./markdown-text";

/** What others must do, to tick off; then every step in its order, folded. */
export function stepSections({ lines, steps, confirmed, notes }: PlanView): Section[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const others = lines.filter(({ place }) => place === "IdP" || place === "invitee" || place === "by hand");
  const records = lines.filter(({ place }) => place === "record");
  const acts = lines.filter(({ place }) => place !== "record");
  const counts = (some: readonly StepLine[]) => (from: number) => {
    const left = some.slice(from).flatMap(({ steps: ids }) => ids.flatMap((id) => byId.get(id) ?? []));
    return `- and ${number(some.length - from)} more lines, ${number(left.length)} steps: ${countsBy(left, sortOf, { number })}`;
  };
  const known = [
    ...confirmed.map((text) => `- done: ${prose(text)}`),
    ...notes.map((note) => `- ${prose(note)}`),
  ];
  return [
    {
      before: `#### Steps (${number(acts.length)})\n\n**What people must do, besides this merge:**`,
      lines: others.map((line, index) => `${index === 0 ? "\n" : ""}- [ ] ${lineText(line)}`),
      empty: " nothing.",
      after: "\n",
      counts: counts(others),
      urgency: 4,
      share: 0.2,
    },
    {
      before: `<details><summary>All steps, in this order</summary>\n\n`,
      lines: [...acts.map(listed), ...records.map(listed)],
      empty: "None.",
      after: `\n</details>\n\n`,
      counts: counts([...acts, ...records]),
      urgency: 7,
      share: 0.2,
    },
    {
      before: "",
      lines: known,
      after: known.length > 0 ? "\n" : "",
      counts: (from) => `- and ${number(known.length - from)} more words on steps by hand`,
      urgency: 8,
      share: 0.1,
    },
  ];
}

const listed = (line: StepLine): string =>
  line.number === undefined ? `- ${lineText(line)}` : `${line.number}. ${lineText(line)}`;

function lineText({ place, text, notes, refused }: StepLine): string {
  const noted =
    notes.length === 0 ? "" : ` — ${notes.map((note) => prose(note.replace(/^\[(.*)\]$/, "$1"))).join("; ")}`;
  return `**${place}** ${prose(text)}${refused ? " — ⛔ refused" : ""}${noted}`;
}

/** For counts: per group where there is one. */
function sortOf({ place, operation, values: { group } }: StepView): string {
  return `${place} (${prose(group ?? operation)})`;
}
