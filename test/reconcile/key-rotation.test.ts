import { confirmationOf, type Confirmation, type StepResult } from "../../src/reconcile";
import type { KeySink } from "../../src/resources";
import { harness, type Harness, type HarnessSettings } from "../support/harness";
import { organization } from "../support/organization";
import { address, at, keys, labels, name, siteOf } from "./one-key";

const inUse = (generation: number): string => `${name(generation)}: in use everywhere`;
const unseen = (generation: number): string =>
  `${name(generation)}: its value was not seen to arrive where it belongs`;

/** Somebody's word for the open steps by hand whose text begins so. */
async function confirmed(site: Harness, ...texts: string[]): Promise<Confirmation[]> {
  const { plan } = await site.plan();
  return plan.steps
    .filter(({ actor, text }) => actor === "hand" && texts.some((begin) => text.startsWith(begin)))
    .map((step) => confirmationOf(step, "7", { by: "priya@acme.com", on: "2026-11-23T10:00:00Z" }));
}

describe("raising the generation", () => {
  it("makes another key, and deletes the old one when somebody says that the new one is in use", async () => {
    const site = siteOf();
    await site.apply();
    site.stack(at(2)).forget();
    expect((await site.apply()).outcomes).toEqual([
      `create ${name(2)}: done`,
      `${inUse(2)}: by hand`,
      `delete ${name(1)}: later`,
    ]);
    expect(labels(site)).toEqual(["sync", "sync #2"]);
    // Nobody has said so yet: the next run deletes nothing either.
    expect((await site.apply()).outcomes).toEqual([`${inUse(2)}: by hand`, `delete ${name(1)}: later`]);
    expect(site.writes()).toEqual([`POST ${keys}`]);

    const confirmations = await confirmed(site, inUse(2));
    const rests = async (words: readonly Confirmation[]): Promise<string[]> =>
      (await site.plan({ confirmations: words })).plan.premises.map(
        ({ examples, value, source }) => `${examples.join()}: ${value}, ${source}`,
      );
    expect(await rests([])).toContain(`${name(2)}: is not in use yet, assumed`);
    expect(await rests(confirmations)).toContain(`${name(2)}: is in use, confirmed`);
    const { outcomes, after } = await site.apply({ confirmations });
    expect(outcomes).toEqual([`delete ${name(1)}: done`]);
    expect(after.plan.steps).toEqual([]);
    expect(labels(site)).toEqual(["sync #2"]);
    expect(Object.keys(site.base?.entries ?? {})).toEqual([address]);
    expect(site.writes()).toEqual([`POST ${keys}`, `DELETE ${keys}/key-1`]);
    expect((await site.plan()).plan.confirmed).toEqual([]);
  });

  it("again, before the first time is over, leaves both old keys until the newest is in use", async () => {
    const site = siteOf();
    await site.apply();
    await site.stack(at(2)).apply();
    const confirmations = await confirmed(site, inUse(2));
    site.stack(at(3));
    expect((await site.apply({ confirmations })).outcomes).toEqual([
      `create ${name(3)}: done`,
      `${inUse(3)}: by hand`,
      `delete ${name(1)}: later`,
      `delete ${name(2)}: later`,
    ]);
    await site.apply({ confirmations: await confirmed(site, inUse(3)) });
    expect(labels(site)).toEqual(["sync #3"]);
  });

  it("does not delete the old key where the new one could not be made", async () => {
    const site = siteOf();
    await site.apply();
    await site.fault({
      match: { method: "POST", path: keys },
      times: 1000,
      fault: { type: "status", status: 403 },
    });
    const { outcomes } = await site.stack(at(2)).apply();
    expect(outcomes).toEqual([
      `create ${name(2)}: failed`,
      `${inUse(2)}: skipped`,
      `delete ${name(1)}: skipped`,
    ]);
    expect(labels(site)).toEqual(["sync"]);
  });

  it("does not delete the old key on a word about a new one that was still to be made, and then was not", async () => {
    const site = siteOf();
    await site.apply();
    site.stack(at(2));
    const confirmations = await confirmed(site, inUse(2));
    const fault = { type: "status", status: 403 };
    await site.fault({ match: { method: "POST", path: keys }, times: 1000, fault });
    const { outcomes } = await site.apply({ confirmations });
    expect(outcomes).toEqual([`create ${name(2)}: failed`, `delete ${name(1)}: skipped`]);
    expect(labels(site)).toEqual(["sync"]);
  });

  it("needs a place for its value, and the plan says so", async () => {
    const notes = async (more: Readonly<Record<string, unknown>>): Promise<readonly string[]> =>
      (await siteOf({ stack: at(1, more) }).plan()).plan.notes;
    expect(await notes({})).toEqual([
      "New keys (1) need a place for their values, which are seen once: --keys-out FILE. Without it they are not made.",
    ]);
    expect((await notes({ store: "vault" })).join()).toContain(
      "a command for vault in the file of AMPLITUDE_KEY_STORES, else --keys-out FILE.",
    );
  });

  it("says in the plan what is cut off", async () => {
    const site = siteOf();
    await site.apply();
    const { plan } = await site.stack(at(2)).plan();
    expect(plan.irreversible.map(({ says }) => says)).toEqual([
      "deleting the secret key sync, generation 1: whoever still uses it is refused",
    ]);
    expect(plan.refusals).toEqual([]);
  });

  it("is all by hand where no API makes keys, and each part waits for somebody's word", async () => {
    const site = harness({ organization: organization().project("Web"), stack: at(1) });
    const word = await confirmed(site, `create ${name(1)}`);
    await site.apply({ confirmations: word });
    site.stack(at(2));
    const { outcomes } = await site.apply({ confirmations: word });
    expect(outcomes).toEqual([
      `create ${name(2)}: by hand`,
      `${inUse(2)}: by hand`,
      `delete ${name(1)}: by hand`,
    ]);
    const confirmations = await confirmed(site, `create ${name(2)}`, inUse(2), `delete ${name(1)}`);
    const { after } = await site.apply({ confirmations });
    expect(after.plan.steps).toEqual([]);
    expect(Object.keys(site.base?.entries ?? {})).toEqual([address]);
    expect(site.writes()).toEqual([]);
  });
});

describe("a generation", () => {
  it("that is gone is not made again: another key needs another generation", async () => {
    const site = siteOf();
    await site.apply();
    await site.ui({ type: "delete_api_key", key: "sync" });
    site.forget();
    const { outcomes, planned } = await site.apply();
    expect(outcomes).toEqual([`create ${name(1)}: refused`]);
    expect(planned.plan.refusals).toMatchObject([
      { rule: "generation", summary: expect.stringMatching(/was made before and is gone/) as string },
    ]);
    expect(planned.plan.refusals[0]?.advice).toBe("Write generation 2.");
    expect((await site.stack(at(2)).apply()).outcomes).toEqual([`create ${name(2)}: done`]);
    expect(labels(site)).toEqual(["sync #2"]);
  });

  it("never falls, because the key in use would go", async () => {
    const site = siteOf({ stack: at(2) });
    await site.apply();
    const { outcomes, planned } = await site.stack(at(1)).apply();
    expect(outcomes).toContain(`create ${name(1)}: refused`);
    expect(planned.plan.refusals[0]).toMatchObject({
      summary: "The secret key sync is at generation 2, and generations only rise",
      advice: "Write generation 3.",
    });
    expect(labels(site)).toEqual(["sync #2"]);
  });

  it("goes at once with its line", async () => {
    const site = siteOf();
    await site.apply();
    expect((await site.stack({}).apply()).outcomes).toEqual([`delete ${name(1)}: done`]);
  });

  it.each<[string, "management"[]]>([
    ["where an API makes keys", []],
    ["where people make them", ["management"]],
  ])("that went with its line is not made again when the line comes back, %s", async (_, without) => {
    const site = siteOf({ without });
    const words: Confirmation[] = [];
    const run = async (generation: number | undefined, begin: string) => {
      site.stack(generation === undefined ? {} : at(generation));
      words.push(...(await confirmed(site, begin)));
      return await site.apply({ confirmations: words });
    };
    await run(1, "create");
    await run(undefined, "delete");
    const { outcomes, planned } = await run(1, "nothing");
    expect(outcomes).toEqual([`create ${name(1)}: refused`]);
    expect(planned.plan.refusals).toMatchObject([
      {
        summary: expect.stringContaining("was made before and is gone") as string,
        advice: "Write generation 2.",
      },
    ]);
    expect((await run(2, "create")).planned.plan.refusals).toEqual([]);
  });

  it("goes at its end", async () => {
    const site = siteOf({ stack: at(1, { expires_at: "2026-11-30" }) });
    await site.apply();
    await site.advance(30 * 24 * 60 * 60);
    expect((await site.apply()).outcomes).toEqual([`delete ${name(1)}: done`]);
    expect((await site.apply()).outcomes).toEqual([]);
  });
});

/** What the runs said, and what every file of theirs would hold. */
const everything = (site: Harness, ...results: (readonly StepResult[])[]): string =>
  JSON.stringify([site.base, ...results]);

describe("a key whose value did not arrive", () => {
  const failing: KeySink = {
    refusal: () => Promise.resolve(undefined),
    put: () => Promise.reject(new Error("the vault is sealed")),
  };

  it.each<[string, Partial<HarnessSettings>, object | undefined]>([
    ["the sink fails", { sink: failing }, undefined],
    ["no answer arrives", {}, { type: "reset", when: "after" }],
    ["an error arrives", {}, { type: "status", status: 503, when: "after" }],
    ["nothing arrives for long", { timeoutMs: 80 }, { type: "timeout", when: "after" }],
  ])("is reported by this run and by the next, and rotated: %s", async (_, more, fault) => {
    const site = siteOf(more);
    if (fault !== undefined) await site.fault({ match: { method: "POST", path: keys }, times: 1, fault });
    const { results, outcomes } = await site.apply();
    expect(outcomes).toEqual([`create ${name(1)}: failed`]);
    expect(results[0]?.said).toMatch(
      /is there, and its value was not handed over: .*\. Raise its generation to 2/,
    );
    expect(labels(site)).toEqual(["sync"]);

    for (const run of [2, 3])
      expect([run, (await site.apply()).outcomes]).toEqual([run, [`${unseen(1)}: by hand`]]);
    expect((await site.plan()).keys).toMatchObject([{ state: "lost", change: "generation: 1 -> 2" }]);
    expect(site.base?.entries[address]).toMatchObject({ complete: false, unhanded: true });

    const other = siteOf({ organization: site.emulator.state() });
    other.base = site.base;
    other.stack(at(2));
    expect((await other.apply()).outcomes).toEqual([
      `create ${name(2)}: done`,
      `${inUse(2)}: by hand`,
      `delete ${name(1)}: later`,
    ]);
    await other.apply({ confirmations: await confirmed(other, inUse(2)) });
    expect(labels(other)).toEqual(["sync #2"]);
    expect((await other.plan()).keys).toMatchObject([{ state: "fresh" }]);
    for (const value of other.values.values()) expect(everything(other, results)).not.toContain(value);
  });

  it("is reported under another address too", async () => {
    const site = siteOf({ sink: failing });
    await site.apply();
    site.stack({ resources: { "amplitude_api_key.moved": at(1).resources["amplitude_api_key.sync"] } });
    for (const run of [2, 3])
      expect([run, (await site.apply()).outcomes]).toEqual([run, [`${unseen(1)}: by hand`]]);
  });

  it("was asked for once", async () => {
    const site = siteOf();
    await site.fault({
      match: { method: "POST", path: keys },
      times: 1,
      fault: { type: "reset", when: "after" },
    });
    await site.apply();
    await site.apply();
    expect(site.writes()).toEqual([`POST ${keys}`]);
  });

  it("counts as handed over when somebody says that it arrived all the same", async () => {
    const site = siteOf({ sink: failing });
    await site.apply();
    const confirmations = await confirmed(site, unseen(1));
    const { after } = await site.apply({ confirmations });
    expect(after.plan.steps).toEqual([]);
    expect(after.keys).toMatchObject([{ state: "fresh" }]);
  });

  it.each([
    ["after the key was made", "put" as const],
    ["after it was put away, before that was written down", "kept" as const],
  ])("is reported where the process died %s", async (_, moment) => {
    let atDeath: Harness["base"];
    const site: Harness = siteOf({
      sink: {
        refusal: () => Promise.resolve(undefined),
        put({ id }, value) {
          atDeath = site.base;
          if (moment === "put") return Promise.reject(new Error("killed"));
          site.values.set(id, value.reveal());
          return Promise.resolve();
        },
      },
    });
    await site.apply({ crash: true });
    site.base = atDeath;
    expect(atDeath?.entries[address]).toMatchObject({ complete: false, unhanded: true });
    expect((await site.apply()).outcomes).toEqual([`${unseen(1)}: by hand`]);
    expect(labels(site)).toEqual(["sync"]);
  });

  it("is no question where the process died before the key was made", async () => {
    const site = siteOf();
    await site.fault({ match: { method: "POST", path: keys }, times: 1000, fault: { type: "reset" } });
    await site.apply({ crash: true });
    expect(site.base?.entries[address]).toMatchObject({ unhanded: true });
    await site.heal();
    expect((await site.apply()).outcomes).toEqual([`create ${name(1)}: done`]);
    expect(site.base?.entries[address]?.unhanded).toBeUndefined();
  });
});

describe("nowhere to put a value", () => {
  it("makes no key, asks Amplitude nothing, and does the rest", async () => {
    const { resources } = at(1);
    const site = siteOf({
      stack: { resources: { ...resources, "amplitude_user.eva": { email: "eva@acme.com" } } },
      sink: {
        refusal: () => Promise.resolve("The vault is sealed."),
        put: () => Promise.reject(new Error("not asked")),
      },
    });
    const { outcomes, results } = await site.apply();
    expect(outcomes).toEqual([`invite eva@acme.com: done`, `create ${name(1)}: refused`]);
    expect(results.find(({ outcome }) => outcome === "refused")?.said).toBe(
      "it is not made, because there is nowhere to put its value: The vault is sealed.",
    );
    expect(site.writes()).toEqual(["POST /scim/1/Users"]);
    expect(site.base?.entries[address]).toBeUndefined();
  });
});
