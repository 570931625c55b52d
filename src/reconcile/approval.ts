import { canonicalJson } from "../schema";
import type { Plan } from "./plan";
import type { Step } from "./step";

/** Steps of the current plan against those that were approved. */
export interface Approval {
  /** May run: approved, and the facts are as they were. */
  readonly holds: ReadonlySet<string>;
  /** May not run, and why; a sentence each. */
  readonly lapsed: readonly { readonly step: Step; readonly why: string }[];
}

/** What of the current plan an approved plan covers. Records follow the steps that they are about. */
export function approvalOf(approved: Plan, current: Plan): Approval {
  const known = new Map(approved.steps.map((step) => [step.id, step]));
  const holds = new Set<string>();
  const lapsed: { step: Step; why: string }[] = [];
  for (const step of current.steps) {
    const before = known.get(step.id);
    if (before?.factsDigest === step.factsDigest) holds.add(step.id);
    else
      lapsed.push({
        step,
        why: before === undefined ? "nobody approved this step" : movedFacts(before, step),
      });
  }
  return { holds, lapsed };
}

function movedFacts(before: Step, now: Step): string {
  const names = [...new Set([...Object.keys(before.facts), ...Object.keys(now.facts)])];
  const moved = names
    .filter((name) => canonicalJson(before.facts[name]) !== canonicalJson(now.facts[name]))
    .map(
      (name) => `${name} was ${canonicalJson(before.facts[name])} and is ${canonicalJson(now.facts[name])}`,
    );
  return moved.length > 0 ? moved.join(", ") : `it was for ${before.actor} and is for ${now.actor}`;
}
