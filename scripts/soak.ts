/**
 * `npm run soak -- --minutes 10`: the property of test/faults for as long as one likes. Prints the seed of every round, runs, steps and
 * faults as they add up, and in its last line the verdict. `--seed N` begins with that seed.
 */
import { parseArgs } from "node:util";
import * as fc from "fast-check";
import { tried } from "../test/faults/trial";
import { trouble } from "../test/faults/trouble";
import { provided, unprovided } from "../test/faults/draw";

const ROUND = 200;

async function soak(minutes: number, first: number): Promise<boolean> {
  const end = Date.now() + minutes * 60_000;
  const total = { runs: 0, steps: 0, faults: 0, refused: 0 };
  for (let seed = first; Date.now() < end; seed++) {
    const property = fc.asyncProperty(
      seed % 2 === 0 ? provided : unprovided,
      trouble,
      async (between, around) => {
        const { steps, faults, refused } = await tried(between, around);
        total.runs += 1;
        total.steps += steps;
        total.faults += faults;
        total.refused += refused.length > 0 ? 1 : 0;
      },
    );
    const result = await fc.check(property, {
      seed,
      numRuns: ROUND,
      interruptAfterTimeLimit: Math.max(1, end - Date.now()),
    });
    const { runs, steps, faults, refused } = total;
    console.log(
      `seed ${seed}: ${runs} runs, ${steps} steps, ${faults} faults, ${refused} with steps refused`,
    );
    if (!result.failed || result.counterexample === null) continue;
    console.log(fc.defaultReportMessage(result));
    console.log(result.errorInstance instanceof Error ? result.errorInstance.stack : result.errorInstance);
    console.log(
      `FAILED: SEED=${seed} SEED_PATH=${result.counterexamplePath} npx jest test/faults/${seed % 2 === 0 ? "provided" : "unprovided"} runs it again`,
    );
    return false;
  }
  console.log(`PASSED: ${total.runs} runs, ${total.steps} steps, ${total.faults} faults, no violation`);
  return total.runs > 0;
}

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "1" }, seed: { type: "string" } },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed ?? Date.now() % 1_000_000)];
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error("--minutes is a number above 0, --seed a whole number");
  process.exitCode = 1;
} else {
  void soak(minutes, seed).then((passed) => {
    process.exitCode = passed ? 0 : 1;
  });
}
