import { sampled, sitesOf } from "../../scripts/mutants/sites";

const changes = (text: string): string[] =>
  sitesOf("src/a.ts", text).map(({ line, was, becomes }) => `${line}: ${was} -> ${becomes}`);

describe("what is changed to see whether a test notices", () => {
  it.each([
    ["a boundary", "if (count > limit) stop();", ["1: count > limit -> !(count > limit)", "1: > -> >="]],
    ["an equality", "const same = a === b;", ["1: === -> !=="]],
    ["both halves of a condition", "const both = a && b;", ["1: && -> ||"]],
    ["a limit with a name", "const LIMIT = 30;", ["1: 30 -> (30 + 1)"]],
    ["a limit in a comparison", "\nconst many = n >= 4;", ["2: >= -> >", "2: 4 -> (4 + 1)"]],
    ["each part of a digest", "digest({ id, until: day });", ["1: id -> id: 0", "1: until: day -> until: 0"]],
    ["no type", "type A = 1 | 2; const a = <T extends 3>(x: T) => x;", []],
    ["no position", "list.slice(1, 2);", []],
  ])("%s", (_, text, found) => expect(changes(text)).toEqual(found));

  it("is another choice for another seed, and the same for the same", () => {
    const all = Array.from({ length: 200 }, (_, index) => index);
    expect(sampled(all, 40, 1)).toEqual(sampled(all, 40, 1));
    expect(sampled(all, 40, 1)).not.toEqual(sampled(all, 40, 2));
    expect(new Set(sampled(all, 40, 3)).size).toBe(40);
  });
});
