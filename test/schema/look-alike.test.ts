import { nameRemarks, skeleton } from "../../src/schema/look-alike";

const group = (name: string) => ({ what: "group", name });
const person = (name: string) => ({ what: "person", name });

describe("names that a reader cannot tell apart", () => {
  it.each([
    ["a Cyrillic letter", "\u0430nalysts", "analysts"],
    ["a whole Cyrillic word", "\u0421\u041e\u0420\u0415 Web", "COPE Web"],
    ["a Greek letter", "Pr\u03bfduction", "Production"],
    ["other case", "Web", "web"],
    ["full width", "\uff37\uff45\uff42", "Web"],
    ["a digit for a letter", "team-l", "team-1"],
    ["two letters for one", "modern", "modem"],
    ["an invisible letter", "eng\u200b", "eng"],
  ])("%s: two names get a remark, whichever is live", (_, a, b) => {
    expect(skeleton(a)).toBe(skeleton(b));
    for (const [own, live] of [[a, b] as const, [b, a] as const])
      expect(nameRemarks([group(own)], [group(live)]).join("\n")).toContain("look alike");
    expect(nameRemarks([group(a), group(b)], []).join("\n")).toContain("look alike");
  });

  it.each([
    ["\u0430nalysts", "mixes Latin and Cyrillic letters", "U+0430"],
    ["\u0421\u041e\u0420\u0415 Web", "mixes Latin and Cyrillic letters", "U+0421"],
    ["en\u200bg", "has an invisible character", "U+200B"],
  ])("%j alone gets one, with the letters' codes", (name, says, code) => {
    const [remark = "", ...others] = nameRemarks([group(name)], []);
    expect(others).toEqual([]);
    expect(remark).toContain(says);
    expect(remark).toContain(code);
  });

  it.each([
    ["plain names", [group("analysts"), group("Analytics 2"), group("design")], [group("analyst")]],
    [
      "accents and other writing",
      [
        group("R\u00e9gion"),
        group("\u041a\u043e\u043c\u0430\u043d\u0434\u0430 Web"),
        group("\u8a2d\u8a08 Team"),
      ],
      [],
    ],
    ["the same name twice", [group("eng"), group("eng")], [group(" eng")]],
    ["a name of another thing", [group("Web")], [{ what: "project", name: "WEB" }]],
    ["a person in other case", [person("Jo@x.com")], [person("jo@X.com")]],
    ["what is only live", [group("eng")], [group("Web"), group("web")]],
  ])("nothing is said of %s", (_, declared, live) => {
    expect(nameRemarks(declared, live)).toEqual([]);
  });
});
