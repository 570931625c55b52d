import fc from "fast-check";

import { givenClock } from "../../src/api/clock";
import { NotWhole } from "../../src/api/failure";
import { readWhole, walkCounted, walkCursors } from "../../src/api/pages";

const clock = givenClock(
  () => Date.parse("2026-11-23T12:00:00Z"),
  () => Promise.resolve(),
);
const people = { family: "scim", name: "people", clock } as const;
const self = (row: string): string => row;

/** Pages by what was asked for: rows of a list that changes as a test says. */
function counted(pages: readonly { at: number; rows: string[]; total: number }[]) {
  const asked: number[] = [];
  return {
    asked,
    read: () =>
      walkCounted((startIndex) => {
        const page = pages[asked.length];
        asked.push(startIndex);
        if (page?.at !== startIndex) throw new Error(`Nobody expected a page at ${startIndex}.`);
        return Promise.resolve(page);
      }, self),
  };
}

const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `p${from + index}`);

describe("a list that counts itself", () => {
  it.each([
    ["nobody", [{ at: 1, rows: [], total: 0 }]],
    ["one page", [{ at: 1, rows: names(1, 3), total: 3 }]],
    [
      "one more than two full pages",
      [
        { at: 1, rows: names(1, 100), total: 201 },
        { at: 101, rows: names(101, 200), total: 201 },
        { at: 201, rows: ["p201"], total: 201 },
      ],
    ],
    [
      "a page that is short though more follow",
      [
        { at: 1, rows: names(1, 40), total: 150 },
        { at: 41, rows: names(41, 140), total: 150 },
        { at: 141, rows: names(141, 150), total: 150 },
      ],
    ],
    ["everything at once, whatever page was asked for", [{ at: 1, rows: names(1, 250), total: 250 }]],
  ])("is read whole: %s", async (_, pages) => {
    const { read, asked } = counted(pages);
    const listing = await readWhole(people, read);
    expect(listing.items).toEqual(pages.flatMap(({ rows }) => rows));
    expect(listing.proof).toEqual({
      family: "scim",
      collection: "people",
      requests: asked.length,
      rows: listing.items.length,
      total: listing.items.length,
      startedAt: "2026-11-23T12:00:00.000Z",
      endedAt: "2026-11-23T12:00:00.000Z",
    });
  });

  const anomalies: [string, { at: number; rows: string[]; total: number }[], string][] = [
    [
      "an empty page before the total",
      [
        { at: 1, rows: names(1, 2), total: 3 },
        { at: 3, rows: [], total: 3 },
      ],
      "it ended after 2 of 3",
    ],
    [
      "a total that changes",
      [
        { at: 1, rows: names(1, 2), total: 3 },
        { at: 3, rows: ["p3"], total: 4 },
      ],
      "its total changed from 3 to 4 while it was read",
    ],
    [
      "somebody who comes twice, because a row before them went",
      [
        { at: 1, rows: ["p1", "p2"], total: 3 },
        { at: 3, rows: ["p2"], total: 3 },
      ],
      "p2 came twice",
    ],
    ["more rows than the total", [{ at: 1, rows: names(1, 4), total: 3 }], "4 came, of 3"],
  ];

  it.each(anomalies)("is read again after %s", async (_, pages) => {
    const { read } = counted([...pages, { at: 1, rows: ["p1"], total: 1 }]);
    const listing = await readWhole(people, read);
    expect(listing.items).toEqual(["p1"]);
    expect(listing.proof).toMatchObject({ requests: pages.length + 1, rows: 1, total: 1 });
  });

  it.each(anomalies)("is refused after %s twice", async (_, pages, reason) => {
    const { read, asked } = counted([...pages, ...pages]);
    const refused = readWhole(people, read);
    await expect(refused).rejects.toThrow(NotWhole);
    await expect(refused).rejects.toMatchObject({ family: "scim", collection: "people", reason });
    expect(asked).toHaveLength(pages.length * 2);
  });

  it("is whole for every size of list and however pages are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(350),
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1 }),
        async (total, sizes) => {
          let n = 0;
          const all = names(1, total);
          const reading = walkCounted((startIndex) => {
            const size = sizes[n++ % sizes.length]!;
            return Promise.resolve({ rows: all.slice(startIndex - 1, startIndex - 1 + size), total });
          }, self);
          expect(await reading).toMatchObject({ rows: all, total });
        },
      ),
    );
  });
});

describe("a list that ends with a cursor", () => {
  interface Page {
    readonly cursor?: string;
    readonly rows: string[];
    readonly next: string | null | undefined;
    readonly more?: boolean;
  }
  const following = (pages: readonly Page[]) => {
    let n = 0;
    return () =>
      walkCursors((cursor) => {
        const page = pages[n++ % pages.length]!;
        expect(cursor).toBe(page.cursor);
        return Promise.resolve(page);
      }, self);
  };

  it("is followed to its end, over pages that are empty", async () => {
    const listing = await readWhole(
      people,
      following([
        { rows: ["a"], next: "c1" },
        { cursor: "c1", rows: [], next: "c2", more: true },
        { cursor: "c2", rows: ["b"], next: null, more: false },
      ]),
    );
    expect(listing.items).toEqual(["a", "b"]);
    expect(listing.proof).toMatchObject({ requests: 3, rows: 2 });
    expect(listing.proof).not.toHaveProperty("total");
  });

  it.each<[string, Page[], string]>([
    [
      "somebody comes twice",
      [
        { rows: ["a"], next: "c1" },
        { cursor: "c1", rows: ["a"], next: null },
      ],
      "a came twice",
    ],
    [
      "cursors go round",
      [
        { rows: ["a"], next: "c1" },
        { cursor: "c1", rows: ["b"], next: "c1" },
      ],
      "its cursors go round in a circle",
    ],
    [
      "a page says there is more, and not where",
      [{ rows: ["a"], next: null, more: true }],
      "a page said that there is more, and not where",
    ],
  ])("is refused when %s", async (_, pages, reason) => {
    await expect(readWhole(people, following(pages))).rejects.toMatchObject({ name: "NotWhole", reason });
  });

  it("stays open when the last page does not say that it is the last", async () => {
    expect(await following([{ rows: ["a"], next: undefined }])()).toMatchObject({ open: true });
    expect(await following([{ rows: ["a"], next: null }])()).toMatchObject({ open: false });
  });
});
