import type { Seed } from "../../src/emulator";
import { invitedOnce, readyFor, situations, strike, timeoutMs, wanted } from "./fault-case";
import { exampleSite, wireOf } from "./kind-case";
import { difference, facts, world } from "./world";

/** Answers that Amplitude's documentation leaves open, at their least forgiving. */
const strict: NonNullable<Seed["switches"]> = {
  "scim-add-existing-member": "409",
  "scim-remove-non-member": "404",
  "scim-duplicate-user-status": 400,
  "scim-duplicate-group": "400",
  "scim-unknown-id-status": 400,
  "user-management-unknown-reference-status": 400,
};

describe("one fault", () => {
  it.each(situations)("$type: $stage, write $nth meets $name", async (at) => {
    const { kind, known, stage, write, index, fault, name } = at;
    const site = exampleSite(kind, world(kind), timeoutMs(fault));
    const before = facts(site);
    await readyFor(stage, site, kind);
    site.forget();
    await strike(site, write, index, known.writes[stage], 1, fault);
    const { outcomes, after } = await site.apply();
    expect(outcomes.filter((outcome) => !outcome.endsWith(": done"))).toEqual([]);
    expect(after.plan.steps).toEqual([]);
    expect(difference(before, site)).toEqual(wanted(known, stage));
    // A create that took effect is looked up, never sent again; everything else is sent once more.
    const again = write.startsWith("POST") && name.includes("took effect") ? [] : [write];
    expect(wireOf(site).sort()).toEqual([...known.writes[stage], ...again].sort());
    invitedOnce(site);
  });
});

describe("one lost answer at an Amplitude that refuses what is so already", () => {
  const lost = situations.filter(({ name }) => name === "a reset after it took effect");
  it.each(lost)(
    "$type: $stage, write $nth: it is no failure, it is as desired, and the next run has nothing to send",
    async (at) => {
      const { kind, known, stage, write, index, fault } = at;
      const site = exampleSite(kind, world(kind, strict));
      const before = facts(site);
      await readyFor(stage, site, kind);
      await strike(site, write, index, known.writes[stage], 1, fault);
      const { outcomes } = await site.apply();
      expect(outcomes.filter((outcome) => !outcome.endsWith(": done"))).toEqual([]);
      site.forget();
      await site.apply();
      expect(site.writes()).toEqual([]);
      expect(difference(before, site)).toEqual(wanted(known, stage));
      invitedOnce(site);
    },
  );
});
