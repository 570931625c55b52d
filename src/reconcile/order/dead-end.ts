import { Model, type Email, type Organization } from "../../access";
import { agendaOf } from "./arrange";
import type { Way } from "./way";
import { concerned } from "./interference";
import { LARGEST, searched } from "./look-ahead";
import { touchedPeople, type LiveStep } from "../step";

/**
 * Looks ahead for a run that has left its plan's order, because a step failed or others are late: whether a step, safe as it is, would leave
 * those that share people with it without a safe order, while they still have one. The next plan would have to take something away for a
 * while.
 */
export class DeadEnds {
  readonly #way: Way;
  readonly #steps: readonly LiveStep[];
  #peopleOf: (live: LiveStep) => Iterable<Email> = () => [];
  #stepsOf: Map<Email, LiveStep[]> | undefined;

  /** @param steps all that the plan is to bring about, in its order */
  constructor(steps: readonly LiveStep[], way: Way) {
    this.#steps = steps;
    this.#way = way;
  }

  /**
   * @param now what has really happened; the same when this returns
   * @param isLeft whether a step is still to be done, in this run or a later one
   */
  isAhead(live: LiveStep, now: Model, isLeft: (live: LiveStep) => boolean): boolean {
    const neighbours = this.#around(live, isLeft);
    if (neighbours === undefined || neighbours.length < 3) return false;
    const mark = now.mark();
    now.apply(live.effects);
    const goesOn = this.#hasOrder(
      neighbours.filter((other) => other !== live),
      now.organization,
    );
    now.rollback(mark);
    return !goesOn && this.#hasOrder(neighbours, now.organization);
  }

  /** As the next plan would see it. */
  #hasOrder(steps: readonly LiveStep[], before: Organization): boolean {
    const { unread } = this.#way;
    const after = new Model(before, unread);
    for (const { effects } of steps) after.apply(effects);
    after.sync(touchedPeople(steps, before, unread.provider));
    const { safety } = agendaOf(steps, { ...this.#way, before, after, whole: after, gaps: [] });
    return searched(steps, steps, safety) !== undefined;
  }

  /** Steps by the people they touch or could touch; undefined: none of them can get in another's way, or they are too many. */
  #around(live: LiveStep, isLeft: (live: LiveStep) => boolean): LiveStep[] | undefined {
    const stepsOf = this.#index();
    const found = new Set([live]);
    let mixed = false;
    for (const step of found) {
      for (const email of this.#peopleOf(step)) {
        mixed ||= this.#way.mixed.has(email);
        for (const other of stepsOf.get(email) ?? []) if (isLeft(other)) found.add(other);
        if (found.size > LARGEST) return undefined;
      }
      if (!mixed) return undefined;
    }
    return this.#steps.filter((step) => found.has(step));
  }

  #index(): ReadonlyMap<Email, LiveStep[]> {
    if (this.#stepsOf !== undefined) return this.#stepsOf;
    this.#peopleOf = concerned(this.#steps, this.#way.before, this.#way.unread.provider);
    const stepsOf = new Map<Email, LiveStep[]>();
    for (const live of this.#steps)
      for (const email of this.#peopleOf(live)) {
        const known = stepsOf.get(email);
        if (known === undefined) stepsOf.set(email, [live]);
        else known.push(live);
      }
    return (this.#stepsOf = stepsOf);
  }
}
