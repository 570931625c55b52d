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

/** More well entries of one guard than this become a count where space is short; JSON and page have them all. */
const SHOWN_WELL = 20;

/** What is read of the guards: every entry, but for those of one guard that are all well and many. */
export function guardLines({ guards }: Pick<PlanView, "guards">): GuardView[] {
  const well = new Map<string, number>();
  for (const { name, verdict } of guards) if (verdict === "ok") well.set(name, (well.get(name) ?? 0) + 1);
  const met = new Map<string, number>();
  return guards.flatMap((guard): GuardView[] => {
    if (guard.verdict !== "ok") return [guard];
    const place = (met.get(guard.name) ?? 0) + 1;
    met.set(guard.name, place);
    if (place <= SHOWN_WELL) return [guard];
    const more = (well.get(guard.name) ?? 0) - SHOWN_WELL;
    return place > SHOWN_WELL + 1 ? [] : [{ ...guard, says: counted(more, "more is well", "more are well") }];
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
