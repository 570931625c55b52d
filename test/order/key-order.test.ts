import * as fc from "fast-check";
import type { Effect } from "../../src/access";
import { everyRule, type Rules } from "../../src/reconcile/order/safety";
import { course, organization, stepsBetween, told, type Situation } from "./situation";

/* What keys open, told once more in few words: no step of a plan opens what is to stay closed, or cuts off whoever works with a key. */

const names = ["a web", "b web", "c app", "d"];
const before = fc.constantFrom<readonly number[]>([], [1]);
const after = fc.constantFrom<readonly number[]>([], [1], [2]);
const closed = fc.subarray(["web", "app"]);
const keys = (generations: readonly (readonly number[])[]): Record<string, readonly number[]> =>
  Object.fromEntries(names.map((name, index) => [name, generations[index] ?? []]));

const change: fc.Arbitrary<readonly [Situation, Situation]> = fc
  .record({
    was: fc.tuple(before, before, before, before),
    is: fc.tuple(after, after, after, after),
    closed: fc.tuple(closed, closed),
  })
  .map(({ was, is, closed: [then, now] }) => [
    { keys: keys(was), archived: then },
    { keys: keys(is), archived: now },
  ]);

/** Keys that are there, those of them that are in use, and projects that are closed. */
interface World {
  readonly there: Set<string>;
  readonly used: Set<string>;
  readonly closed: Set<string>;
}

function worldOf({ keys: of = {}, archived = [] }: Situation): World {
  const there = Object.entries(of).flatMap(([name, all]) => all.map((generation) => `${name} ${generation}`));
  return { there: new Set(there), used: new Set(there), closed: new Set(archived) };
}

function happens({ there, used, closed: gone }: World, effect: Effect): void {
  if (effect.type === "archive_project") gone.add(effect.projectId);
  if (effect.type === "restore_project") gone.delete(effect.projectId);
  if (!("keyType" in effect)) return;
  const project = effect.projectId === undefined ? "" : ` ${effect.projectId}`;
  const key = `${effect.label}${project} ${effect.generation}`;
  if (effect.type === "create_key") there.add(key);
  if (effect.type === "hand_over_key") used.add(key);
  if (effect.type !== "delete_key") return;
  there.delete(key);
  used.delete(key);
}

/** `opens` and `used`, by name. */
function held({ there, used, closed: gone }: World): Set<string> {
  return new Set(
    names.flatMap((name) => {
      if (gone.has(name.split(" ")[1] ?? "")) return [];
      const of = [1, 2].map((generation) => `${name} ${generation}`).filter((key) => there.has(key));
      return [
        ...(of.length > 0 ? [`opens ${name}`] : []),
        ...(of.some((key) => used.has(key)) ? [`used ${name}`] : []),
      ];
    }),
  );
}

/** What goes wrong on the way. */
function wrongs([first, last]: readonly [Situation, Situation], rules: Rules): string[] {
  const steps = stepsBetween(first, last);
  const found = course(organization(first), steps, { effort: { rules }, byText: true });
  expect(found.refusals).toEqual([]);
  expect(found.gaps).toEqual([]);
  expect(told(found)).toHaveLength(steps.length);
  const [world, end] = [worldOf(first), worldOf(first)];
  for (const { effects } of steps) for (const effect of effects) happens(end, effect);
  const [start, aim] = [held(world), held(end)];
  return found.runs.flatMap(({ step: { text }, effects }) => {
    for (const effect of effects) happens(world, effect);
    const now = held(world);
    const more = [...now].filter((right) => !start.has(right) && !aim.has(right));
    const less = [...start].filter((right) => aim.has(right) && !now.has(right));
    return [...more.map((right) => `${text}: ${right}`), ...less.map((right) => `${text}: not ${right}`)];
  });
}

const settings = {
  numRuns: Number(process.env["KEY_RUNS"] ?? 60),
  seed: Number(process.env["SEED"] ?? 20261125),
};

it("nothing opens that is to stay closed, and nobody who works with a key is cut off", () => {
  fc.assert(
    fc.property(change, (given) => expect(wrongs(given, everyRule)).toEqual([])),
    settings,
  );
});

it.each(["P2", "P3"] as const)("without %s, something does", (rule) => {
  const rules = { ...everyRule, [rule]: false };
  const found = fc.sample(change, settings).flatMap((given) => wrongs(given, rules));
  expect(found.length).toBeGreaterThan(0);
  expect(found.every((text) => text.includes(": not ") === (rule === "P3"))).toBe(true);
});
