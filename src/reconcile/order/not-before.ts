import type { Effect, Email } from "../../access";
import { isOfOthers } from "../../resources";
import type { Choice } from "./next";
import { concerned } from "./interference";
import type { Safety } from "./safety";
import { keysOf } from "./waiting-place";
import type { LiveStep } from "../step";

/** Up to this many earlier steps every set of them is tried; of more, only the plainest sets. */
const TRIED_TOGETHER = 6;
const MOST = 40;

/**
 * What others must not do before which steps. They do their part when they like, and any step before it may fail or be late: so each of
 * their steps is tried after every set of the earlier ones of the same people that can have been done by then.
 *
 * @param order of the whole plan, each step safe after the ones before it
 * @param safety at the beginning of the plan; the same when this returns
 */
export function notBefore(
  order: readonly Choice[],
  safety: Safety,
  mixed: ReadonlySet<Email>,
): ReadonlyMap<LiveStep, readonly LiveStep[]> {
  const found = new Map<LiveStep, readonly LiveStep[]>();
  if (!order.some(({ live }) => isOfOthers(live.step.actor))) return found;
  const earlier = new Earlier(
    order.map(({ live }) => live),
    safety,
    mixed,
  );
  for (const { live } of order) {
    if (isOfOthers(live.step.actor)) {
      const mark = safety.model.mark();
      const steps = earlier.of(live);
      for (const made of earlier.makingFor([live, ...steps])) safety.model.apply(made.effects);
      const needed = neededBy(live, steps, safety);
      safety.model.rollback(mark);
      if (needed.length > 0) found.set(live, needed);
    }
    earlier.add(live);
  }
  return found;
}

const MAKING = new Set<Effect["type"]>(["create_group", "rename_group", "create_project", "rename_project"]);

/** Steps that are passed already, by what they are about. */
class Earlier {
  readonly #by = new Map<string, LiveStep[]>();
  readonly #peopleOf: (live: LiveStep) => Iterable<Email>;
  readonly #safety: Safety;
  readonly #mixed: ReadonlySet<Email>;
  readonly #rank: ReadonlyMap<LiveStep, number>;

  constructor(steps: readonly LiveStep[], safety: Safety, mixed: ReadonlySet<Email>) {
    this.#safety = safety;
    this.#mixed = mixed;
    this.#peopleOf = concerned(steps, safety.model.organization, safety.model.provider);
    this.#rank = new Map(steps.map((live, index) => [live, index]));
  }

  add(live: LiveStep): void {
    for (const key of new Set([...this.#shared(live), ...madeBy(live)])) {
      const known = this.#by.get(key);
      if (known === undefined) this.#by.set(key, [live]);
      else known.push(live);
    }
  }

  /** Those that can get in a step's way, in the plan's order. */
  of(live: LiveStep): LiveStep[] {
    return this.#found(this.#shared(live));
  }

  /** What makes the groups and projects that steps are about: without it they are not possible, and harm nobody. */
  makingFor(steps: readonly LiveStep[]): LiveStep[] {
    const others = new Set(steps);
    const keys = steps.flatMap(({ effects }) => effects.flatMap((effect) => [...keysOf(effect)]));
    return this.#found(keys.map((key) => `made ${key}`)).filter((live) => !others.has(live));
  }

  #found(keys: Iterable<string>): LiveStep[] {
    const found = new Set<LiveStep>();
    for (const key of keys) for (const other of this.#by.get(key) ?? []) found.add(other);
    return [...found].sort((a, b) => (this.#rank.get(a) ?? 0) - (this.#rank.get(b) ?? 0));
  }

  /** What two steps share that can get in each other's way. */
  *#shared(live: LiveStep): Iterable<string> {
    for (const email of this.#peopleOf(live)) if (this.#mixed.has(email)) yield `person ${email}`;
    // Enforced single sign-on shuts out whom the provider does not have.
    if (live.effects.some(({ type }) => type === "setting" || type === "idp_gain" || type === "idp_lose"))
      yield "settings";
    if (this.#safety.isAboutAdministration(live)) yield "administration";
  }
}

function madeBy({ effects }: LiveStep): string[] {
  return effects
    .filter(({ type }) => MAKING.has(type))
    .flatMap((effect) => [...keysOf(effect)].map((key) => `made ${key}`));
}

/** Of the earlier steps those without which this one would harm somebody. */
function neededBy(live: LiveStep, earlier: readonly LiveStep[], safety: Safety): readonly LiveStep[] {
  const needed = new Set<LiveStep>();
  if (earlier.length > MOST) {
    const last = earlier.at(-1);
    return last === undefined || isSafe(live, new Set(), earlier, safety) !== false ? [] : [last];
  }
  for (const done of setsOf(earlier)) {
    for (const step of needed) done.add(step);
    if (isSafe(live, done, earlier, safety) !== false) continue;
    for (const step of missingIn(done, live, earlier, safety)) needed.add(step);
  }
  return earlier.filter((step) => needed.has(step));
}

/** The fewest steps, the first ones of the order, with which it would harm nobody after these. */
function missingIn(
  done: ReadonlySet<LiveStep>,
  live: LiveStep,
  earlier: readonly LiveStep[],
  safety: Safety,
): readonly LiveStep[] {
  const left = earlier.filter((step) => !done.has(step));
  const isEnough = (more: readonly LiveStep[]): boolean =>
    isSafe(live, new Set([...done, ...more]), earlier, safety) === true;
  const alone = left.find((step) => isEnough([step]));
  if (alone !== undefined) return [alone];
  const last = left.findIndex((_, index) => isEnough(left.slice(0, index + 1)));
  let enough = left.slice(0, last + 1);
  for (const step of [...enough]) {
    const fewer = enough.filter((other) => other !== step);
    if (isEnough(fewer)) enough = fewer;
  }
  return enough;
}

/** Sets of steps that may have been done: small ones first. */
function* setsOf(steps: readonly LiveStep[]): Iterable<Set<LiveStep>> {
  if (steps.length <= TRIED_TOGETHER) {
    for (let bits = 0; bits < 2 ** steps.length; bits++)
      yield new Set(steps.filter((_, index) => (bits & (1 << index)) !== 0));
    return;
  }
  yield new Set();
  for (const [index, step] of steps.entries()) {
    yield new Set([step]);
    yield new Set(steps.slice(0, index));
    yield new Set(steps.filter((other) => other !== step));
  }
}

/**
 * Whether a step harms nobody after these; undefined: they cannot all have been done without the others, each of them harmless to the people
 * whom the step is about.
 */
function isSafe(
  live: LiveStep,
  done: ReadonlySet<LiveStep>,
  earlier: readonly LiveStep[],
  safety: Safety,
): boolean | undefined {
  const { model } = safety;
  const mark = model.mark();
  const people = safety.touched(live);
  try {
    for (const step of earlier) {
      if (!done.has(step)) continue;
      if (safety.harm(step, people, () => []) !== undefined) return undefined;
      model.apply(step.effects);
    }
    const harm = safety.harm(live, safety.touched(live), () => []);
    // What is not possible yet needs no warning.
    return harm === undefined || harm.rule === "refused";
  } finally {
    model.rollback(mark);
  }
}
