import type { Entry, Operation, StepDraft } from "../resources";
import { carryOut, type CarriedOut, type Means } from "./carry-out";

interface Pending {
  readonly operation: Operation;
  readonly entry: Entry;
  readonly resolve: (result: CarriedOut) => void;
}

/**
 * Writes that must not cross: those which one request could carry (the members of one group) go one after the other, and what waits behind a
 * request in flight goes together with the next one.
 */
export class WriteQueue {
  readonly #means: Means;
  readonly #lanes = new Map<string, Pending[]>();

  constructor(means: Means) {
    this.#means = means;
  }

  /** Carries one atom out. Never rejects: how it ended is the result. */
  run({ operation, values, facts }: StepDraft): Promise<CarriedOut> {
    const entry = { values, facts };
    const lane = operation.batch?.(values);
    if (lane === undefined)
      return carryOut(operation, [entry], this.#means).then(([result]) => result ?? UNTOUCHED);
    return new Promise((resolve) => {
      const waiting = this.#lanes.get(lane);
      const pending = { operation, entry, resolve };
      if (waiting !== undefined) {
        waiting.push(pending);
        return;
      }
      this.#lanes.set(lane, [pending]);
      void this.#drain(lane);
    });
  }

  async #drain(lane: string): Promise<void> {
    // What arrives in the same moment goes together.
    await Promise.resolve();
    const waiting = this.#lanes.get(lane) ?? [];
    while (waiting.length > 0) {
      const operation = waiting[0]?.operation;
      const others = waiting.findIndex((pending) => pending.operation !== operation);
      const batch = waiting.splice(0, others === -1 ? waiting.length : others);
      if (operation === undefined) break;
      const entries = batch.map(({ entry }) => entry);
      const results = await carryOut(operation, entries, this.#means);
      batch.forEach(({ resolve }, index) => resolve(results[index] ?? UNTOUCHED));
    }
    this.#lanes.delete(lane);
  }
}

const UNTOUCHED: CarriedOut = { outcome: "failed", said: "nothing was sent", happened: "no" };
