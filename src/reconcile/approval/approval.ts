import type { PersonDifference } from "../../access";
import { canonicalJson, type Json } from "../../schema";
import { guardRules, type GuardName } from "../guards";
import type { Plan } from "../live-plan";
import type { Refusal } from "../refusal";
import type { Step } from "../step";

/** A step as a reviewer saw it: what it does, and on which facts it rested. */
export type SeenStep = Pick<Step, "id" | "actor" | "facts" | "text"> & {
  readonly notBefore?: string | undefined;
  /** What of people's access was shown with it. */
  readonly shown?: readonly PersonDifference[] | undefined;
};

/** What was approved: a set of steps with the facts that were seen. One step may have been seen in several plans. */
export type ApprovedSteps = ReadonlyMap<string, readonly SeenStep[]>;

/** Steps of the current plan against those that were approved. */
export interface Approval {
  /** May run: approved, and the facts are as they were. */
  readonly holds: ReadonlySet<string>;
  /** May not run, and why; a clause each. */
  readonly lapsed: readonly Lapsed[];
}

export interface Lapsed {
  readonly step: Step;
  readonly why: string;
  /** Whether it was approved, and a fact has moved since. */
  readonly moved: boolean;
}

/** What the approval of a plan approves. What was shown as refused was not approved, unless an approval of its own can open it. */
export function approvedIn(plan: Plan): ApprovedSteps {
  const final = plan.refusals.filter(({ rule }) => !opensByApproval(rule));
  if (final.some(({ steps }) => steps === undefined)) return new Map();
  const refused = new Set(final.flatMap(({ steps }) => steps ?? []));
  return new Map(
    plan.steps.filter(({ id }) => !refused.has(id)).map((step) => [step.id, [seen(step, plan)]] as const),
  );
}

/** Every step of a plan, for whoever says yes to all of it: what it refuses it refuses all the same. */
export function everyStep(plan: Plan): ApprovedSteps {
  return new Map(plan.steps.map((step) => [step.id, [seen(step, plan)]]));
}

function seen({ id, actor, facts, text, notBefore }: Step, { people }: Plan): SeenStep {
  return { id, actor, facts, text, shown: people, ...(notBefore === undefined ? {} : { notBefore }) };
}

/** What several approvals approve together: each step as any of them saw it, and nothing else. */
export function united(sets: readonly ApprovedSteps[]): ApprovedSteps {
  const all = new Map<string, SeenStep[]>();
  for (const set of sets) {
    for (const [id, steps] of set) all.set(id, [...(all.get(id) ?? []), ...steps]);
  }
  return all;
}

const OPENABLE: ReadonlySet<Refusal["rule"]> = new Set<GuardName>([
  ...guardRules.filter(({ opens }) => opens === "approval").map(({ name }) => name),
  "policy",
]);
const opensByApproval = (rule: Refusal["rule"]): boolean => OPENABLE.has(rule);

/** What of the current plan approved steps cover. Records follow the steps that they are about. */
export function approvalOf(approved: ApprovedSteps, current: Plan): Approval {
  const holds = new Set<string>();
  const lapsed: Lapsed[] = [];
  for (const step of current.steps) {
    const known = approved.get(step.id) ?? [];
    const moves = known.map((before) => movedFacts(before, step));
    if (moves.includes(undefined)) holds.add(step.id);
    else lapsed.push({ step, why: moves.at(-1) ?? "nobody approved this step", moved: moves.length > 0 });
  }
  return { holds, lapsed };
}

/**
 * What moved since the approval, in words; undefined when nothing did. Our own first steps are no move: what had no id then
 * may have one now, who was to be invited by it may be there, and of whom a group holds some may have left it.
 */
function movedFacts(before: SeenStep, now: Step): string | undefined {
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
    (name === "members" && isPart(now, before)) ||
    canonicalJson(before) === canonicalJson(now)
  );
}

function isPart(now: Json | undefined, before: Json): boolean {
  return Array.isArray(now) && Array.isArray(before) && now.every((item) => before.includes(item));
}
