import { isClosed, type Guard, type Opening } from "./guards";
import type { LivePlan } from "./live-plan";
import type { Verdict } from "./policy-finding";
import { policyGuards } from "./policy-guards";
import type { Refusal } from "./refusal";

/**
 * The plan with what policies say of it. A denial of something that the plan brings about refuses the whole plan, unless an opening lets it pass.
 *
 * @param openings what somebody who may lets pass
 */
export function withVerdict(
  live: LivePlan,
  { findings, outcomes }: Verdict,
  openings: readonly Opening[] = [],
): LivePlan {
  const { plan } = live;
  const now = Date.parse(plan.plannedAt);
  const denials = policyGuards(plan, findings, outcomes, { openings, now });
  return {
    ...live,
    plan: {
      ...plan,
      findings,
      policyOutcomes: outcomes,
      guards: [...plan.guards, ...denials],
      refusals: [...plan.refusals, ...refusalOf(denials)],
    },
  };
}

function refusalOf(denials: readonly Guard[]): Refusal[] {
  const closed = denials.filter(isClosed);
  if (closed.length === 0) return [];
  const rules = [...new Set(closed.map(({ subject = "" }) => subject.slice(0, subject.indexOf(":"))))].join(
    ", ",
  );
  return [
    {
      rule: "policy",
      summary: `What this plan would bring about is denied by ${rules}`,
      advice:
        "Correct the stack as the findings say, have the policy changed by those who own it, or have an approval of it reviewed.",
    },
  ];
}
