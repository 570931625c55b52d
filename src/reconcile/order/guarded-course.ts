import { wayOf, type Way } from "./arrange";
import { courseOf, type Course, type CourseInput } from "./course";
import {
  guardRefusals,
  judged,
  opened,
  type Guard,
  type GuardFacts,
  type GuardRule,
  type Opening,
} from "../guards";
import type { Refusal } from "../refusal";
import type { LiveStep } from "../step";

/** What of a plan runs, in which order, and what guards hold back of it. */
export interface GuardedCourse extends Pick<Course, "steps" | "runs" | "gaps" | "way"> {
  readonly guards: readonly Guard[];
  readonly refusals: readonly Refusal[];
  /** What would run if what an approval can open was opened, and the way that leads: that is what people look at and approve. */
  readonly shown: readonly LiveStep[];
  readonly seen: Way;
}

/** Orders the steps, has the guards judge them in that order, and orders again what they let pass. */
export function guardedCourse(
  input: CourseInput,
  facts: Omit<GuardFacts, "steps" | "gaps" | "before" | "leavers">,
  {
    rules,
    openings,
    now,
  }: {
    readonly rules: readonly GuardRule[] | undefined;
    readonly openings: readonly Opening[];
    readonly now: number;
  },
): GuardedCourse {
  const { before, leavers } = input;
  const wanted = courseOf(input);
  // Also what has no safe order: a guard says why in its own words.
  const asked = new Set(input.runs.map(({ step }) => step.id));
  const steps = wanted.steps.filter(({ step }) => asked.has(step.id));
  const found = judged({ ...facts, before, leavers, steps, gaps: wanted.gaps }, rules);
  const guards = opened(found, openings, now);
  const guarded = guardRefusals(guards);
  const course =
    guarded.length === 0 ? wanted : courseOf({ ...input, runs: without(wanted.runs, guarded), wanted });
  const shown = without(wanted.runs, guardRefusals(guards.filter(({ opens }) => opens === "never")));
  return {
    steps: course.steps,
    runs: course.runs,
    gaps: wanted.gaps,
    way: course.way,
    guards,
    refusals: [...guarded, ...wanted.refusals, ...(course === wanted ? [] : course.refusals)],
    shown,
    seen: shown.length === course.runs.length ? course.way : wayOf(shown, course.way),
  };
}

/** The steps that no refusal holds back. */
export function without(steps: readonly LiveStep[], refusals: readonly Refusal[]): LiveStep[] {
  const held = new Set(refusals.flatMap(({ steps: ids }) => ids ?? []));
  return steps.filter(({ step }) => !held.has(step.id));
}
