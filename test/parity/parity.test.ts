import * as fc from "fast-check";
import { acceptance, Installation } from "../terraform/workspace";
import { compared, type Compared } from "./hosts";
import { pair } from "./pair";
import { situations } from "./situations";

jest.setTimeout(3_600_000);

/** Random pairs; `PARITY_RUNS=...` tries another number, `SEED=...` other ones: the gate tries the same ones every time. */
const RUNS = Number(process.env["PARITY_RUNS"] ?? 8);
/** Pairs in one organization: every run of terraform takes its time to start. */
const AT_ONCE = 40;
const SEED = Number(process.env["SEED"] ?? 20261125);

/** What only one of the hosts left behind. */
function differences({ terraform, cli }: Compared): string[] {
  return [
    ...terraform.filter((line) => !cli.includes(line)).map((line) => `terraform alone: ${line}`),
    ...cli.filter((line) => !terraform.includes(line)).map((line) => `command line alone: ${line}`),
  ];
}

acceptance("a deleted line means the same in both hosts", () => {
  const named: Compared[] = [];
  const random: Compared[] = [];
  beforeAll(async () => {
    const installation = new Installation().build();
    const pairs = [
      ...situations.map(([, situation]) => situation),
      ...fc.sample(pair, { numRuns: RUNS, seed: SEED }),
    ];
    try {
      for (let first = 0; first < pairs.length; first += AT_ONCE)
        random.push(...(await compared(pairs.slice(first, first + AT_ONCE), installation)));
    } catch (error) {
      throw new Error(`With SEED=${SEED}: ${String(error)}`, { cause: error });
    } finally {
      installation.remove();
    }
    named.push(...random.splice(0, situations.length));
  });

  it.each(situations.map(([name], index) => ({ name, index })))("$name", ({ index }) => {
    expect(named[index]?.refused).toEqual([]);
    expect(differences(named[index]!)).toEqual([]);
    expect(named[index]?.cli).not.toEqual([]);
  });

  it(`random pairs of stacks (SEED=${SEED})`, () => {
    const wrong = random
      .filter(({ refused }) => refused.length === 0)
      .flatMap((each, index) => {
        const found = differences(each);
        return found.length === 0 ? [] : [`Pair ${index}: ${JSON.stringify(each.pair)}`, ...found];
      });
    expect(wrong).toEqual([]);
    const refused = random.flatMap(({ refused: [first] }) => first ?? []);
    if (RUNS > 50)
      process.stderr.write(`${random.length} pairs, ${refused.length} refused\n${refused.join("\n")}\n`);
    // What the command line refuses is not compared; nearly all is.
    expect(refused.length).toBeLessThanOrEqual(2 + random.length / 10);
  });
});
