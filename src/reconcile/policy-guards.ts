import { opened, type Guard, type Opening } from "./guards";
import type { Plan } from "./live-plan";
import type { PolicyFinding, PolicyOutcome } from "./policy-finding";

/**
 * Denials as guards: each holds back the whole plan until an approval of that rule, for what it denies and for these steps, lets it pass. A
 * policy that could not judge denies, and nothing opens that: nobody knows what it would have said.
 *
 * @param now milliseconds since the epoch
 */
export function policyGuards(
  { steps }: Pick<Plan, "steps">,
  findings: readonly PolicyFinding[],
  outcomes: readonly PolicyOutcome[],
  { openings, now }: { readonly openings: readonly Opening[]; readonly now: number },
): Guard[] {
  const blind = new Set(outcomes.filter(({ judged }) => judged === "not").map(({ rule }) => rule));
  const denied = findings.filter(({ level, isNew }) => level === "deny" && isNew);
  const guards = denied.map(({ rule, path, people, addresses, reason, fix }): Guard => {
    const touching = steps.filter((step) => step.addresses.some((address) => addresses.includes(address)));
    return {
      guard: "policy",
      subject: `${rule}: ${path}`,
      found: 1,
      limit: 0,
      text: `${rule} denies ${path}`,
      verdict: "holds",
      opens: blind.has(rule) ? "never" : "approval",
      advice: `${reason} ${fix}`,
      people,
      steps: (touching.length > 0 ? touching : steps).map(({ id }) => id),
    };
  });
  return opened(guards, openings, now);
}
