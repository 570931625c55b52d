import { canonicalJson, date, digest, email, idOf, instant, mapOf, setOf, Unknown } from "../../src/schema";

describe("an e-mail address", () => {
  it.each(["jo@nova.agency", "Jo.O'Neil+x@a-b.example.com", "jo@xn--bcher-kva.example"])("is %s", (text) => {
    expect(email.check(text)).toBeUndefined();
  });

  it.each([
    "",
    "jo",
    "jo@nova",
    "jo@@nova.agency",
    "jo @nova.agency",
    "<jo@nova.agency>",
    "jo@-nova.agency",
    7,
    null,
  ])("is not %p", (value) => expect(email.check(value)).toEqual(expect.any(String)));

  it("is compared without case", () => {
    expect(email.canonical("Jo@Nova.Agency")).toBe(email.canonical("jo@nova.agency"));
  });
});

describe("an end", () => {
  it.each([
    ["2027-03-31", "2027-04-01T00:00:00.000Z"],
    ["2028-02-29", "2028-03-01T00:00:00.000Z"],
    ["2027-03-31T18:00:00+02:00", "2027-03-31T16:00:00.000Z"],
    ["2027-03-31T18:00Z", "2027-03-31T18:00:00.000Z"],
  ])("%s is %s", (text, expected) => {
    expect(instant.check(text)).toBeUndefined();
    expect(instant.canonical(text)).toBe(expected);
  });

  it.each([
    "2027-02-30",
    "2027-02-30T10:00:00Z",
    "2027-13-01",
    "2027-03-31T18:00:00",
    "2027-03-31T25:00:00Z",
    "2027-03-31 18:00:00Z",
    "31.03.2027",
    "tomorrow",
    "",
    0,
  ])("is not %p", (value) => expect(instant.check(value)).toEqual(expect.any(String)));

  it.each(["2027-02-29", "2027-03-31T00:00:00Z", "2027-3-1"])("a day is not %s", (text) => {
    expect(date.check(text)).toEqual(expect.any(String));
  });
});

describe("collections", () => {
  it("are equal in any order, with repetitions and in any case", () => {
    const members = setOf(email);
    expect(members.canonical(["Jo@x.com", "sam@x.com", "jo@X.com"])).toBe(
      members.canonical(["sam@x.com", "jo@x.com"]),
    );
  });

  it("name the item that is wrong", () => {
    expect(setOf(email).check(["jo@x.com", "nobody"])).toContain("nobody");
    expect(setOf(email).check("jo@x.com")).toContain("not a list");
    expect(mapOf(email, instant).check({ "jo@x.com": "soon" })).toContain("soon");
    expect(mapOf(email, instant).check(["jo@x.com"])).toContain("not a map");
  });

  it("refuse a map that says one thing twice: which end holds would depend on the order", () => {
    const ends = mapOf(email, instant);
    expect(ends.check({ "Jo@x.com": "2027-01-01", "jo@x.com": "2028-01-01" })).toEqual(expect.any(String));
  });
});

describe("an id", () => {
  const id = idOf("group id", () => "group");

  it("may be unknown, and then goes by its name", () => {
    expect(id.check(new Unknown("amplitude_group.eng.id", "eng"))).toBeUndefined();
    expect(id.canonical(new Unknown("amplitude_group.eng.id", "eng"))).toBe("~eng");
    expect(id.canonical("601")).toBe("601");
    expect(id.check("")).toEqual(expect.any(String));
  });
});

describe("canonical JSON", () => {
  it.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ a: undefined, b: null }, '{"b":null}'],
    [[3, "x", [true]], '[3,"x",[true]]'],
    [undefined, "null"],
    ["é\n", '"é\\n"'],
  ])("of %p is %s", (value, expected) => expect(canonicalJson(value)).toBe(expected));

  it("is the same before and after a file: what is digested is what is written", () => {
    const value = { id: new Unknown("amplitude_group.eng.id", "eng") };
    const read = JSON.parse(JSON.stringify(value)) as { id: string };
    expect(digest(read)).toBe(digest(value as never));
  });
});
