import type { Organization } from "../../access";
import type { Choice } from "./next";
import { whyOf, type Phase, type Place } from "./phase";
import { phaseOf } from "./preference";
import type { LiveStep } from "../step";

/** What the order of a plan is made of. */
export interface Ordering {
  /** All steps by preference. */
  readonly preferred: readonly LiveStep[];
  /** Those that run, in a safe order. */
  readonly chosen: readonly Choice[];
  /** What has to be done before a step of others. */
  readonly first: ReadonlyMap<LiveStep, readonly LiveStep[]>;
  readonly live: Organization;
  readonly leavers: ReadonlySet<string>;
}

/** Every step with its place; those that do not run stand where they were preferred. */
export function placed({ preferred, chosen, first, live, leavers }: Ordering): LiveStep[] {
  const ranks = new Map(preferred.map((step, index) => [step, index]));
  const running = new Set(chosen.map((choice) => choice.live));
  const idle = preferred.filter((step) => !running.has(step));
  const at = (step: LiveStep, { harm, after, gap }: Omit<Choice, "live"> = {}): LiveStep => {
    const phase = phaseOf(step, live, leavers);
    const needed = first.get(step) ?? [];
    const place: Place = {
      phase,
      preferred: (ranks.get(step) ?? 0) + 1,
      reason: reasonOf(phase, harm, gap),
      ...(after === undefined ? {} : { after: after.step.id }),
      ...(needed.length === 0 ? {} : { notBefore: needed.map(({ step: { id } }) => id) }),
    };
    return { ...step, step: { ...step.step, place } };
  };
  const result: LiveStep[] = [];
  let next = 0;
  for (const choice of chosen) {
    const rank = ranks.get(choice.live) ?? 0;
    for (let step = idle[next]; step !== undefined && (ranks.get(step) ?? 0) < rank; step = idle[next]) {
      result.push(at(step));
      next += 1;
    }
    result.push(at(choice.live, choice));
  }
  return [...result, ...idle.slice(next).map((step) => at(step))];
}

function reasonOf(phase: Phase, harm: Choice["harm"], gap: Choice["gap"]): string {
  if (harm === undefined) return whyOf[phase];
  return gap === true
    ? `no order avoids a loss, and this is the smallest: ${harm.text}`
    : `later than preferred: ${harm.text}`;
}
