import { isClosed, type Guard, type Opening } from "./guards";
import type { LivePlan } from "./plan";
import { policyGuards } from "./policy-guards";
import type { Refusal } from "./refusal";

/** Something that a policy objects to, in the organization as the plan would leave it. */
export interface PolicyFinding {
  /** Hash of the policy's name and of what it objects to: the same from run to run. */
  readonly id: string;
  readonly rule: string;
  readonly level: "deny" | "warn";
  /** Whether the plan brings it about; else it was so before. */
  readonly isNew: boolean;
  /** Where: `jo@nova.agency on Client Production: Admin via group agency-nova`, or `organization settings`. */
  readonly path: string;
  /** The declarations whose steps bring it about; none where it was so before. */
  readonly addresses: readonly string[];
  /** Canonical e-mails. */
  readonly people: readonly string[];
  readonly reason: string;
  readonly fix: string;
}

/** How one policy came out. */
export interface PolicyOutcome {
  readonly rule: string;
  readonly level: "deny" | "warn";
  /** How often it objects to the organization before the plan, and after it. */
  readonly before: number;
  readonly after: number;
  /** Whether it could look at all that it judges. */
  readonly judged: "whole" | "in part" | "not";
  /** What it could not look at, in words. */
  readonly unchecked?: string;
}

/** What all policies together say about a plan. */
export interface Verdict {
  readonly findings: readonly PolicyFinding[];
  readonly outcomes: readonly PolicyOutcome[];
}

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
