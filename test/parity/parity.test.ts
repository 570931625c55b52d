import * as fc from "fast-check";
import { acceptance, Installation } from "../terraform/workspace";
import { compared, type Compared } from "./hosts";
import { pair, settingsPair } from "./pair";
import { settingsOfSituations, situations } from "./situations";

jest.setTimeout(3_600_000);

/** Random pairs; `PARITY_RUNS=...` tries another number, `SEED=...` other ones: the gate tries the same ones every time. */
const RUNS = Number(process.env["PARITY_RUNS"] ?? 5);
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
  /** One of every organization that pairs were tried in. */
  const organizations: Compared[] = [];
  beforeAll(async () => {
    const installation = new Installation().build();
    const pairs = [
      ...situations.map(([, situation]) => situation),
      ...fc.sample(pair, { numRuns: RUNS, seed: SEED }),
    ];
    const settings = [
      settingsOfSituations,
      ...fc.sample(settingsPair, { numRuns: Math.ceil(pairs.length / AT_ONCE), seed: SEED }),
    ];
    try {
      for (let first = 0; first < pairs.length; first += AT_ONCE) {
        const of = settings[first / AT_ONCE] ?? settingsOfSituations;
        const all = await compared(pairs.slice(first, first + AT_ONCE), of, installation);
        organizations.push(...all.splice(-1));
        random.push(...all);
      }
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

  it("a setting whose attribute is deleted stays as it is; random settings", () => {
    expect(organizations[0]?.cli).toEqual(
      expect.arrayContaining([
        "before: mfaRequired: true",
        "after: mfaRequired: false",
        `after: jitDefaultRole: "viewer"`,
      ]),
    );
    expect(organizations.flatMap((each) => [...each.refused, ...differences(each)])).toEqual([]);
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
    // What the command line refuses is not compared: of 400 pairs it was none.
    expect(refused.length).toBeLessThanOrEqual(random.length / 50);
  });
});
