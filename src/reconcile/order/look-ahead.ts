import type { Email } from "../../access";
import { isOfOthers } from "../../resources";
import { concerned, holdersOf } from "./interference";
import type { Way } from "./way";
import type { Safety } from "./safety";
import type { LiveStep } from "../step";

/** A step may be done only after the one that is given for it. */
export type Sequence = ReadonlyMap<LiveStep, LiveStep>;

/** Larger neighbourhoods are not searched, and a search ends after so many looks. */
export const LARGEST = 24;
const LOOKS = 5_000;

/**
 * Orders for steps that the simple choice got stuck with: each neighbourhood, which is all steps that share people with them, is searched
 * for an order of which every prefix is safe, the preferred one first. undefined: none was found for any.
 */
export function sequenceOf(
  stuck: readonly LiveStep[],
  steps: readonly LiveStep[],
  way: Way,
  safety: () => Safety,
): Sequence | undefined {
  const sequence = new Map<LiveStep, LiveStep>();
  const seen = new Set<LiveStep>();
  for (const neighbours of neighbourhoods(stuck, steps, way)) {
    if (neighbours.some((live) => seen.has(live))) continue;
    for (const live of neighbours) seen.add(live);
    const order = neighbours.length > LARGEST ? undefined : searched(neighbours, steps, safety());
    order?.forEach((live, index) => {
      const earlier = order[index - 1];
      if (earlier !== undefined) sequence.set(live, earlier);
    });
  }
  return sequence.size === 0 ? undefined : sequence;
}

/** Steps by the people they touch or could touch, from each of the given ones. */
function* neighbourhoods(
  from: readonly LiveStep[],
  steps: readonly LiveStep[],
  { before, unread: { provider } }: Way,
): Iterable<LiveStep[]> {
  const peopleOf = concerned(steps, before, provider);
  const stepsOf = new Map<Email, LiveStep[]>();
  for (const live of steps)
    for (const email of peopleOf(live)) {
      const known = stepsOf.get(email);
      if (known === undefined) stepsOf.set(email, [live]);
      else known.push(live);
    }
  const rank = new Map(steps.map((live, index) => [live, index]));
  for (const start of from) {
    const found = new Set([start]);
    for (const live of found) {
      for (const email of peopleOf(live)) for (const other of stepsOf.get(email) ?? []) found.add(other);
      if (found.size > LARGEST) break;
    }
    yield [...found].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
  }
}

/** The first order of these steps, by preference, of which every prefix is safe. Everything else is taken to be done where it can be. */
export function searched(
  neighbours: readonly LiveStep[],
  steps: readonly LiveStep[],
  safety: Safety,
): LiveStep[] | undefined {
  const inside = new Set(neighbours);
  for (const live of steps) if (!inside.has(live)) safety.model.apply(live.effects);
  const dead = new Set<number>();
  const order: LiveStep[] = [];
  const all = 2 ** neighbours.length - 1;
  let looks = 0;
  const goOn = (done: number): boolean => {
    if (done === all) return true;
    const left = neighbours.filter((_, index) => (done & (1 << index)) === 0);
    const moves = left.filter(({ step: { actor } }) => isOfOthers(actor));
    for (const [index, live] of neighbours.entries()) {
      const next = done | (1 << index);
      if (next === done || dead.has(next)) continue;
      if ((looks += 1) > LOOKS) return false;
      const holders = moves.map((move) => holdersOf(move, safety.model.organization));
      const harm = safety.harm(
        live,
        safety.touched(live),
        (email) => moves.filter((_, at) => holders[at]?.includes(email) === true),
        holders.flat(),
      );
      if (harm !== undefined) continue;
      const mark = safety.model.mark();
      safety.model.apply(live.effects);
      order.push(live);
      if (goOn(next)) return true;
      order.pop();
      safety.model.rollback(mark);
      dead.add(next);
    }
    return false;
  };
  return goOn(0) ? order : undefined;
}
