import { allCollections, liveOrganization, rowsIn, type Snapshot } from "../../src/collections";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

/** The organization as a plan reads it. */
async function snapshotOf(): Promise<Snapshot> {
  const seed = organization()
    .people("ana@nova.agency", "jo@nova.agency")
    .group("agency-nova", ["ana@nova.agency"])
    .project("Web")
    .grant("agency-nova", "Web", "Viewer")
    .seed();
  const switches = { ...seed.switches, management: "served" as const };
  const site = harness({ organization: { ...seed, switches } });
  const read: Snapshot[] = [];
  await site.plan({ read: (snapshot) => (read.push(snapshot), snapshot) });
  const [snapshot] = read;
  if (snapshot === undefined) throw new Error("Nothing was read.");
  return snapshot;
}

describe("a collection is declared once", () => {
  it("its rows are read under its name, each with an id of its own, and saved as its schema says", async () => {
    const snapshot = await snapshotOf();
    for (const [name, collection] of allCollections) {
      const rows: readonly unknown[] | undefined = snapshot[name];
      if (collection.extent === "by place") continue;
      expect([name, Array.isArray(rows)]).toEqual([name, true]);
      expect(new Set(rows?.map((one) => collection.id(one))).size).toBe(rows?.length);
      for (const one of rows ?? []) expect(collection.row.parse(one)).toEqual(one);
    }
  });

  it("its list is proved under its title, in the order of the registry", async () => {
    const { proofs } = await snapshotOf();
    const listed = allCollections.filter(([, { extent }]) => extent === undefined);
    expect(proofs.map(({ collection }) => collection)).toEqual(listed.map(([, { title }]) => title));
  });

  it("rows on which nobody's access depends are in the model as they were read", async () => {
    const snapshot = await snapshotOf();
    const facts = { writers: new Map(), roleIds: {}, projectIds: {} };
    const live = liveOrganization(snapshot, facts);
    expect(rowsIn(live, "userManagementGroups")).toEqual(snapshot.userManagementGroups);
    expect(rowsIn(live, "userManagementGroups")).toHaveLength(1);
    expect(rowsIn(liveOrganization({}, facts), "userManagementGroups")).toEqual([]);
  });
});
