import type { Applied } from "../support/harness";
import { invitedOnce, readyFor, situations, strike, timeoutMs, wanted } from "./fault-case";
import { exampleSite } from "./kind-case";
import { difference, facts, world } from "./world";

/** What differs from another fault only in how long it is waited for is met once, in fault.test.ts. */
const lasting = situations.filter(({ name }) => name !== "429 with Retry-After" && name !== "a timeout");

describe("a fault that lasts", () => {
  it.each(lasting)("$type: $stage, write $nth meets $name", async (at) => {
    const { kind, known, stage, write, index, fault } = at;
    const site = exampleSite(kind, world(kind), timeoutMs(fault, 30));
    const before = facts(site);
    await readyFor(stage, site, kind);
    await strike(site, write, index, known.writes[stage], 1000, fault);
    const struck = await site.apply();
    invitedOnce(site);
    says(struck);
    await site.heal();
    const { after } = await site.apply();
    expect(after.plan.steps).toEqual([]);
    expect(difference(before, site)).toEqual(wanted(known, stage));
    invitedOnce(site);
  });
});

/** Either it is as desired, or some step says that it is not. */
function says({ outcomes, after }: Applied): void {
  const open = outcomes.filter((outcome) => !outcome.endsWith(": done"));
  const left = after.plan.steps.filter(({ actor }) => actor !== "record");
  expect({ said: open.length > 0, left: left.length > 0 }).not.toEqual({ said: false, left: true });
}
