import { canonicalJson, type Json } from "../schema";
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
  const refused = new Set(approved.refusals.flatMap(({ steps }) => steps ?? []));
  const blocked = approved.refusals.some(({ steps }) => steps === undefined);
  // What was shown as refused was not approved.
  const known = new Map(
    blocked ? [] : approved.steps.filter(({ id }) => !refused.has(id)).map((step) => [step.id, step]),
  );
  const holds = new Set<string>();
  const lapsed: { step: Step; why: string }[] = [];
  for (const step of current.steps) {
    const before = known.get(step.id);
    const why = before === undefined ? "nobody approved this step" : movedFacts(before, step);
    if (why === undefined) holds.add(step.id);
    else lapsed.push({ step, why });
  }
  return { holds, lapsed };
}

/**
 * What moved since the approval, in words; undefined when nothing did. Our own first steps are no move: what had no id then
 * may have one now, and who was to be invited by it may be there.
 */
function movedFacts(before: Step, now: Step): string | undefined {
  if (before.actor !== now.actor) return `it was for ${before.actor} and is for ${now.actor}`;
  if (before.notBefore !== now.notBefore)
    return `it was to wait until ${before.notBefore ?? "nothing"}, now until ${now.notBefore ?? "nothing"}`;
  // A record is approved as what will be in effect; its identity says that.
  if (now.actor === "record") return undefined;
  const moved = Object.keys({ ...before.facts, ...now.facts })
    .filter((name) => !factHolds(name, before.facts[name], now.facts[name]))
    .map(
      (name) => `${name} was ${canonicalJson(before.facts[name])} and is ${canonicalJson(now.facts[name])}`,
    );
  return moved.length > 0 ? moved.join(", ") : undefined;
}

function factHolds(name: string, before: Json | undefined, now: Json | undefined): boolean {
  return (
    before === undefined ||
    (name === "invites" && now === false) ||
    canonicalJson(before) === canonicalJson(now)
  );
}
