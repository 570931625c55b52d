import fc from "fast-check";
import { NotWhole } from "../../src/api";
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
    ["reads a list again that our own writes have changed while it was read", 3, true],
    ["gives up on a list that others change", 3, false],
    ["gives up on a list that does not come to rest", 100, true],
  ])("%s", async (_, spoiled, ours) => {
    let read = 0;
    const writes = { begun: 0, ended: 0 };
    const shelf = new Shelf<Row>(
      {
        key: ({ key }) => key,
        list() {
          if (read++ >= spoiled) return Promise.resolve([{ key: "k1" }]);
          // It has changed the list, and its answer has not arrived yet.
          if (ours) writes.begun++;
          return Promise.reject(new NotWhole("scim", "people", "its total changed"));
        },
      },
      writes,
    );
    const rows = await shelf.all().catch((error: unknown) => error);
    expect(rows).toEqual(ours && spoiled === 3 ? [{ key: "k1" }] : expect.any(NotWhole));
    expect(read).toBe(!ours ? 1 : spoiled === 3 ? 4 : 9);
  });
});
