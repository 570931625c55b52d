import { kinds } from "../../src/resources";
import type { Seed } from "../../src/emulator";
import type { Applied, Harness } from "../support/harness";
import {
  bringAbout,
  difference,
  exampleSite,
  exampleStack,
  facts,
  kindCases,
  type KindCase,
  sorted,
  wireOf,
  world,
} from "./kind-case";

type Stage = "create" | "update" | "delete";

/** What strikes, and whether the request took effect before. */
const faults = [
  ["429 with Retry-After", { type: "status", status: 429, retryAfter: 7 }],
  ["429 without", { type: "status", status: 429 }],
  ["500", { type: "status", status: 500 }],
  ["503 after it took effect", { type: "status", status: 503, when: "after" }],
  ["a reset", { type: "reset" }],
  ["a reset after it took effect", { type: "reset", when: "after" }],
  ["a timeout", { type: "timeout" }],
  ["a timeout after it took effect", { type: "timeout", when: "after" }],
] as const;

const stages = kindCases.flatMap(([type, kind, known]) =>
  (["create", "update", "delete"] as const).flatMap((stage) =>
    known.writes[stage].map((write, index) => ({ type, kind, known, stage, write, index })),
  ),
);
const situations = stages.flatMap((at) =>
  faults.map(([name, fault]) => ({ ...at, name, fault, nth: at.index + 1 })),
);

/** Answers that Amplitude's documentation leaves open, at their least forgiving. */
const strict: Seed["switches"] = {
  "scim-add-existing-member": "409",
  "scim-remove-non-member": "404",
  "scim-duplicate-user-status": 400,
  "scim-duplicate-group": "400",
  "scim-unknown-id-status": 400,
  "user-management-unknown-reference-status": 400,
};

const timeoutMs = (fault: { readonly type: string }): number | undefined =>
  fault.type === "timeout" ? 80 : undefined;

/** Brings the example to the moment before a stage's writes. */
async function readyFor(stage: Stage, site: Harness, kind: (typeof kinds)[number]): Promise<void> {
  if (stage === "create") return;
  await bringAbout(site);
  site.stack(stage === "update" ? exampleStack(kind, "update") : {});
}

const strike = (
  site: Harness,
  write: string,
  index: number,
  all: readonly string[],
  times: number,
  fault: object,
) => {
  const [method = "", path = ""] = write.split(" ");
  const pattern = path.replace("/ID", "/*");
  // Of writes that look alike the one that is meant is struck.
  const skip = all.slice(0, index).filter((other) => other === write).length;
  return site.fault({ match: { method, path: pattern }, times, skip, fault });
};

const wanted = (known: KindCase, stage: Stage) =>
  sorted({ create: known.created, update: known.updated, delete: known.deleted }[stage]);

const invitedOnce = (site: Harness): void => {
  const invited = site.invitations().map((email) => email.toLowerCase());
  expect(invited).toEqual([...new Set(invited)]);
};

describe("one fault", () => {
  it.each(situations)("$type: $stage, write $nth meets $name", async (at) => {
    const { kind, known, stage, write, index, fault, name } = at;
    const site = exampleSite(kind, world(), timeoutMs(fault));
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
    "$type: $stage, write $nth: it is as desired, and the next run has nothing to send",
    async (at) => {
      const { kind, known, stage, write, index, fault } = at;
      const site = exampleSite(kind, world(strict));
      const before = facts(site);
      await readyFor(stage, site, kind);
      await strike(site, write, index, known.writes[stage], 1, fault);
      await site.apply();
      site.forget();
      await site.apply();
      expect(site.writes()).toEqual([]);
      expect(difference(before, site)).toEqual(wanted(known, stage));
      invitedOnce(site);
    },
  );

  it.each(lost)("$type: $stage, write $nth: what took effect is not called a failure", async (at) => {
    const { kind, known, stage, write, index, fault } = at;
    const site = exampleSite(kind, world(strict));
    await readyFor(stage, site, kind);
    await strike(site, write, index, known.writes[stage], 1, fault);
    const { outcomes } = await site.apply();
    expect(outcomes.filter((outcome) => !outcome.endsWith(": done"))).toEqual([]);
  });
});

describe("a fault that lasts", () => {
  it.each(situations)("$type: $stage, write $nth meets $name", async (at) => {
    const { kind, known, stage, write, index, fault } = at;
    const site = exampleSite(kind, world(), timeoutMs(fault));
    const before = facts(site);
    await readyFor(stage, site, kind);
    await strike(site, write, index, known.writes[stage], 1000, fault);
    const struck = await site.apply();
    invitedOnce(site);
    says(struck);
    await site.heal();
    const { after } = await site.apply();
    expect(after.plan.steps).toEqual([]);
    const wanted = { create: known.created, update: known.updated, delete: known.deleted }[stage];
    expect(difference(before, site)).toEqual(sorted(wanted));
    invitedOnce(site);
  });
});

/** Either it is as desired, or some step says that it is not. */
function says({ outcomes, after }: Applied): void {
  const open = outcomes.filter((outcome) => !outcome.endsWith(": done"));
  const left = after.plan.steps.filter(({ actor }) => actor !== "record");
  if (left.length > 0) expect(open).not.toEqual([]);
  else expect(outcomes).not.toEqual([]);
}
