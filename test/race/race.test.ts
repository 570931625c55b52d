import { forecastOf } from "../../src/reconcile";
import { harness, type Applied, type Harness } from "../support/harness";
import { plain, type Interference, type Others, type Race } from "./race";
import { races } from "./races";

/** What is in effect before, and the stack that wants something else. */
async function ready(race: Race | Others): Promise<Harness> {
  const { organization, before = {}, after } = race;
  const provider = "provider" in race ? race.provider : {};
  const site = harness({ organization, stack: { provider, resources: before } });
  if (race.before !== undefined) await site.apply();
  return site.stack({ provider, resources: after });
}

const outcomeOf = ({ results }: Applied, step: string): string | undefined =>
  results.find(({ step: { text } }) => text === step)?.outcome;

async function interfered(race: Race, { does, ends, sends, told }: Interference): Promise<void> {
  const site = await ready(race);
  const invited = site.invitations().length;
  const applied = await site.apply({ meanwhile: () => does(site) });
  expect(applied.sent.map(plain)).toEqual(sends);
  expect(outcomeOf(applied, race.step)).toBe(ends === "done" ? "done" : "failed");
  const { clashes } = await site.leftOver(applied);
  const texts = clashes.filter(({ met }) => met?.text === race.step).map(({ text }) => text);
  if (told === undefined) expect(texts).toEqual([]);
  else expect(texts).toEqual([expect.stringMatching(told)]);
  expect(new Set(site.invitations().slice(invited)).size).toBe(site.invitations().length - invited);
}

const all = Object.entries(races);
const ours = all.flatMap(([effect, race]): [string, Race][] => ("sends" in race ? [[effect, race]] : []));
const theirs = all.flatMap(([effect, race]): [string, Others][] =>
  "outcome" in race ? [[effect, race]] : [],
);

describe("nobody is in the way", () => {
  it.each(ours)("%s: what it sends is what was foretold", async (_, race) => {
    const site = await ready(race);
    const applied = await site.apply();
    expect(outcomeOf(applied, race.step)).toBe("done");
    expect(applied.sent.map(plain)).toEqual(race.sends);
    expect(applied.after.plan.steps.filter(({ actor }) => actor === "write")).toEqual([]);
    const forecast = forecastOf(applied.planned);
    const { reads, writes, secondLists } = forecast;
    const { proofs, families } = applied.planned.plan;
    const log = race.before === undefined ? 3 : 0;
    expect(secondLists.requests).toBe(race.secondLists ?? 0);
    expect(forecast.families.find(({ family }) => family === "audit-log")?.reads ?? 0).toBe(log);
    const listed = 2 * proofs.reduce((sum, { requests }) => sum + requests, 0);
    // Whose token it is, once; settings, each time.
    const beside = (families.includes("developer") ? 1 : 0) + (families.includes("management") ? 2 : 0);
    // The command line asks for both before the first write; for the log where no state is there.
    expect(writes + reads - listed - beside - secondLists.requests - log).toBe(race.sends.length);
  });
});

describe("a person changes the same thing between plan and write", () => {
  it.each(ours)("%s", async (_, race) => {
    await interfered(race, race.byHand);
  });
});

describe("the identity provider syncs between plan and write", () => {
  it.each(ours)("%s", async (_, race) => {
    await interfered(race, race.bySync);
  });
});

describe("what others do is never written", () => {
  it.each(theirs)("%s", async (_, race) => {
    const site = await ready(race);
    const applied = await site.apply();
    expect(outcomeOf(applied, race.step)).toBe(race.outcome);
    expect(
      applied.sent.filter((request) => !request.startsWith("GET") && !request.startsWith("POST")),
    ).toEqual([]);
  });
});
