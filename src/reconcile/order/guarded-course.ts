import { courseOf, type Course, type CourseInput } from "./course";
import {
  guardRefusals,
  isClosed,
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
  /** The same if what an approval can open was opened: that is what people look at and approve. */
  readonly seen: Pick<Course, "steps" | "runs" | "way">;
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
  const held = guardRefusals(guards);
  const never = guardRefusals(guards.filter(({ opens }) => opens === "never"));
  const seen = never.length === 0 ? wanted : part(input, wanted, never);
  const course = held.length === never.length ? seen : part(input, seen, held);
  return {
    steps: course.steps,
    runs: course.runs,
    gaps: wanted.gaps,
    way: course.way,
    guards,
    refusals: [
      ...held,
      ...wanted.refusals,
      ...(seen === wanted
        ? []
        : waiting(
            seen.refusals,
            guards.filter(({ opens }) => opens === "never"),
          )),
      ...(course === seen ? [] : waiting(course.refusals, guards)),
    ],
    seen,
  };
}

/** The course of what refusals leave of another one. */
function part(input: CourseInput, wanted: Course, refusals: readonly Refusal[]): Course {
  return courseOf({ ...input, asked: new Set(input.runs), runs: without(wanted.runs, refusals), wanted });
}

/** What is refused without the steps that guards hold back, and is not with them: it says what lets them run. */
function waiting(refusals: readonly Refusal[], guards: readonly Guard[]): Refusal[] {
  const closed = guards.filter((guard) => isClosed(guard) && guard.steps.length > 0);
  const named = (opens: Guard["opens"]): string[] => [
    ...new Set(closed.filter((guard) => guard.opens === opens).map(({ guard }) => guard)),
  ];
  const names = [...named("approval"), ...named("trust"), ...named("never")];
  const quoted = names.map((name) => `"${name}"`).join(", ");
  const approvals = named("approval").map((name) => `\`amplitude-access approve ${name}\``);
  const allow = approvals.length === 0 ? "See there what to do." : `To allow it: ${approvals.join(", ")}.`;
  const advice = `It needs steps that ${quoted} ${names.length === 1 ? "blocks" : "block"}. ${allow}`;
  return refusals.map((refusal) =>
    refusal.rule === "no safe order" || refusal.rule === "not possible" ? { ...refusal, advice } : refusal,
  );
}

/** The steps that no refusal holds back. */
export function without(steps: readonly LiveStep[], refusals: readonly Refusal[]): LiveStep[] {
  const held = new Set(refusals.flatMap(({ steps: ids }) => ids ?? []));
  return steps.filter(({ step }) => !held.has(step.id));
}
