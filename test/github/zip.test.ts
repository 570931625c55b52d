import { strToU8, zipSync, type Zippable } from "fflate";
import { unzipped } from "../../src/github/zip";

const limits = { entries: 4, entryBytes: 1000, totalBytes: 1500 };
const everything = () => true;
const all = (zip: Uint8Array, wanted: (path: string) => boolean = everything) =>
  Object.fromEntries(
    [...unzipped(zip, wanted, limits)].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]),
  );
const packed = (files: Zippable): Uint8Array => zipSync(files);
const latin1 = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);
const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** Offset of the nth record of a kind. */
function record(zip: Uint8Array, kind: "PK\x01\x02" | "PK\x03\x04" | "PK\x05\x06", nth = 0): number {
  let at = -1;
  for (let count = 0; count <= nth; count++) at = latin1(zip).indexOf(kind, at + 1);
  return at;
}

/** The same archive with bytes of its directory's first entry changed. */
function claiming(zip: Uint8Array, offset: number, value: number): Uint8Array {
  const changed = zip.slice();
  new DataView(changed.buffer).setUint32(record(zip, "PK\x01\x02") + offset, value, true);
  return changed;
}

const SIZE = 24;

describe("an artifact is unpacked", () => {
  it("with its files packed and plain, in folders, and what is not wanted left out", () => {
    const zip = packed({
      cdktf: {},
      "cdktf.out/cdk.tf.json": [strToU8('{"é":1}'), { level: 9 }],
      "plan.json": [strToU8("plain"), { level: 0 }],
      empty: new Uint8Array(),
    });
    expect(all(zip)).toEqual({ "cdktf.out/cdk.tf.json": '{"é":1}', "plan.json": "plain", empty: "" });
    expect(all(zip, (path) => path.endsWith("plan.json"))).toEqual({ "plan.json": "plain" });
    expect(all(packed({}))).toEqual({});
  });

  it("up to the limits and no further", () => {
    const bytes = (count: number) => new Uint8Array(count).fill(97);
    expect(Object.keys(all(packed({ a: bytes(1000), b: bytes(500) })))).toEqual(["a", "b"]);
    for (const level of [0, 9] as const) {
      expect(() => all(packed({ a: [bytes(1001), { level }] }))).toThrow(/"a" unpacks to more than the 1000/);
      expect(() => all(packed({ a: [bytes(1000), { level }], b: [bytes(501), { level }] }))).toThrow(
        /"b" unpacks to more than the 500/,
      );
    }
    const five = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, bytes(1)]));
    expect(() => all(packed(five))).toThrow("it has 5 entries, more than 4");
  });

  it("counts what comes out, not what the archive says", () => {
    const bomb = packed({ a: [new Uint8Array(1_000_000), { level: 9 }] });
    expect(() => all(claiming(bomb, SIZE, 10))).toThrow(/unpacks to more than the 1000 bytes/);
    const small = packed({ a: [strToU8("x".repeat(600)), { level: 9 }] });
    for (const size of [0, 10, 599, 601, 0xffffffff])
      expect(() => all(claiming(small, SIZE, size))).toThrow(
        '"a" does not unpack to what its directory says',
      );
  });

  it.each([
    ["the same", "a.json", "a.json"],
    ["one of them in a folder", "a.json", "x/a.json"],
    ["in another case", "a.json", "A.json"],
    ["written with another accent", "\u00e9.json", "e\u0301.json"],
  ])("not where two files have one name: %s", (_, one, other) => {
    const zip = packed({ [one]: strToU8("1"), [one === other ? "b.json" : other]: strToU8("2") });
    const twice =
      one === other
        ? Uint8Array.from(latin1(zip).replaceAll("b.json", "a.json"), (byte) => byte.charCodeAt(0))
        : zip;
    expect(() => all(twice)).toThrow(/have the same name/);
    expect(() => all(twice, () => false)).toThrow(/have the same name/);
  });

  it.each(["../a", "/a", "a/../b", "a//b", "./a", "..", "a\\b", "a\u0000", "a\u202e"])(
    "not where a path leads elsewhere: %j",
    (path) => expect(() => all(packed({ [path]: strToU8("1") }))).toThrow("is no path inside of an archive"),
  );

  it("not where it is damaged, cut short, encrypted, or shows two directories", () => {
    const zip = packed({ a: [strToU8("hello hello hello"), { level: 9 }], b: strToU8("2") });
    expect(() => all(strToU8("no zip at all, but long enough to hold an end"))).toThrow(
      "it is no zip archive",
    );
    for (let length = 0; length < zip.length; length++) expect(() => all(zip.subarray(0, length))).toThrow();
    const encrypted = zip.slice();
    encrypted[record(zip, "PK\x01\x02") + 8] = 1;
    expect(() => all(encrypted)).toThrow("it is encrypted");
    const stranger = joined(packed({ plan: strToU8("old") }), zip);
    expect(() => all(stranger)).toThrow();
    expect(() => all(joined(zip, strToU8("more")))).toThrow("it is no zip archive");
  });
});
