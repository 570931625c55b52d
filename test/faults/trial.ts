import { createEmulator, type Seed, type State } from "../../src/emulator";
import { settled, type Guard, type LivePlan, type Opening } from "../../src/reconcile";
import { harness, type Harness } from "../support/harness";
import { accessIn, edges, synced, type Bounds } from "./oracle";
import type { Trouble } from "./trouble";
import { Violation, Watch } from "./watch";
import { going, people, seedOf, stackOf, type World } from "./world";

/** What a trial came to, for whoever counts. */
export interface Trial {
  /** Steps that were done. */
  readonly steps: number;
  /** Faults that were ordered, timeouts and deaths. */
  readonly faults: number;
  /** What the plan refuses although every guard that opens is open. */
  readonly refused: readonly string[];
}

/** From one side of a world to the other, through everything that goes wrong. Throws a Violation. */
export async function tried(world: World, trouble: Trouble): Promise<Trial> {
  const site = await settledAt(world);
  const target = await stateOf(seedOf(world, world.after));
  const bounds: Bounds = {
    before: accessIn(await stateOf(seedOf(world, world.before))),
    after: accessIn(target),
    minimum: world.minimum,
    kept: ["tom@acme.com"],
  };
  const watch = new Watch(site, world, trouble, bounds);
  const ordered = trouble.faults.filter(({ fault }) => fault.type !== "timeout");
  for (const order of ordered) await site.fault(order);
  let steps = 0;
  for (let again = true; again;) {
    const run = await runOnce(site, world, watch, trouble.opens);
    steps += run.steps;
    again = run.died;
  }
  await watch.calm();
  const { refused, steps: rest } = await converged(site, world, watch, target);
  invitedOnce(site, world, watch);
  return { steps: steps + rest, faults: ordered.length + watch.struck, refused };
}

/** An organization as the first side says, in effect and recorded; the second side is declared. */
export async function settledAt(world: World): Promise<Harness> {
  const site = harness({
    organization: seedOf(world, world.before),
    stack: stackOf(world, world.before),
    proves: true,
    without: world.token ? ["taxonomy"] : ["taxonomy", "developer"],
  });
  const { planned } = await site.apply({ crash: true });
  if (site.writes().length > 0) throw new Error(`The first side is not as seeded: ${site.writes().join()}`);
  if (site.base !== undefined) site.base = settled(site.base, planned.live, planned.instances);
  return site.stack(...stackOf(world, world.after, going(world)));
}

async function stateOf(seed: Seed): Promise<State> {
  return await synced(createEmulator(seed).state());
}

interface Run {
  readonly died: boolean;
  readonly steps: number;
  readonly after?: LivePlan;
}

/** One process, from its beginning to its end or death. `opens`: somebody approves whatever a guard holds back. */
async function runOnce(site: Harness, world: World, watch: Watch, opens: boolean): Promise<Run> {
  watch.log.push(opens ? "a run, every guard opened" : "a run");
  let run: Run = { died: false, steps: 0 };
  try {
    watch.born();
    // Somebody has looked at the plan: also at that of a process that dies later.
    const openings = (guards: readonly Guard[]): Opening[] => {
      // The reading at the end plans once more: what was approved before is not taken back by it.
      for (const { guard, people: whom } of guards)
        if (guard === "gaps") for (const email of whom) watch.gaps.add(email);
      return openingsOf(guards);
    };
    const { results, after } = await site.apply({
      ...(opens ? { openings } : {}),
      ...(watch.waits ? { waiting: () => watch.others() } : {}),
    });
    const steps = results.filter(({ outcome, step }) => outcome === "done" && step.actor !== "record").length;
    run = { died: watch.dead, steps, after };
  } catch (error) {
    if (error instanceof Violation) throw error;
    watch.log.push(`it ended: ${String(error).slice(0, 200)}`);
    run = { died: watch.dead, steps: 0 };
  }
  watch.buried();
  watch.report();
  const { maximumRemovals = Infinity, maximumInvitations = Infinity } = world;
  if (!opens && watch.removed.size > maximumRemovals) watch.violated(`removed: ${[...watch.removed].join()}`);
  if (!opens && watch.invited.size > maximumInvitations)
    watch.violated(`invited: ${[...watch.invited].join()}`);
  return run;
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

/** P5: without faults, and with the identity provider's part done, it comes to what is declared. */
async function converged(
  site: Harness,
  world: World,
  watch: Watch,
  target: State,
): Promise<{ readonly refused: readonly string[]; readonly steps: number }> {
  let steps = 0;
  let open: readonly string[] = [];
  for (let round = 0; round < 4; round++) {
    const { after, steps: done } = await runOnce(site, world, watch, round > 0);
    steps += done;
    if (after === undefined) watch.violated("P5: a run without faults ended");
    open = after.plan.steps.map(({ text }) => text);
    const refused = after.plan.refusals.map(({ rule, summary }) => `${rule}: ${summary}`);
    if (open.length === 0) {
      const [is, should] = [edges(site.emulator.state()), edges(target)];
      const differences = [
        ...[...should].filter((edge) => !is.has(edge)).map((edge) => `not there: ${edge}`),
        ...[...is].filter((edge) => !should.has(edge)).map((edge) => `still there: ${edge}`),
      ];
      if (differences.length > 0) watch.violated(`P5: not as declared: ${differences.join("; ")}`);
      return { refused: [], steps };
    }
    if (round > 0 && done === 0 && refused.length > 0) return { refused, steps };
  }
  watch.violated(`P5: still to be done: ${open.join("; ")}`);
}

function invitedOnce(site: Harness, { before }: World, watch: Watch): void {
  const sent = site.invitations();
  for (const email of people) {
    const times = sent.filter((target) => target === email).length;
    if (times > (before.present.includes(email) ? 0 : 1))
      watch.violated(`${email} was invited ${times} times`);
  }
}
