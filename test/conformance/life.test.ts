import { keyOf } from "../../src/lifecycle";
import { bringAbout, exampleSite, exampleStack, kindCases, make, wireOf } from "./kind-case";
import { difference, facts, sorted, world } from "./world";
import { harness } from "../support/harness";

describe.each(kindCases)("%s", (_, kind, known) => {
  const { can, example } = kind;
  const key = keyOf(kind, example.create);
  const updates = can.update && example.update !== undefined;

  it("is planned without a write", async () => {
    const site = exampleSite(kind);
    await site.plan();
    await site.drift();
    expect(site.writes()).toEqual([]);
  });

  it("comes into effect with its writes, each once, and then there is nothing to do", async () => {
    const site = exampleSite(kind);
    const before = facts(site);
    await bringAbout(site);
    expect(wireOf(site)).toEqual(known.writes.create);
    expect(difference(before, site)).toEqual(sorted(known.created));
    expect((await site.plan()).plan.steps).toEqual([]);
  });

  it("changes with its writes, each once, and then there is nothing to do", async () => {
    expect(updates).toBe(true);
    const site = exampleSite(kind);
    const before = facts(site);
    await bringAbout(site);
    site.stack(exampleStack(kind, "update")).forget();
    const { planned, after } = await site.apply();
    expect(planned.plan.steps).not.toEqual([]);
    expect(wireOf(site)).toEqual(known.writes.update);
    expect(difference(before, site)).toEqual(sorted(known.updated));
    expect(after.plan.steps).toEqual([]);
  });

  it("is seen to be changed outside, by whom where that is logged, and is brought back", async () => {
    const seed = world(kind);
    const site = exampleSite(kind, {
      ...seed,
      switches: { ...seed.switches, "audit-log-documented-only": false },
    });
    const before = facts(site);
    await bringAbout(site);
    await site.ui(known.tamper);
    site.forget();
    const drift = await site.drift();
    const found = [...drift.outside, ...drift.identityProvider];
    expect(found.map(({ by }) => by?.actor)).toEqual(["priya@acme.com"]);
    expect(drift.notApplied).toEqual([]);
    await bringAbout(site);
    expect(wireOf(site)).toEqual(known.writes.repair);
    expect(difference(before, site)).toEqual(sorted(known.refused ?? known.created));
    const { plan } = await site.plan();
    if (known.refused === undefined) expect(plan.steps).toEqual([]);
    else expect(plan.refusals).not.toEqual([]);
  });

  it("is taken over without a write where it is there already", async () => {
    const site = exampleSite(kind);
    await make(site, known);
    const { planned, after } = await site.apply();
    expect(new Set(planned.plan.steps.map(({ actor }) => actor))).toEqual(
      new Set(known.takenOver ?? ["record"]),
    );
    expect(site.writes()).toEqual([]);
    if (known.takenOver === undefined) expect(after.plan.steps).toEqual([]);
  });

  it("is listed under the key of its declaration, whatever the case of an e-mail", async () => {
    const site = exampleSite(kind);
    await make(site, known);
    const { live } = await site.plan();
    const keys = [...kind.list(live)].map((state) => keyOf(kind, state as never));
    expect(keys.filter((listed) => listed === key)).toHaveLength(known.listed);
  });

  it("goes with its line", async () => {
    expect(can.delete).toBe(true);
    const site = exampleSite(kind);
    const before = facts(site);
    await bringAbout(site);
    site.stack({}).forget();
    const { after } = await site.apply();
    expect(wireOf(site)).toEqual(known.writes.delete);
    expect(difference(before, site)).toEqual(sorted(known.deleted));
    expect(site.base?.entries).toEqual({});
    expect(after.plan.steps).toEqual([]);
  });

  it("goes with its line without a write where somebody took it away before", async () => {
    const site = exampleSite(kind);
    await bringAbout(site);
    if (known.takeAway !== undefined) await site.ui(known.takeAway);
    site.stack({}).forget();
    const { after } = await site.apply();
    expect(site.writes()).toEqual([]);
    expect(site.base?.entries).toEqual({});
    expect(after.plan.steps).toEqual([]);
  });

  it("goes with its line also when it was taken over", async () => {
    const site = exampleSite(kind);
    await make(site, known);
    await site.apply();
    site.stack({}).forget();
    const { after } = await site.apply();
    expect(wireOf(site)).toEqual(known.writes.delete);
    expect(after.plan.steps).toEqual([]);
  });

  it("is not written a second time by an apply from another machine, which has no base", async () => {
    const site = exampleSite(kind);
    await bringAbout(site);
    const other = harness({ organization: site.emulator.state(), stack: exampleStack(kind, "create") });
    await other.apply();
    expect(other.writes()).toEqual([]);
  });

  it("can be planned from an organization that answers in other spellings", async () => {
    const site = exampleSite(
      kind,
      world(kind, {
        "scim-write-answer": "resource",
        "scim-group-ids": "string",
        "scim-placeholder-names": false,
        "scim-group-list-members": false,
        "scim-error-body": "empty",
      }),
    );
    await bringAbout(site);
    expect(wireOf(site)).toEqual(known.writes.create);
    expect((await site.plan()).plan.steps).toEqual([]);
  });
});
