import * as fc from "fast-check";
import { tried } from "./trial";
import { trouble } from "./trouble";
import type { World } from "./world";

/** Runs of each of the two properties; `FAULT_RUNS=...` sets another number. */
const RUNS = 300;

/** The gate tries the same worlds every time, so that what it says is about the change; `npm run soak` tries others. */
const SAME = 20261125;

/**
 * Tries random worlds of a kind, each with troubles of its own. A failure prints its seed and path: `SEED=... SEED_PATH=...` runs it
 * again. Returns how much was tried.
 */
export async function holds(worlds: fc.Arbitrary<World>) {
  const { SEED: seed = SAME, SEED_PATH: path, FAULT_RUNS: runs = RUNS } = process.env;
  const total = { steps: 0, faults: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(worlds, trouble, async (world, around) => {
      const { steps, faults, refused } = await tried(world, around);
      total.steps += steps;
      total.faults += faults;
      total.refused += refused.length > 0 && world.kept === undefined ? 1 : 0;
    }),
    {
      numRuns: Number(runs),
      seed: Number(seed),
      ...(path === undefined ? {} : { path }),
    },
  );
  return total;
}
