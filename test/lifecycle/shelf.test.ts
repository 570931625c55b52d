import fc from "fast-check";
import { NotWhole } from "../../src/api";
import { OurWrites } from "../../src/lifecycle/our-writes";
import { Shelf } from "../../src/lifecycle/shelf";

interface Row {
  readonly key: string;
}

/** A collection of `rows` rows in pages, which counts what it is asked. */
function collection(rows: number, pageSize: number) {
  const all = Array.from({ length: rows }, (_, index): Row => ({ key: `k${index}` }));
  const pages = Math.max(1, Math.ceil(rows / pageSize));
  const asked = { singles: 0, pages: 0 };
  const shelf = new Shelf<Row>({
    key: ({ key }) => key,
    async list(pace) {
      for (let page = 0; page < pages; page++) {
        if (page > 0) await pace();
        asked.pages++;
        await Promise.resolve();
      }
      return all;
    },
    async one(key) {
      asked.singles++;
      await Promise.resolve();
      return all.find((row) => row.key === key);
    },
  });
  return { shelf, asked, pages, has: (key: string) => all.some((row) => row.key === key) };
}

const situation = fc.record({
  rows: fc.integer({ min: 0, max: 60 }),
  pageSize: fc.integer({ min: 1, max: 20 }),
  /** Each batch is asked at once, the next when all of it is answered. */
  batches: fc.array(fc.array(fc.integer({ min: 0, max: 70 }), { maxLength: 30 }), { maxLength: 6 }),
});

describe("a shelf", () => {
  it("never asks for more than twice the cheaper way, and answers as either would", async () => {
    await fc.assert(
      fc.asyncProperty(situation, async ({ rows, pageSize, batches }) => {
        const { shelf, asked, pages, has } = collection(rows, pageSize);
        const wanted = new Set<string>();
        for (const batch of batches) {
          const keys = batch.map((index) => `k${index}`);
          keys.forEach((key) => wanted.add(key));
          const answers = await Promise.all(keys.map((key) => shelf.one(key)));
          expect(answers.map((found) => found[0]?.key)).toEqual(
            keys.map((key) => (has(key) ? key : undefined)),
          );
        }
        expect(asked.singles + asked.pages).toBeLessThanOrEqual(2 * Math.min(wanted.size, pages) + 1);
      }),
    );
  });

  it("reads one row with one request", async () => {
    const { shelf, asked } = collection(1000, 10);
    await shelf.one("k7");
    expect(asked).toEqual({ singles: 1, pages: 0 });
  });

  it("reads a written row again, and no other", async () => {
    const { shelf, asked } = collection(30, 10);
    await shelf.all();
    shelf.forget("k1");
    await Promise.all([shelf.one("k1"), shelf.one("k2"), shelf.one("k1")]);
    expect(asked).toEqual({ singles: 1, pages: 3 });
  });

  it("lists anew after a write where all of it is wanted, unless an older list does", async () => {
    const { shelf, asked } = collection(30, 10);
    await shelf.all();
    shelf.forget("k1");
    await shelf.all(true);
    expect(asked.pages).toBe(3);
    await shelf.all();
    expect(asked.pages).toBe(6);
  });

  it("still reads singly where the list fails, and says why where all of it is wanted", async () => {
    const shelf = new Shelf<Row>({
      key: ({ key }) => key,
      list: () => Promise.reject(new Error("not whole")),
      one: (key) => Promise.resolve({ key }),
    });
    const found = await Promise.all(["a", "b", "c"].map((key) => shelf.one(key)));
    expect(found).toEqual([[{ key: "a" }], [{ key: "b" }], [{ key: "c" }]]);
    await expect(shelf.all()).rejects.toThrow("not whole");
  });

  it.each([
    ["reads a list again that our own write has changed, when that has ended", true, 1, 2],
    ["gives up on a list that others change", false, 1, 1],
    ["gives up on a list that does not come to rest although nothing is written", true, 9, 2],
  ])("%s", async (_, ours, spoiled, reads) => {
    const said: string[] = [];
    const writes = new OurWrites();
    const shelf = new Shelf<Row>(
      {
        key: ({ key }) => key,
        list() {
          said.push("list");
          return said.filter((each) => each === "list").length > spoiled
            ? Promise.resolve([{ key: "k1" }])
            : Promise.reject(new NotWhole("scim", "people", "its total changed"));
        },
      },
      writes,
    );
    let answered: () => void = () => undefined;
    const write = (name: string) => () =>
      new Promise<void>((end) => {
        answered = () => (said.push(name), end());
      });
    const writing = ours ? [writes.run(write("first"))] : [];
    const answer = answered;
    const rows = shelf.all().catch((error: unknown) => error);
    await new Promise(setImmediate);
    // It waits for the one that is being read.
    if (ours) writing.push(writes.run(write("second")));
    answer();
    expect(await rows).toEqual(spoiled < reads ? [{ key: "k1" }] : expect.any(NotWhole));
    await new Promise(setImmediate);
    answered();
    await Promise.all(writing);
    expect(said).toEqual(ours ? ["list", "first", "list", "second"] : ["list"]);
  });
});
