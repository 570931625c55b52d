import type { Plan } from "../../reconcile";
import type { GuardView, PlanView } from "./plan-view";

/** What holds steps back, and what does not. What policies deny is said with the policies. */
export function guardsOf({ refusals }: Pick<Plan, "refusals">): GuardView[] {
  return refusals
    .filter(({ rule }) => rule !== "policy")
    .map(({ rule, summary, advice, steps }) => ({
      name: rule,
      verdict: "refused",
      says: summary,
      advice,
      ...(steps === undefined ? {} : { steps: [...steps] }),
    }));
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
