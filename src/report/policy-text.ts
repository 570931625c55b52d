import type { createColors } from "picocolors";
import type { Plan, PolicyFinding, PolicyOutcome } from "../reconcile";
import { cleanText } from "./clean-text";
import { counted } from "./count";

/** More findings than this become a count; --json has them all. */
const SHOWN = 20;

/** What policies say of a plan: what it brings about one by one, what was so before as a count, and what they could not look at. */
export function policyLines(
  { findings, policyOutcomes: outcomes }: Pick<Plan, "findings" | "policyOutcomes">,
  { bold, red, yellow, dim }: ReturnType<typeof createColors>,
): string[] {
  if (outcomes.length === 0) return [];
  const fresh = findings.filter(({ isNew }) => isNew);
  const denied = fresh.filter(({ level }) => level === "deny");
  const warned = fresh.filter(({ level }) => level === "warn");
  const broken = new Set(fresh.map(({ rule }) => rule));
  const blind = outcomes.filter(({ judged }) => judged === "not");
  const totals = [
    `${outcomes.filter(({ rule, judged }) => judged !== "not" && !broken.has(rule)).length} pass`,
    ...(warned.length === 0 ? [] : [`${warned.length} warn`]),
    ...(denied.length === 0 ? [] : [`${denied.length} denied`]),
    ...(blind.length === 0 ? [] : [`${blind.length} not judged`]),
  ];
  const before = outcomes
    .filter(({ after, before: was, rule }) => was > 0 || (after > 0 && !broken.has(rule)))
    .map(({ rule, before: was, after }) => `${rule} now ${after}, was ${was}`);
  return [
    `${bold("Policies")} ${totals.join(" · ")}`,
    ...listed(denied, red),
    ...listed(warned, yellow),
    ...(before.length === 0 ? [] : [dim(`  before      ${cleanText(before.join("; "))}`)]),
    ...unlooked(outcomes, "not").map((line) => dim(`  not judged  ${line}`)),
    ...unlooked(outcomes, "in part").map((line) => dim(`  in part     ${line}`)),
  ];
}

/** Policies that could not look, by what they could not look at. */
function unlooked(outcomes: readonly PolicyOutcome[], how: PolicyOutcome["judged"]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { rule, judged, unchecked = "" } of outcomes) {
    if (judged === how) byReason.set(unchecked, [...(byReason.get(unchecked) ?? []), rule]);
  }
  return [...byReason].map(([why, rules]) => cleanText(`${rules.join(", ")}: ${why}`));
}

function listed(findings: readonly PolicyFinding[], paint: (text: string) => string): string[] {
  const more = findings.length - SHOWN;
  return [
    ...findings.slice(0, SHOWN).map(findingLine(paint)),
    ...(more > 0 ? [`  and ${counted(more, "more finding")} (--json has them all)`] : []),
  ];
}

const findingLine =
  (paint: (text: string) => string) =>
  ({ level, rule, path, reason, fix }: PolicyFinding): string =>
    `  ${paint(level)}  ${cleanText(rule)}: ${cleanText(path)}. ${cleanText(reason)} ${cleanText(fix)}`;
