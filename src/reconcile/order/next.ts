import { affectedPeople, type Effect, type Email, type Mark } from "../../access";
import { isOfOthers } from "../../resources";
import { Moves } from "./moves";
import type { Sequence } from "./look-ahead";
import { Queue } from "./queue";
import { ADMINISTRATION, keysOf, keysOfHarm } from "./waiting-place";
import type { Harm, Safety } from "./safety";
import type { LiveStep } from "../step";

/** A step that waits for its turn. */
interface Turn {
  readonly live: LiveStep;
  /** What stood in its way when it would have come, and the step that was done before it no longer did. */
  harm?: Harm;
  after?: LiveStep;
  /** It was free once, and waited for others that go with it in one request. */
  held?: true;
}

/** Late steps that one request can carry: who waits, and who is free and lets the others catch up. */
interface Mates {
  readonly waiting: Set<number>;
  readonly held: number[];
}

/** The step whose turn it is, with what put it later than it was wanted. */
export interface Choice {
  readonly live: LiveStep;
  /** Why not earlier; undefined when it comes as preferred. */
  readonly harm?: Harm;
  /** The step that cleared the way. */
  readonly after?: LiveStep;
  /** Nothing cleared the way: it is done although it takes something for a while. */
  readonly gap?: true;
}

/**
 * `next(state, remaining)`: the first remaining step, in preference order, that is safe now. Planning asks it as if every step succeeds,
 * an apply asks the same with what really happened. An unsafe step waits at the first person whom it would harm, and is looked at
 * again only when that person changes, so that a plan costs about as much as its steps touch.
 */
export class Agenda {
  readonly safety: Safety;
  readonly #turns: readonly Turn[];
  readonly #ranks = new Map<LiveStep, number>();
  readonly #mixed: Set<Email>;
  readonly #sequence: Sequence;
  readonly #ready = new Queue();
  readonly #waiting = new Map<string, number[]>();
  readonly #moves = new Moves();
  /** By what one request can carry. */
  readonly #mates = new Map<string, Mates>();
  readonly #left = new Set<number>();
  #chosen: number | undefined;
  #last: LiveStep | undefined;

  /**
   * @param steps in preference order
   * @param mixed whose steps can get in each other's way
   * @param sequence what has to come before what, lest the steps end in a dead end
   */
  constructor(
    safety: Safety,
    steps: readonly LiveStep[],
    mixed: ReadonlySet<Email>,
    sequence: Sequence = new Map<LiveStep, LiveStep>(),
  ) {
    this.safety = safety;
    this.#sequence = sequence;
    this.#mixed = new Set(mixed);
    this.#turns = steps.map((live) => ({ live }));
    for (const [rank, live] of steps.entries()) {
      this.#ranks.set(live, rank);
      this.#ready.push(rank);
      this.#left.add(rank);
      if (isMove(live)) this.#expect(live);
    }
  }

  /** The step to be done now, until it is `done` or `gone`; undefined: none of the remaining ones is safe. */
  next(): Choice | undefined {
    if (this.#chosen === undefined) this.#choose();
    const turn = this.#chosen === undefined ? undefined : this.#turns[this.#chosen];
    if (turn === undefined) return undefined;
    const { live, harm, after } = turn;
    return { live, ...(harm === undefined ? {} : { harm }), ...(after === undefined ? {} : { after }) };
  }

  /** The step has happened: whoever waited for somebody whom it touches is looked at again. */
  done(live: LiveStep): void {
    const touched = this.safety.touched(live);
    this.safety.model.apply(live.effects);
    this.#remove(live);
    this.#moves.forget(live);
    this.#last = live;
    this.#wake(live, touched);
  }

  /** The step will not be done in this run. It may have happened or may still, where `others` have it in hand. */
  gone(live: LiveStep, others = isMove(live)): void {
    this.#remove(live);
    if (others) this.#expect(live);
    else this.#moves.forget(live);
  }

  /**
   * Steps that were taken for done were not, or not all: the model goes back to the mark, and what did happen happens again.
   */
  takeBack(
    mark: Mark,
    {
      happened,
      again,
      uncertain,
      met = [],
    }: {
      /** What others are found to have done meanwhile. */
      readonly met?: readonly Effect[];
      readonly happened: readonly LiveStep[];
      /** To be tried again in this run. */
      readonly again: readonly LiveStep[];
      /** Failed, and may have happened all the same. */
      readonly uncertain: readonly LiveStep[];
    },
  ): void {
    this.safety.model.rollback(mark);
    for (const { effects } of happened) this.safety.model.apply(effects);
    for (const effect of met) this.#meet(effect);
    for (const live of uncertain) this.#expect(live);
    for (const live of again) {
      const rank = this.#ranks.get(live);
      if (rank === undefined) continue;
      this.#left.add(rank);
      this.#ready.push(rank);
      if (isMove(live)) this.#expect(live);
    }
    if (this.#chosen !== undefined) this.#ready.push(this.#chosen);
    this.#chosen = undefined;
    // What was looked at since the mark was looked at wrongly.
    for (const key of [...this.#waiting.keys()]) this.#wakeAt(key);
  }

  /** From then on the plan does not say any more that its steps cannot harm those whom somebody else's act is about. */
  #meet(effect: Effect): void {
    const { model } = this.safety;
    for (const email of affectedPeople(model.organization, effect)) this.#mixed.add(email);
    model.apply([effect]);
  }

  /** Steps that are left, in preference order. */
  remaining(): LiveStep[] {
    return [...this.#left].sort((a, b) => a - b).flatMap((rank) => this.#turns[rank]?.live ?? []);
  }

  /** Whether a step is still to come in this run. */
  isLeft(live: LiveStep): boolean {
    return this.#left.has(this.#ranks.get(live) ?? -1);
  }

  /** What stands in a step's way now; undefined: nothing does. */
  harm(live: LiveStep): Harm | undefined {
    const earlier = this.#sequence.get(live);
    if (earlier !== undefined && this.#left.has(this.#ranks.get(earlier) ?? -1))
      return {
        rule: "dead end",
        earlier,
        text: `the way would end before all is done, were it before "${earlier.step.text}"`,
      };
    const people = this.safety.touched(live);
    const coming = this.#moves.coming(live);
    for (const email of [...people, ...coming]) {
      if (this.#mixed.has(email))
        return this.safety.harm(live, people, (each) => this.#moves.of(each), coming);
    }
    if (live.effects.some(({ type }) => type === "setting"))
      return this.safety.harm(live, this.#mixed, (each) => this.#moves.of(each));
    const refusal = this.safety.refusal(live);
    return refusal && { rule: "refused", text: refusal.reason.replace(/\.$/, ""), refusal };
  }

  #choose(): void {
    for (;;) {
      const rank = this.#ready.pop();
      if (rank === undefined) {
        if (!this.#releaseHeld()) return;
        continue;
      }
      const turn = this.#left.has(rank) ? this.#turns[rank] : undefined;
      if (turn === undefined) continue;
      const harm = this.harm(turn.live);
      if (harm === undefined) {
        if (turn.harm !== undefined && this.#last !== undefined) turn.after ??= this.#last;
        if (this.#waitsForMates(turn, rank)) continue;
        this.#chosen = rank;
        return;
      }
      turn.harm ??= harm;
      this.#matesOf(turn.live)?.waiting.add(rank);
      for (const key of keysOfHarm(harm, turn.live)) {
        const known = this.#waiting.get(key);
        if (known === undefined) this.#waiting.set(key, [rank]);
        else known.push(rank);
      }
    }
  }

  /** Late steps of one group cost one request where they wait for each other, and one each where they do not. */
  #waitsForMates(turn: Turn, rank: number): boolean {
    const mates = turn.harm === undefined || turn.held === true ? undefined : this.#matesOf(turn.live);
    if (mates === undefined) return false;
    if (mates.waiting.size === 0) {
      for (const held of mates.held.splice(0)) this.#ready.push(held);
      return false;
    }
    turn.held = true;
    mates.held.push(rank);
    return true;
  }

  /** Nothing else can be done: whoever waited for mates goes without them. */
  #releaseHeld(): boolean {
    let any = false;
    for (const { held } of this.#mates.values())
      for (const rank of held.splice(0)) {
        this.#ready.push(rank);
        any = true;
      }
    return any;
  }

  #matesOf({ operation, step }: LiveStep): Mates | undefined {
    const batch = operation.batch?.(step.values);
    if (batch === undefined) return undefined;
    const key = `${operation.name} ${batch}`;
    let mates = this.#mates.get(key);
    if (mates === undefined) this.#mates.set(key, (mates = { waiting: new Set(), held: [] }));
    return mates;
  }

  #remove(live: LiveStep): void {
    const rank = this.#ranks.get(live);
    if (rank === undefined) return;
    this.#left.delete(rank);
    if (this.#chosen === rank) this.#chosen = undefined;
    else if (this.#chosen !== undefined) {
      this.#ready.push(this.#chosen);
      this.#chosen = undefined;
    }
  }

  #wake(live: LiveStep, touched: ReadonlySet<Email>): void {
    if (this.#waiting.size === 0) return;
    // A setting is about everybody: enforced single sign-on shuts out whom the provider does not have.
    const isForAll = live.effects.some(({ type }) => type === "setting");
    for (const key of isForAll ? [...this.#waiting.keys()] : touched) this.#wakeAt(key);
    this.#wakeAt(`after ${live.step.id}`);
    for (const effect of live.effects) for (const key of keysOf(effect)) this.#wakeAt(key);
    this.#wakeAt(ADMINISTRATION);
  }

  #wakeAt(key: string): void {
    const ranks = this.#waiting.get(key);
    if (ranks === undefined) return;
    this.#waiting.delete(key);
    for (const rank of ranks) {
      const turn = this.#turns[rank];
      if (turn !== undefined) this.#matesOf(turn.live)?.waiting.delete(rank);
      this.#ready.push(rank);
    }
  }

  #expect(live: LiveStep): void {
    this.#moves.expect(live, this.safety.model.organization);
  }
}

/** A step that others carry out, whenever they like. */
function isMove({ step: { actor } }: LiveStep): boolean {
  return isOfOthers(actor);
}
