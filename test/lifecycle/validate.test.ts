import { validate, validateLookup } from "../../src/lifecycle";
import { kinds, lookups } from "../../src/resources";
import { Unknown } from "../../src/schema";

describe.each(kinds.map((kind) => [kind.type, kind] as const))("%s", (_, kind) => {
  const example = { ...kind.example.create, ...kind.example.update } as Readonly<Record<string, unknown>>;
  const names = Object.keys(kind.attributes);
  const of = (presence: string) => names.filter((name) => kind.attributes[name]?.presence === presence);

  it("accepts its own examples", () => {
    expect(validate(kind, { ...kind.example.create })).toEqual([]);
    expect(validate(kind, example)).toEqual([]);
  });

  it.each(of("required"))("needs %s", (name) => {
    for (const missing of [undefined, null]) {
      const [problem] = validate(kind, { ...example, [name]: missing });
      expect(problem).toMatchObject({ severity: "error", attribute: name, summary: `${name} is missing` });
    }
  });

  it("does not let what Amplitude answers be written", () => {
    for (const name of of("computed")) {
      const [problem] = validate(kind, { ...example, [name]: "x" });
      expect(problem).toMatchObject({ attribute: name, summary: `${name} is computed` });
    }
  });

  it.each(names.filter((name) => kind.attributes[name]?.presence !== "computed"))(
    "says what is wrong with %s",
    (name) => {
      for (const wrong of [{ a: [] }, [[]], 1.5, ""]) {
        const problems = validate(kind, { ...example, [name]: wrong });
        expect(problems.map(({ attribute }) => attribute)).toContain(name);
        for (const { summary, detail } of problems) {
          expect(summary).toMatch(/\S/);
          expect(detail).toMatch(/\S/);
        }
      }
    },
  );

  it("refuses what it does not know, and names what it does", () => {
    const [problem] = validate(kind, { ...example, nickname: "x" });
    expect(problem).toMatchObject({ attribute: "nickname" });
    for (const name of names) expect(problem?.detail).toContain(name);
  });

  it("has a key that is written, so that every instance has one", () => {
    const presences = kind.key.map((name) => kind.attributes[name]?.presence);
    expect(presences).toContain("required");
    expect(presences).not.toContain("computed");
  });

  it("says something about every attribute", () => {
    for (const name of names) expect(kind.attributes[name]?.description).toMatch(/\.$/);
  });
});

describe("an id that is still to come", () => {
  it("is accepted where an id is written", () => {
    for (const kind of kinds) {
      for (const [name, attribute] of Object.entries(kind.attributes)) {
        if (attribute.type.refersTo === undefined) continue;
        const config = {
          ...kind.example.create,
          principal_type: "group",
          [name]: new Unknown("a.b.id", "b"),
        };
        if (!("principal_type" in kind.attributes))
          delete (config as Record<string, unknown>)["principal_type"];
        expect([kind.type, name, validate(kind, config)]).toEqual([kind.type, name, []]);
      }
    }
  });
});

describe.each(lookups.map((lookup) => [lookup.type, lookup] as const))("data.%s", (_, lookup) => {
  it("needs what it looks up by, and nothing else", () => {
    const by = lookup.by === "email" ? "jo@x.com" : "Web";
    expect(validateLookup(lookup, { [lookup.by]: by })).toEqual([]);
    expect(validateLookup(lookup, {})[0]?.summary).toBe(`${lookup.by} is missing`);
    expect(validateLookup(lookup, { [lookup.by]: by, id: "1" })[0]?.summary).toBe("id is computed");
    expect(validateLookup(lookup, { [lookup.by]: by, x: "1" })[0]?.attribute).toBe("x");
  });
});
