import { cleanText, redactedDrift, Redaction } from "../../src/report";
import type { DriftReport } from "../../src/drift";

const known = (): Redaction => {
  const redaction = new Redaction();
  redaction.know({
    people: ["jo@nova.agency", "ana@nova.agency", "leo@nova.agency", "o'brien@x.com"],
    seed: "s",
  });
  return redaction;
};

describe("a redaction", () => {
  const redaction = known();
  const [jo, obrien] = [redaction.number("jo@nova.agency"), redaction.number("o'brien@x.com")];
  it.each([
    ["as it is", "invite jo@nova.agency", `invite nova.agency/person-${jo}`],
    ["in another case", "JO@Nova.Agency", `nova.agency/person-${jo}`],
    [
      "percent-encoded",
      "GET /scim/1/Users/jo%40nova.agency?x",
      `GET /scim/1/Users/nova.agency/person-${jo}?x`,
    ],
    ["with a genitive", "jo@nova.agency's charts", `nova.agency/person-${jo}'s charts`],
    ["in a list", 'admins ["jo@nova.agency"]', `admins ["nova.agency/person-${jo}"]`],
    ["after an equals sign", "email=jo@nova.agency", `email=nova.agency/person-${jo}`],
    ["of a domain of their own", "ask o'brien@x.com.", `ask person-${obrien}.`],
    [
      "the name of a resource",
      "acme/amplitude_user.jo_nova (acme/jo/Resource)",
      "acme/amplitude_user.1 ((construct))",
    ],
  ])("an e-mail %s", (_name, text, expected) => {
    expect(redaction.text(text)).toBe(expected);
  });

  const unusual = [
    "ludmila@пример.рф",
    '"ana lima"@ana.example',
    '"rosa\\"x"@nova.agency',
    "rosalind@[192.0.2.7]",
    "rosalind@[IPv6:2001:db8::7]",
    "ji(li)@x.com",
    "joan\u200bna@x.com",
    "用户@例子.公司",
    "nobody-at-all",
    "a@b@x.com",
  ];
  it.each(unusual)("takes out somebody who is known, however their address looks: %s", (email) => {
    const redaction = new Redaction();
    redaction.know({ people: [...unusual, "jo@else.example"], seed: "s" });
    // Three of them share a domain.
    const name = `${email.endsWith("@x.com") ? "x.com/" : ""}person-${redaction.number(email)}`;
    const ways = [email, email.toUpperCase(), encodeURIComponent(email), JSON.stringify(email).slice(1, -1)];
    for (const way of [...ways, cleanText(email)]) {
      expect(redaction.text(`GET /Users/${way}: 404`)).toBe(`GET /Users/${name}: 404`);
      expect(redaction.text(`agency-nova gains ${way}, jo@else.example`)).toMatch(
        new RegExp(`^agency-nova gains ${name}, person-\\d+$`),
      );
    }
    expect(redaction.deep({ [email]: [email] })).toEqual({ [name]: [name] });
  });

  it.each([
    ["люда@пример.рф", /^asked person-\d+ twice$/],
    ['"eva ek"@x.com', /^asked person-\d+ twice$/],
    ["eva@[192.0.2.7]", /^asked person-\d+ twice$/],
    ["eva＠ｘ.ｃｏｍ", /^asked person-\d+ twice$/],
    ["%22eva%20ek%22%40x.com", /^asked person-\d+ twice$/],
    ["用户@例子。公司", /^asked person-\d+ twice$/],
  ])("takes out whoever is not known, by an address in any script: %s", (email, expected) => {
    expect(new Redaction().text(`asked ${email} twice`)).toMatch(expected);
  });

  it("finds somebody in a text without spaces", () => {
    expect(redaction.text("招待jo@nova.agencyに送信")).toBe(
      "招待jo@nova.agencyに送信".replace("jo@nova.agency", `nova.agency/person-${jo}`),
    );
  });

  it("leaves words, roles, ids and digests as they are", () => {
    const text = "agency-nova: Member → Admin on Web (3 @ 10:00) [3f9a1c22d0b7e441] 1 of 2";
    expect(redaction.text(text)).toBe(text);
  });

  it("hides names, and ids of keys, where a field holds nothing else", () => {
    expect(redaction.deep({ givenName: "Jo", keyId: "k-1", "jo@nova.agency": [1, null, "Jo"] })).toEqual({
      givenName: "(name)",
      keyId: "(key id)",
      [`nova.agency/person-${jo}`]: [1, null, "Jo"],
    });
  });

  it("numbers people by chance, the same for the same plan", () => {
    const people = Array.from({ length: 50 }, (_, index) => `person${String(index).padStart(2, "0")}@x.com`);
    const numbers = (seed: string): number[] => {
      const drawn = new Redaction();
      drawn.know({ people, seed });
      return people.map((email) => drawn.number(email));
    };
    expect(numbers("a")).toEqual(numbers("a"));
    expect(numbers("a")).not.toEqual(numbers("b"));
    expect([...numbers("a")].sort((x, y) => x - y)).not.toEqual(numbers("a"));
  });

  it("takes addresses, key ids and whoever acted out of what the audit log says", () => {
    const report = {
      items: [
        {
          id: "3f9a1c22d0b7e441",
          sort: "event",
          what: "a new API key: 4d1f9be277c05ae1, from 203.0.113.9 and 2001:db8::1",
          by: { actor: "nova-key", at: "2026-11-23T09:00:00Z", through: "Mozilla/5.0" },
          adopt: ["joNovaAgency.may(Role.Admin, web);"],
          counts: true,
        },
        {
          id: "a",
          sort: "outside",
          what: "jo@nova.agency",
          adopt: [],
          counts: true,
          by: { actor: "", at: "" },
        },
      ],
      notes: ["accepted by jo@nova.agency"],
    } as unknown as DriftReport;
    const text = JSON.stringify(redactedDrift(report, known()));
    expect(text).toContain("a new API key: (id), from (address) and (address)");
    expect(text).toContain("3f9a1c22d0b7e441");
    expect(text).not.toMatch(/nova-key|jo@|joNova|203\.0/);
  });
});
