import { Model, type Organization, type Unread } from "../../access";
import { arrange, everyEffort, safetyOf, type Effort, type Arrangement } from "./arrange";
import type { Way } from "./way";
import { enforces } from "./sign-on";
import { contradictions } from "../desired/contradiction";
import type { Gap } from "./gap";
import { mixedPeople } from "./interference";
import { notBefore } from "./not-before";
import { placed } from "./place";
import { impossibleSteps, type Refusal } from "../refusal";
import type { Administration } from "./bounds";
import type { Harm } from "./safety";
import { touchedPeople, type LiveStep } from "../step";

/** What a plan's order is found from. */
export interface CourseInput {
  /** All steps, by preference. */
  readonly preferred: readonly LiveStep[];
  /** Those that nothing refuses so far. */
  readonly runs: readonly LiveStep[];
  readonly before: Organization;
  readonly unread: Unread;
  readonly administration: Administration;
  readonly leavers: ReadonlySet<string>;
  /** Those that nothing refused before any order, where `runs` are fewer. */
  readonly asked?: ReadonlySet<LiveStep>;
  /** The way of a larger part of the plan, some of which is held back: nobody loses meanwhile what all of it lets them keep. */
  readonly wanted?: Course;
}

/** The way from what is to what is wanted. */
export interface Course {
  /** All steps with their places; what is refused runs nowhere. */
  readonly steps: readonly LiveStep[];
  readonly runs: readonly LiveStep[];
  readonly refusals: readonly Refusal[];
  readonly way: Way;
  readonly gaps: readonly Gap[];
}

/**
 * Orders a plan's steps so that every prefix is safe. What Amplitude would refuse, and what has no safe order, is taken out, and
 * the rest is judged again without it: nobody may gain on the way what only a refused step would have given them.
 */
export function courseOf(input: CourseInput, effort: Effort = everyEffort): Course {
  const { preferred, before, unread, administration, leavers, wanted } = input;
  const refusals: Refusal[] = [];
  let { runs } = input;
  const asked = input.asked ?? new Set(input.runs);
  const known = new Map<boolean, Model>();
  const all = (isSignOnEnforced: boolean): Model => {
    const whole =
      known.get(isSignOnEnforced) ??
      wholeOf({ ...input, asked }, effort, (live) => isSignOnEnforced || !enforces(live));
    known.set(isSignOnEnforced, whole);
    return whole;
  };
  // Whose way in is held back is looked at all the same: a setting can shut them out.
  const mixed =
    wanted?.way.mixed ??
    new Set([...mixedPeople(preferred, before, unread.provider), ...administration.candidates]);
  for (;;) {
    const touched = touchedPeople(runs, before, unread.provider);
    const after = new Model(before, unread);
    const impossible = impossibleSteps(after, runs);
    const refused = new Set(impossible.flatMap(({ steps }) => steps ?? []));
    const possible = runs.filter(({ step }) => !refused.has(step.id));
    after.sync(touched);
    const contradicted = contradictions(possible, after, unread);
    if (contradicted.length > 0) {
      refusals.push(...contradicted);
      const out = new Set(contradicted.flatMap(({ steps }) => steps ?? []));
      runs = runs.filter(({ step }) => !out.has(step.id));
      continue;
    }
    const whole = runs.length < preferred.length ? all(runs.some(enforces)) : after;
    // What a guard let pass of the gaps is part of the way; no other one may open.
    const way = { before, after, whole, unread, administration, mixed, gaps: wanted?.gaps ?? [] };
    const { order, stuck, gaps } = arrange(possible, way, {
      ...effort,
      mayOpenGaps: effort.mayOpenGaps && wanted === undefined,
    });
    if (stuck.length === 0) {
      const first = effort.rules.others ? notBefore(order, safetyOf(way, effort.rules), mixed) : new Map();
      const steps = placed({ preferred, chosen: order, first, live: before, leavers });
      const inOrder = order.map(({ live }) => live);
      return {
        steps,
        runs: inOrder,
        refusals: [...refusals, ...impossible],
        way: { ...way, gaps: [...way.gaps, ...gaps] },
        gaps,
      };
    }
    refusals.push(...withoutOrder(stuck));
    const out = new Set(stuck.map(({ live }) => live));
    runs = runs.filter((live) => !out.has(live));
  }
}

/**
 * What the stack says, whatever refuses it: every step done, and nobody gone of whom it says that they stay. An identity provider that
 * would switch them off for a step of its own, or a line that ends beside another one that names them, is why such a step is refused.
 * Single sign-on that is not enforced in this plan shuts nobody out, and nobody waits for it.
 *
 * @param isPart steps without which the whole is judged are not
 */
function wholeOf(
  { preferred, asked, before, unread }: CourseInput & { readonly asked: ReadonlySet<LiveStep> },
  { rules: { refused: stays } }: Effort,
  isPart: (live: LiveStep) => boolean,
): Model {
  const { provider } = unread;
  const whole = new Model(
    before,
    stays ? { ...unread, provider: { ...provider, deprovisions: false } } : unread,
  );
  const removes = ({ effects }: LiveStep): boolean => effects.some(({ type }) => type === "remove_person");
  impossibleSteps(
    whole,
    preferred.filter((live) => isPart(live) && (!stays || asked.has(live) || !removes(live))),
  );
  whole.sync(touchedPeople(preferred, before, unread.provider));
  return whole;
}

/** What must come about on the way cannot be avoided: who is harmed, by which step, and against which invariant. */
function withoutOrder(stuck: Arrangement["stuck"]): Refusal[] {
  return stuck.map(({ live: { step }, harm }) => ({
    rule: "no safe order" as const,
    summary: `${step.text}: ${harm?.text ?? "nothing before it can be done safely"}${harm === undefined || harm.rule === "refused" ? "" : ` (${harm.rule})`}`,
    advice: wayOut[harm?.rule ?? "P3"],
    steps: [step.id],
  }));
}

const wayOut: Readonly<Record<Harm["rule"], string>> = {
  P1: "Give administration to somebody else first, have them accept, and plan this change after that.",
  P2: "Make two plans of it: first what is to be taken, then what is to be given.",
  P3: "Make two plans of it: first what is to be given, then what is to be taken.",
  P4: "Change the identity provider first: its group, or the mapping of it.",
  "dead end": "Make two plans of it.",
  refused: "Correct the stack, or the organization.",
};
