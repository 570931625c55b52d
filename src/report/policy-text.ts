import type { createColors } from "picocolors";
import { cleanText } from "./clean-text";
import { counted } from "./count";
import type { FindingView, OutcomeView, PlanView } from "./view/plan-view";

/** More findings than this become a count; `--format json` has them all. */
const SHOWN = 20;

/** What policies say of a plan: what it brings about one by one, what was so before as a count, and what they could not look at. */
export function policyLines(
  { says, findings, outcomes }: PlanView["policies"],
  { bold, red, yellow, dim }: ReturnType<typeof createColors>,
): string[] {
  const fresh = findings.filter(({ isNew }) => isNew);
  const broken = new Set(fresh.map(({ rule }) => rule));
  const before = outcomes
    .filter(({ after, before: was, rule }) => was > 0 || (after > 0 && !broken.has(rule)))
    .map(({ rule, before: was, after }) => `${rule} now ${after}, was ${was}`);
  return [
    `${bold("Policies")} ${says}`,
    ...listed(
      fresh.filter(({ level }) => level === "deny"),
      red,
    ),
    ...listed(
      fresh.filter(({ level }) => level === "warn"),
      yellow,
    ),
    ...(before.length === 0 ? [] : [dim(`  before      ${cleanText(before.join("; "))}`)]),
    ...unlooked(outcomes, "not").map((line) => dim(`  not judged  ${line}`)),
    ...unlooked(outcomes, "in part").map((line) => dim(`  in part     ${line}`)),
  ];
}

/** Policies that could not look, by what they could not look at. */
function unlooked(outcomes: readonly OutcomeView[], how: OutcomeView["judged"]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { rule, judged, unchecked = "" } of outcomes) {
    if (judged === how) byReason.set(unchecked, [...(byReason.get(unchecked) ?? []), rule]);
  }
  return [...byReason].map(([why, rules]) => cleanText(`${rules.join(", ")}: ${why}`));
}

function listed(findings: readonly FindingView[], paint: (text: string) => string): string[] {
  const more = findings.length - SHOWN;
  return [
    ...findings.slice(0, SHOWN).map(findingLine(paint)),
    ...(more > 0 ? [`  and ${counted(more, "more finding")} (--format json has them all)`] : []),
  ];
}

const findingLine =
  (paint: (text: string) => string) =>
  ({ level, rule, path, reason, fix }: FindingView): string =>
    `  ${paint(level)}  ${cleanText(rule)}: ${cleanText(path)}. ${cleanText(reason)} ${cleanText(fix)}`;
