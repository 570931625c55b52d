import { createEmulator, type Seed, type State } from "../../src/emulator";
import { settled, type GuardRule } from "../../src/reconcile";
import { harness, type Harness, type HarnessSettings } from "../support/harness";
import { Keepers } from "./keepers";
import { accessIn, edges, synced } from "./oracle";
import { Runs } from "./runs";
import { seedOf } from "./seed";
import { stackOf } from "./stack";
import type { Trouble } from "./trouble";
import { Watch } from "./watch";
import { going, people, type World } from "./world";

/** What a trial came to, for whoever counts. */
export interface Trial {
  /** Steps that were done. */
  readonly steps: number;
  /** Faults that were ordered, timeouts and deaths. */
  readonly faults: number;
  /** What the plan refuses although every guard that opens is open. */
  readonly refused: readonly string[];
}

/**
 * From one side of a world to the other, through everything that goes wrong. Throws a Violation.
 *
 * @param guards other ones than all, where the trial itself is tried
 */
export async function tried(world: World, trouble: Trouble, guards?: readonly GuardRule[]): Promise<Trial> {
  const site = await settledAt(world);
  const others = trouble.runs === "together" ? [colleagueOf(site, world)] : [];
  const keepers = new Keepers(world, site, ...others);
  const target = await stateOf(seedOf(world, world.after));
  const watch = new Watch(site, world, trouble, {
    before: accessIn(await stateOf(seedOf(world, world.before))),
    after: accessIn(target),
    minimum: world.minimum,
    kept: ["tom@acme.com"],
    labels: Object.keys(world.before.keys).filter((label) => world.after.keys[label] !== undefined),
    inUse: keepers.inUse,
  });
  const runs = new Runs(world, watch, keepers, guards);
  const ordered = trouble.faults.filter(({ fault }) => fault.type !== "timeout");
  for (const order of ordered) await site.fault(order);
  let run = await runs.once([site, ...others], trouble.opens);
  const nothingElse = trouble.faults.length === 0 && trouble.events.length === 0;
  // What somebody else made meanwhile is a clash: that run ends with 4.
  const failed = run.failed.filter((text) => !text.includes("settle who does"));
  if (others.length > 0 && nothingElse && failed.length > 0)
    watch.violated(`two runs at once: ${failed.join("; ")}`);
  const approved = trouble.runs === "resumed" ? run.approved : undefined;
  if (approved !== undefined) {
    await watch.between();
    run = await runs.once([site], trouble.opens, approved);
  }
  while (run.died) run = await runs.once([site], trouble.opens, approved);
  await watch.calm();
  const refused = await converged(site, runs, watch, wanted(target, keepers));
  onceEach(site, world, watch);
  if (keepers.unheld.length > 0) watch.violated(`P5: nobody has the value of ${keepers.unheld.join()}`);
  return { steps: runs.steps, faults: ordered.length + watch.struck, refused };
}

/** An organization as the first side says, in effect and recorded; the second side is declared. */
export async function settledAt(world: World): Promise<Harness> {
  const site = harness(settingsOf(world));
  const { planned } = await site.apply({ crash: true });
  if (site.writes().length > 0) throw new Error(`The first side is not as seeded: ${site.writes().join()}`);
  if (site.base !== undefined)
    site.base = settled(site.base, planned.live, planned.instances, undefined, planned);
  return site.stack(...stackOf(world, world.after, going(world)));
}

/** Somebody else, with a machine and a base of their own. */
function colleagueOf(site: Harness, world: World): Harness {
  const colleague = harness({ ...settingsOf(world), emulator: site.emulator });
  colleague.base = site.base;
  return colleague.stack(...stackOf(world, world.after, going(world)));
}

function settingsOf(world: World): HarnessSettings {
  return {
    organization: seedOf(world, world.before),
    stack: stackOf(world, world.before),
    proves: true,
    without: world.token ? ["taxonomy"] : ["taxonomy", "developer"],
  };
}

async function stateOf(seed: Seed): Promise<State> {
  return await synced(createEmulator(seed).state());
}

/** What is to be there at the end; a key whose value was lost has another generation by then. */
const wanted = (target: State, keepers: Keepers) => (): ReadonlySet<string> =>
  new Set([
    ...[...edges(target)].filter((edge) => !edge.startsWith("key ")),
    ...keepers.declared.map((label) => `key ${label}`),
  ]);

/** P5: without faults, and with the identity provider's part done, it comes to what is declared; or why a plan refuses that. */
async function converged(
  site: Harness,
  runs: Runs,
  watch: Watch,
  target: () => ReadonlySet<string>,
): Promise<readonly string[]> {
  let left: readonly string[] = [];
  for (let round = 0; round < 6; round++) {
    const { after, steps } = await runs.once([site], round > 0);
    if (after === undefined) watch.violated("P5: a run without faults ended");
    const open = after.plan.steps.map(({ text }) => text);
    const refused = after.plan.refusals.map(({ rule, summary }) => `${rule}: ${summary}`);
    const [is, should] = [edges(site.emulator.state()), target()];
    const differences = [
      ...[...should].filter((edge) => !is.has(edge)).map((edge) => `not there: ${edge}`),
      ...[...is].filter((edge) => !should.has(edge)).map((edge) => `still there: ${edge}`),
    ];
    left = [...open, ...differences];
    if (left.length === 0) return [];
    // A key that was lost is declared anew by then.
    if (open.length === 0 && differences.every((text) => text.includes("there: key "))) continue;
    if (open.length === 0) watch.violated(`P5: not as declared: ${differences.join("; ")}`);
    if (round > 0 && steps === 0 && refused.length > 0) return refused;
  }
  watch.violated(`P5: still to be done: ${left.join("; ")}`);
}

/** Nobody was invited twice, and no key made twice. */
function onceEach(site: Harness, { before }: World, watch: Watch): void {
  const sent = site.invitations();
  for (const email of people) {
    const times = sent.filter((target) => target === email).length;
    if (times > (before.present.includes(email) ? 0 : 1))
      watch.violated(`${email} was invited ${times} times`);
  }
  const made = site.emulator
    .state()
    .audit.filter(({ feature, action }) => feature === "api_key" && action === "create")
    .map(({ target }) => target);
  if (new Set(made).size < made.length) watch.violated(`made twice: ${made.join()}`);
}
