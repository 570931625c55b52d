import fc from "fast-check";

import { quote, Secret } from "../../src/api/secret";

const secrets = [new Secret("AMPLITUDE_SCIM_KEY", "k3y/with+signs"), new Secret("AMPLITUDE_TOKEN", "k3y")];

describe("quoting what the other side said", () => {
  it.each([
    ["its value", "bad key k3y/with+signs!", "bad key [AMPLITUDE_SCIM_KEY]!"],
    ["percent-encoded", "?key=k3y%2Fwith%2Bsigns", "?key=[AMPLITUDE_SCIM_KEY]"],
    ["in base64", Buffer.from("k3y/with+signs").toString("base64"), "[AMPLITUDE_SCIM_KEY]"],
    ["shorter than another", "k3y and k3y/with+signs", "[AMPLITUDE_TOKEN] and [AMPLITUDE_SCIM_KEY]"],
  ])("hides a credential: %s", (_, text, shown) => {
    expect(quote(text, secrets)).toBe(shown);
    expect(quote(text, [...secrets].reverse())).toBe(shown);
  });

  it("removes what a terminal would obey", () => {
    expect(quote("a\u001b[31mred\u0007\r\nb\u202Ec\u200Bd", [])).toBe("a [31mred b c d");
  });

  it("cuts after 300 characters, and never through a credential", () => {
    const shown = quote(`${"x".repeat(295)}k3y/with+signs and more`, secrets);
    expect(shown).toBe(`${"x".repeat(295)}[AMPL...`);
  });

  it("never shows a credential, whatever surrounds it", () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[!-~]{6,20}$/), fc.string(), (before, value, after) => {
        fc.pre(
          !"[NAME]".includes(value) &&
            value.trim() !== "" &&
            !before.includes(value) &&
            !after.includes(value),
        );
        const secret = new Secret("NAME", value);
        const shown = quote(`${before}${value}${after}`, [secret]);
        // What stands beside it can complete it again only by chance of overlap, which the marks prevent.
        expect(shown.replaceAll("[NAME]", "\n")).not.toContain(value);
      }),
    );
  });
});
