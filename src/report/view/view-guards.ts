import type { Guard, Plan } from "../../reconcile";
import { counted } from "../count";
import type { GuardView, PlanView } from "./plan-view";

/** Every guard with its number and its limit, what policies deny, then what is refused beside them. */
export function guardsOf({ guards, refusals }: Pick<Plan, "guards" | "refusals">): GuardView[] {
  const judged = new Set<string>(guards.map(({ guard }) => guard));
  const others = refusals.filter(({ rule }) => !judged.has(rule));
  return [
    ...guards.map(guardOf),
    ...others.map(({ rule, summary, advice, steps }): GuardView => ({
      name: rule,
      verdict: "refused",
      says: summary,
      advice,
      ...(steps === undefined ? {} : { steps: [...steps] }),
    })),
  ];
}

function guardOf({
  guard,
  subject,
  found,
  of,
  limit,
  text,
  verdict,
  steps,
  advice,
  opened,
  notes = [],
}: Guard): GuardView {
  const word = verdictOf(verdict, steps.length);
  const until = opened?.until === undefined ? "" : `, until ${opened.until.slice(0, 10)}`;
  return {
    name: guard,
    ...(subject === undefined ? {} : { subject }),
    verdict: word,
    says: [text, ...notes].join("; "),
    found,
    ...(of === undefined ? {} : { of }),
    ...(limit === undefined ? {} : { limit }),
    ...(word === "refused" || word === "not judged" ? { advice } : {}),
    ...(opened === undefined ? {} : { opened: `${opened.by}: ${opened.reason}${until}` }),
    steps: word === "refused" ? [...steps] : [],
  };
}

/** A guard that has nothing to hold back refuses nothing. */
function verdictOf(verdict: Guard["verdict"], steps: number): GuardView["verdict"] {
  if (verdict === "opened") return "opened";
  if (verdict === "passes") return "ok";
  return steps > 0 ? "refused" : "not judged";
}

/** What is read of the guards: whatever is not simply well, and one line for each guard that finds everything well. */
export function guardLines({ guards }: Pick<PlanView, "guards">): GuardView[] {
  const passing = new Map<string, { readonly first: GuardView; count: number }>();
  for (const guard of guards) {
    if (guard.verdict !== "ok") continue;
    const known = passing.get(guard.name);
    if (known === undefined) passing.set(guard.name, { first: guard, count: 1 });
    else known.count += 1;
  }
  return guards.flatMap((guard): GuardView[] => {
    if (guard.verdict !== "ok") return [guard];
    const { first, count } = passing.get(guard.name) ?? { first: guard, count: 1 };
    if (first !== guard) return [];
    return [
      count === 1
        ? guard
        : { ...guard, says: `${guard.says}; ${counted(count - 1, "more", "more")} within their limits` },
    ];
  });
}

/** What policies say: denials that the plan brings about first. */
export function policiesOf({
  findings,
  policyOutcomes,
}: Pick<Plan, "findings" | "policyOutcomes">): PlanView["policies"] {
  const rank = ({ level, isNew }: { level: string; isNew: boolean }): number =>
    (isNew ? 0 : 2) + (level === "deny" ? 0 : 1);
  return {
    says: policyLine({ findings, policyOutcomes }),
    findings: [...findings]
      .sort((a, b) => rank(a) - rank(b))
      .map((finding) => ({ ...finding, addresses: [...finding.addresses], people: [...finding.people] })),
    outcomes: policyOutcomes.map((outcome) => ({ ...outcome })),
  };
}

/** `22 pass · 1 warn · 1 denied · 4 not judged` */
function policyLine({
  findings,
  policyOutcomes: outcomes,
}: Pick<Plan, "findings" | "policyOutcomes">): string {
  if (outcomes.length === 0) return "none was judged";
  const fresh = findings.filter(({ isNew }) => isNew);
  const broken = new Set(fresh.map(({ rule }) => rule));
  const some = (count: number, word: string): string[] => (count === 0 ? [] : [`${count} ${word}`]);
  return [
    `${outcomes.filter(({ rule, judged }) => judged !== "not" && !broken.has(rule)).length} pass`,
    ...some(fresh.filter(({ level }) => level === "warn").length, "warn"),
    ...some(fresh.filter(({ level }) => level === "deny").length, "denied"),
    ...some(outcomes.filter(({ judged }) => judged === "not").length, "not judged"),
  ].join(" · ");
}
