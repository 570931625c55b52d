import { confirmationOf, type Confirmation, type Plan, type Step } from "../../src/reconcile";
import type { Harness } from "../support/harness";
import { liveLabel } from "./seed";
import { stackOf } from "./stack";
import { going, type Side, type World } from "./world";

/**
 * Whoever does what only a person can. Users of a key say of a new one that it is in use once its value has arrived; a value that did not
 * arrive is lost, and they declare another generation. Whoever looks after single sign-on says of each person that they can log in by it.
 */
export class Keepers {
  readonly confirmations: Confirmation[] = [];
  /** Live labels of keys that are in use. */
  readonly inUse: Set<string>;
  readonly #world: World;
  readonly #sites: readonly Harness[];
  #keys: Side["keys"];

  constructor(world: World, ...sites: readonly Harness[]) {
    this.#world = world;
    this.#sites = sites;
    this.#keys = world.after.keys;
    this.inUse = new Set(liveLabels(world.before.keys));
  }

  /** What is to be there at the end, as Amplitude shows it. */
  get declared(): readonly string[] {
    return liveLabels(this.#keys);
  }

  /** Keys that were made and whose values nobody has. */
  get unheld(): readonly string[] {
    const known = new Set(liveLabels(this.#world.before.keys));
    const live = this.#sites[0]?.emulator.state().apiKeys ?? [];
    return live
      .filter(({ id, label }) => !known.has(label) && !this.#sites.some(({ values }) => values.has(id)))
      .map(({ label }) => label);
  }

  /** Looks at what a plan asks of them. */
  look({ steps }: Plan): void {
    const [site] = this.#sites;
    for (const step of steps) {
      if (step.operation === "person.single-sign-on") this.#confirm(step, "2026-12-20T00:00:00Z");
      if (step.actor !== "hand" || step.operation !== "key.hand-over") continue;
      const { label = "", generation = "" } = step.values;
      const shown = liveLabel(label, Number(generation));
      const key = site?.emulator.state().apiKeys.find((live) => live.label === shown);
      if (key === undefined || this.confirmations.some((known) => known.step === step.id)) continue;
      if (this.inUse.has(shown) || this.#sites.some(({ values }) => values.has(key.id))) {
        this.inUse.add(shown);
        this.#confirm(step);
      } else if (this.#keys[label] === Number(generation))
        this.#declare({ ...this.#keys, [label]: Number(generation) + 1 });
    }
  }

  #confirm(step: Step, until?: string): void {
    if (this.confirmations.some((known) => known.step === step.id)) return;
    const by = { by: "priya@acme.com", on: "2026-11-23T10:00:00Z" };
    this.confirmations.push(confirmationOf(step, "7", until === undefined ? by : { ...by, until }));
  }

  #declare(keys: Side["keys"]): void {
    this.#keys = keys;
    const contents = stackOf(this.#world, { ...this.#world.after, keys }, going(this.#world));
    for (const site of this.#sites) site.stack(...contents);
  }
}

const liveLabels = (keys: Side["keys"]): string[] =>
  Object.entries(keys).map(([label, generation]) => liveLabel(label, generation));
