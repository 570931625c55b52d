import type { Email, Organization } from "../../access";
import type { WriteApi } from "../../api";
import type { Created, KeySink } from "../../resources";
import { agendaOf, wayOf } from "../order/arrange";
import { withoutSink } from "../keys/key-sinks";
import { DeadEnds } from "../order/dead-end";
import type { Agenda } from "../order/next";
import { mergeable, perform, type Finished } from "./perform";
import type { LivePlan } from "../live-plan";
import type { Outcome } from "./outcome";
import { howOf, reasonFor, seenDone } from "../order/standstill";
import type { LiveStep, Step } from "../step";
import { uninvited } from "./uninvited";

export interface StepResult {
  readonly step: Step;
  readonly outcome: Outcome;
  /** What the other side said, or why nothing was sent. */
  readonly said?: string;
  /** What it failed for: somebody else has changed what it was to change. */
  readonly unexpected?: Finished["unexpected"];
}

/** What a run needs beside the plan. */
export interface RunOptions {
  readonly api: WriteApi;
  /** Ids of steps that may run; undefined: all that the plan does not refuse. */
  readonly approved?: ReadonlySet<string>;
  /** Why a step is not approved, by its id. */
  readonly lapsed?: ReadonlyMap<string, string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Asked before every request: a run that is to stop finishes the request in flight and sends no other. */
  readonly stopped: () => boolean;
  /** Where values of new keys go; undefined: no key is made. */
  readonly sink?: KeySink;
  /** Called before a key is made, whose value is seen once: that it was begun is written down before it returns. */
  readonly onBegin: (steps: readonly Step[], created: Created) => Promise<void>;
  /**
   * Looks again while steps of others are open: the organization as it is then, or undefined when there is no more waiting. Without
   * it nobody is waited for.
   */
  readonly lookAgain?: (open: readonly Step[]) => Promise<Organization | undefined>;
  /**
   * Called when others have done their part, which took its time: why what is left may not run any more, by the step's id. What was
   * approved was approved on facts that may have moved.
   */
  readonly lapsedMeanwhile?: (left: readonly Step[]) => Promise<ReadonlyMap<string, string>>;
  /** Called when a request for several steps was refused: each of them is tried alone. */
  readonly onApart?: (steps: readonly Step[]) => void;
  /** Called when steps have finished, in order; what must not be lost is written before it returns. */
  readonly onDone: (results: readonly StepResult[], created: Created) => Promise<void>;
}

/**
 * Executes a plan: always the first step of its order that is safe after what has really happened. One failing step does not stop the
 * others: it holds up what would harm somebody without it, and the record of its own declaration. Nothing is sent for what is waiting,
 * by hand or refused. Results come back in the plan's order.
 */
export async function runSteps(plan: LivePlan, options: RunOptions): Promise<StepResult[]> {
  const run = new Run(plan, options, await withoutSink(plan.steps, options));
  await run.toTheEnd();
  return run.results();
}

/** What a run leaves to a later one, which is to find a way from there. */
const ASTRAY = new Set<Outcome | undefined>(["failed", "waiting", "by hand", "later", "skipped"]);

class Run {
  readonly #plan: LivePlan;
  readonly #options: RunOptions;
  readonly #created: Created = new Map();
  readonly #results = new Map<LiveStep, StepResult>();
  readonly #agenda: Agenda;
  readonly #records: readonly LiveStep[];
  /** Steps that a request for several was refused with: each is tried alone. */
  readonly #alone = new Set<LiveStep>();
  /** What is not done, and why: others' part, failures, what is held up. */
  readonly #open: Finished[] = [];
  readonly #deadEnds: DeadEnds;
  /** Something was not done in its turn: from then on the plan's order does not say any more where the way leads. */
  #astray = false;

  /** @param unkept why keys cannot be made, by the step's id */
  constructor(plan: LivePlan, options: RunOptions, unkept: Iterable<readonly [string, string]>) {
    this.#plan = plan;
    this.#options = options;
    const excluded = this.#excluded(unkept);
    this.#open.push(...excluded);
    this.#astray = excluded.some(({ outcome }) => outcome === "not approved");
    const out = new Set(excluded.map(({ live }) => live));
    const runnable = plan.steps.filter((live) => !out.has(live));
    this.#records = runnable.filter(({ step }) => step.actor === "record");
    const steps = runnable.filter(({ step }) => step.actor !== "record");
    const way = excluded.length === 0 ? plan.way : wayOf(steps, plan.way);
    this.#agenda = agendaOf(steps, way);
    this.#deadEnds = new DeadEnds(steps, way);
  }

  async toTheEnd(): Promise<void> {
    await this.#finish(this.#open);
    do {
      await this.#goOn();
      await this.#recordWhatIsDone();
    } while (await this.#othersDidTheirPart());
    const touches = (live: LiveStep, email: Email): boolean =>
      live.step.people.includes(email) || this.#agenda.safety.touched(live).has(email);
    const left = this.#agenda.remaining().map((live) => {
      const harm = this.#agenda.harm(live);
      return { live, ...reasonFor(live, harm, this.#open, touches, this.#howOf(live.step)) };
    });
    await this.#finish(left);
    await this.#finish(
      this.#records.flatMap((live) => (this.#results.has(live) ? [] : [this.#postponed(live)])),
    );
  }

  results(): StepResult[] {
    return this.#plan.steps.flatMap((live) => this.#results.get(live) ?? []);
  }

  /** What is not to run, whatever happens: refused, or not approved. */
  #excluded(unkept: Iterable<readonly [string, string]>): Finished[] {
    const { approved, lapsed } = this.#options;
    const refusals = new Map([
      ...this.#plan.plan.refusals.flatMap(({ steps, summary }) =>
        (steps ?? []).map((id) => [id, summary] as const),
      ),
      ...unkept,
    ]);
    const whole = this.#plan.plan.refusals.find(({ steps }) => steps === undefined);
    return this.#plan.steps.flatMap((live): Finished[] => {
      const refusal = whole?.summary ?? refusals.get(live.step.id);
      if (refusal !== undefined) return [{ live, outcome: "refused", said: refusal }];
      if (approved === undefined || approved.has(live.step.id)) return [];
      const said = lapsed?.get(live.step.id) ?? "nobody approved this step";
      return [{ live, outcome: "not approved", said }];
    });
  }

  /** Does what is safe, until nothing is. */
  async #goOn(): Promise<void> {
    for (let choice = this.#agenda.next(); choice !== undefined; choice = this.#agenda.next()) {
      const { live } = choice;
      const reason = this.#notOurs(live) ?? this.#leadsNowhere(live);
      if (reason === undefined) {
        await this.#send(live);
        continue;
      }
      this.#agenda.gone(live);
      this.#open.push({ live, ...reason });
      await this.#finish([{ live, ...reason }]);
    }
  }

  /** Why we do not carry a step out now that its turn has come; undefined when we do. */
  #notOurs(live: LiveStep, step = live.step): { outcome: Outcome; said?: string | undefined } | undefined {
    if (this.#options.stopped()) return { outcome: "stopped", said: "the run was stopped" };
    if (step.actor === "idp" || step.actor === "invitee")
      return { outcome: "waiting", said: this.#howOf(step) };
    if (step.actor === "hand") return { outcome: "by hand", said: this.#howOf(step) };
    if (step.notBefore !== undefined && Date.parse(step.notBefore) > this.#options.now)
      return { outcome: "later", said: `not before ${step.notBefore}` };
    if (step.notBefore === undefined && step.unless !== undefined)
      return { outcome: "later", said: `it waits for this: ${this.#textOf(step.unless)}` };
    return uninvited(live, this.#open, this.#agenda.safety.model.organization);
  }

  #howOf = (step: Step): string | undefined =>
    howOf(step, this.#plan.steps, (live) => this.#results.get(live)?.outcome === "done");

  /** Why a step that is safe is left to the next plan all the same; undefined when it is done. */
  #leadsNowhere(live: LiveStep): { outcome: Outcome; said: string } | undefined {
    if (!this.#astray) return undefined;
    const isLeft = (step: LiveStep): boolean =>
      this.#agenda.isLeft(step) || ASTRAY.has(this.#results.get(step)?.outcome);
    if (!this.#deadEnds.isAhead(live, this.#agenda.safety.model, isLeft)) return undefined;
    const said =
      "after it, what is not done of the same people could not be finished without taking something from them for a while";
    return { outcome: "skipped", said };
  }

  #textOf(id: string): string {
    return this.#plan.steps.find(({ step }) => step.id === id)?.step.text ?? id;
  }

  /** Sends a step with those after it that one request can carry: each is safe once the ones before it are done. */
  async #send(first: LiveStep): Promise<void> {
    const { model } = this.#agenda.safety;
    const mark = model.mark();
    const batch = [first];
    this.#agenda.done(first);
    for (let choice = this.#agenda.next(); choice !== undefined; choice = this.#agenda.next()) {
      const { live } = choice;
      const joins = mergeable(first, live) && !this.#alone.has(first) && !this.#alone.has(live);
      if (!joins || (this.#notOurs(live) ?? this.#leadsNowhere(live)) !== undefined) break;
      this.#agenda.done(live);
      batch.push(live);
    }
    const once = batch.filter(({ operation }) => operation.seenOnce !== undefined);
    if (once.length > 0)
      await this.#options.onBegin(
        once.map(({ step }) => step),
        this.#created,
      );
    const finished = await perform(batch, this.#options, this.#created);
    if (finished === "apart") {
      this.#options.onApart?.(batch.map(({ step }) => step));
      for (const live of batch) this.#alone.add(live);
      this.#agenda.takeBack(mark, { happened: [], again: batch, uncertain: [] });
      return;
    }
    const failed = finished.filter(({ outcome }) => outcome !== "done");
    if (failed.length > 0) {
      this.#open.push(...failed);
      this.#agenda.takeBack(mark, {
        happened: finished.filter(({ outcome }) => outcome === "done").map(({ live }) => live),
        again: [],
        met: failed.flatMap(({ unexpected }) => unexpected?.effects ?? []),
        uncertain: failed
          .filter(({ happened, outcome }) => happened === "maybe" || outcome === "by hand")
          .map(({ live }) => live),
      });
    }
    await this.#finish(finished);
  }

  /** A record says that its declaration is in effect: it waits until every step of it, and what else it awaits, is done. */
  async #recordWhatIsDone(): Promise<void> {
    if (this.#options.stopped()) return;
    const unfinished = this.#unfinished();
    const due = this.#records.filter(
      (live) =>
        !this.#results.has(live) &&
        ![...live.step.addresses, ...(live.awaits ?? [])].some((one) => unfinished.has(one)),
    );
    await this.#finish(due.map((live) => ({ live, outcome: "done" })));
  }

  /** Ids of what is open or left, and the addresses that it is of. */
  #unfinished(): ReadonlySet<string> {
    const left = [...this.#open.map(({ live }) => live), ...this.#agenda.remaining()];
    return new Set(left.flatMap(({ step: { id, addresses } }) => [id, ...addresses]));
  }

  #postponed(live: LiveStep): Finished {
    return this.#options.stopped()
      ? { live, outcome: "stopped", said: "the run was stopped" }
      : { live, outcome: "later", said: "other steps of it are still to be done" };
  }

  /** Waits for the identity provider, where something waits; whether anything came of it. */
  async #othersDidTheirPart(): Promise<boolean> {
    const { lookAgain } = this.#options;
    if (lookAgain === undefined) return false;
    for (;;) {
      const waiting = this.#open.filter(({ outcome }) => outcome === "waiting");
      if (waiting.length === 0 || this.#options.stopped()) return false;
      const live = await lookAgain(waiting.map(({ live: { step } }) => step));
      if (live === undefined) return false;
      const seen = waiting.filter((each) => seenDone(each.live, live, this.#created));
      if (seen.length === 0) continue;
      for (const each of seen) {
        this.#open.splice(this.#open.indexOf(each), 1);
        this.#agenda.done(each.live);
      }
      await this.#finish(seen.map((each) => ({ live: each.live, outcome: "done" })));
      await this.#withdrawLapsed();
      return true;
    }
  }

  async #withdrawLapsed(): Promise<void> {
    const left = this.#agenda.remaining();
    const reasons = await this.#options.lapsedMeanwhile?.(left.map(({ step }) => step));
    const lapsed = left.flatMap((live): Finished[] => {
      const said = reasons?.get(live.step.id);
      return said === undefined ? [] : [{ live, outcome: "not approved", said }];
    });
    for (const { live } of lapsed) this.#agenda.gone(live);
    this.#open.push(...lapsed);
    await this.#finish(lapsed);
  }

  async #finish(finished: readonly Finished[]): Promise<void> {
    if (finished.length === 0) return;
    const results = finished.map(({ live: { step }, outcome, said, unexpected }): StepResult => ({
      step,
      outcome,
      ...(said === undefined ? {} : { said }),
      ...(unexpected === undefined ? {} : { unexpected }),
    }));
    for (const [index, { live }] of finished.entries()) {
      const result = results[index];
      if (result !== undefined) this.#results.set(live, result);
      this.#astray ||= live.step.actor !== "record" && ASTRAY.has(result?.outcome);
    }
    await this.#options.onDone(results, this.#created);
  }
}
