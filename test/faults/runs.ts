import {
  approvedInReceipt,
  everyStep,
  receiptSteps,
  type ApprovedSteps,
  type Guard,
  type GuardRule,
  type LivePlan,
  type Opening,
  type Plan,
} from "../../src/reconcile";
import type { Harness } from "../support/harness";
import type { Keepers } from "./keepers";
import { Violation, type Watch } from "./watch";
import type { World } from "./world";

/** What came of one process, or of two at once. */
export interface Run {
  readonly died: boolean;
  /** Steps that were done. */
  readonly steps: number;
  /** Steps of ours that were sent and refused. */
  readonly failed: readonly string[];
  /** What its receipt says was approved; undefined where it came to no plan. */
  readonly approved?: ApprovedSteps | undefined;
  readonly after?: LivePlan | undefined;
}

/** Processes, each from its beginning to its end or death. */
export class Runs {
  /** Steps that were done, in all of them. */
  steps = 0;
  readonly #world: World;
  readonly #watch: Watch;
  readonly #keepers: Keepers;
  readonly #guards: readonly GuardRule[] | undefined;

  /** @param guards other ones than all */
  constructor(world: World, watch: Watch, keepers: Keepers, guards?: readonly GuardRule[]) {
    this.#guards = guards;
    this.#world = world;
    this.#watch = watch;
    this.#keepers = keepers;
  }

  /**
   * @param opens somebody approves whatever a guard holds back
   * @param approved what a run that is resumed was approved for
   */
  async once(sites: readonly Harness[], opens: boolean, approved?: ApprovedSteps): Promise<Run> {
    const watch = this.#watch;
    const said = [...(approved ? ["resumed"] : []), ...(opens ? ["every guard opened"] : [])];
    watch.log.push([sites.length > 1 ? "two runs at once" : "a run", ...said].join(", "));
    watch.born();
    const processes = await Promise.all(sites.map((site) => this.#process(site, opens, approved)));
    const { dead } = watch;
    watch.buried();
    watch.report();
    this.#guarded(opens);
    const [first] = processes;
    const run = {
      died: dead,
      steps: processes.reduce((sum, { steps }) => sum + steps, 0),
      failed: processes.flatMap(({ failed }) => failed),
      approved: first?.approved,
      after: first?.after,
    };
    this.steps += run.steps;
    if (run.after !== undefined) this.#keepers.look(run.after.plan);
    return run;
  }

  async #process(site: Harness, opens: boolean, approved?: ApprovedSteps): Promise<Omit<Run, "died">> {
    const watch = this.#watch;
    let planned: Plan | undefined;
    const run: { steps: number; failed: string[]; after?: LivePlan } = { steps: 0, failed: [] };
    try {
      // Somebody has looked at the plan: also at that of a process that dies later.
      const openings = (guards: readonly Guard[]): Opening[] => {
        // The reading at the end plans once more: what was approved before is not taken back by it.
        for (const { guard, people: whom } of guards)
          if (guard === "gaps") for (const email of whom) watch.gaps.add(email);
        return openingsOf(guards);
      };
      const { results, after } = await site.apply({
        confirmations: this.#keepers.confirmations,
        seen: (plan) => (planned = plan),
        ...(this.#guards === undefined ? {} : { guards: this.#guards }),
        ...(opens ? { openings } : {}),
        ...(approved === undefined ? {} : { approved }),
        ...(watch.waits ? { waiting: () => watch.others() } : {}),
      });
      const ours = results.filter(({ step }) => step.actor !== "record");
      run.steps = ours.filter(({ outcome }) => outcome === "done").length;
      run.failed = ours.flatMap(({ outcome, step, said = "" }) =>
        outcome === "failed" ? [`${step.text}: ${said}`] : [],
      );
      run.after = after;
    } catch (error) {
      if (error instanceof Violation) throw error;
      watch.log.push(`it ended: ${String(error).slice(0, 200)}`);
    }
    return { ...run, ...(planned === undefined ? {} : { approved: inReceipt(planned) }) };
  }

  #guarded(opens: boolean): void {
    const { removed, invited } = this.#watch;
    const { maximumRemovals = Infinity, maximumInvitations = Infinity } = this.#world;
    if (opens) return;
    if (removed.size > maximumRemovals) this.#watch.violated(`removed: ${[...removed].join()}`);
    if (invited.size > maximumInvitations) this.#watch.violated(`invited: ${[...invited].join()}`);
  }
}

/** Somebody approves whatever a guard holds back. */
export function openingsOf(guards: readonly Guard[]): Opening[] {
  return guards
    .filter(({ verdict, opens }) => verdict === "holds" && opens === "approval")
    .map(({ guard, subject, people: whom, found, steps }) => ({
      guard,
      subject,
      people: whom,
      count: found,
      steps,
      by: "tom@acme.com",
      reason: "a trial",
    }));
}

/** What a receipt of a run keeps of what was approved. */
function inReceipt(plan: Plan): ApprovedSteps {
  const { organization, stacks, digest } = plan;
  return approvedInReceipt({
    organization,
    stacks: [...stacks],
    plan: digest,
    approvedPlans: [],
    before: "",
    startedAt: "",
    opened: [],
    approved: receiptSteps(everyStep(plan)),
  });
}
