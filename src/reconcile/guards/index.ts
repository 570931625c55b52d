import { administrators, breakGlass, operator } from "./administrators";
import { organization, wholeRead } from "./certainty";
import { isClosed } from "./closed";
import { gaps } from "./gaps";
import type { GuardFinding, Guard, GuardFacts, GuardRule } from "./guard";
import { groupsInUse, projectsInUse } from "./in-use";
import { invitations } from "./invitations";
import { loosenedPolicy } from "./loosened-policy";
import { groupRemovals, pendingRemovals, removals, removalsInAll } from "./removals";
import { returns } from "./returns";
import { singleSignOn } from "./single-sign-on";
import type { Refusal } from "../refusal";

export { isClosed } from "./closed";
export * from "./guard";
export * from "./opening";

/** Every guard. */
export const guardRules: readonly GuardRule[] = [
  wholeRead,
  organization,
  removals,
  pendingRemovals,
  groupRemovals,
  removalsInAll,
  groupsInUse,
  projectsInUse,
  invitations,
  administrators,
  breakGlass,
  operator,
  singleSignOn,
  returns,
  gaps,
  loosenedPolicy,
];

/** What the guards find in a plan, in their order. Nothing is opened yet. A guard that cannot judge lets nothing pass. */
export function judged(facts: GuardFacts, rules: readonly GuardRule[] = guardRules): Guard[] {
  return rules.flatMap((rule) => {
    const { name: guard, opens, advice } = rule;
    return findings(rule, facts).map((finding) => ({
      guard,
      ...finding,
      opens,
      advice: finding.advice ?? advice,
    }));
  });
}

function findings(rule: GuardRule, facts: GuardFacts): readonly GuardFinding[] {
  try {
    return rule.judge(facts);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const steps = facts.steps.map(({ step }) => step.id);
    return [{ found: 0, text: `it could not judge: ${said}`, verdict: "unjudged", people: [], steps }];
  }
}

/** What closed guards refuse. */
export function guardRefusals(guards: readonly Guard[]): Refusal[] {
  return guards
    .filter((guard) => isClosed(guard) && guard.steps.length > 0)
    .map(({ guard, text, advice, steps, notes = [] }) => ({
      rule: guard,
      summary: [text, ...notes].join("; "),
      advice,
      steps,
    }));
}
