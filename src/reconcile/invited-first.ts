import { canonicalEmail } from "../access";
import type { Decision } from "./decision";
import type { LiveStep } from "./step";

/**
 * Whom a step of the plan invites no group's request is to invite: it says so only of those whom nothing else does, and a refused
 * invitation stays refused.
 */
export function invitedFirst(decisions: readonly Decision[]): Decision[] {
  const invited = new Set(decisions.flatMap(({ steps }) => steps.flatMap(invitedBy)));
  if (invited.size === 0) return [...decisions];
  return decisions.map((decision) => ({
    ...decision,
    steps: decision.steps.map((live) => {
      const { operation, step } = live;
      if (step.facts["invites"] !== true || !step.people.some((email) => invited.has(email))) return live;
      const facts = { ...step.facts, invites: false };
      return { ...live, step: { ...step, facts, text: operation.text(step.values, facts) } };
    }),
  }));
}

/** Whom a step invites by itself, not by putting them somewhere; canonical e-mails. */
export function invitedBy({ step, effects }: LiveStep): string[] {
  if (step.actor !== "write") return [];
  return effects.flatMap((effect) => (effect.type === "invite" ? [canonicalEmail(effect.email)] : []));
}
