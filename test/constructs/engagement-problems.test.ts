import { file, GOOD, problems } from "./agency-files";

describe("what is wrong is named with line and column:", () => {
  it.each<[string, string, (string | RegExp)[]]>([
    [
      "an unknown field",
      file({}, "dpaa: DPA-1"),
      [/^nova.yaml:12:1: there is no field "dpaa" here: use agency/],
    ],
    [
      "an unknown field of a group",
      file({}, "    until: 2027-01-01"),
      [/^nova.yaml:12:5: there is no field "until" here: use from, members, expects, may, modules$/],
    ],
    [
      "an unknown field that every object has",
      file({}, "constructor: x", "__proto__: {}"),
      [/^nova.yaml:12:1: there is no field "constructor"/, /^nova.yaml:13:1: there is no field "__proto__"/],
    ],
    ["no DPA", file({ 4: null }), ["nova.yaml:1:1: the file has no dpa: add it"]],
    [
      "no DPA below a comment",
      `# Nova\n${file({ 4: null })}`,
      ["nova.yaml:2:1: the file has no dpa: add it"],
    ],
    ["an empty DPA", file({ 4: "dpa:" }), ["nova.yaml:4:5: dpa is wrong: it is empty"]],
    ["a DPA that is null", file({ 4: "dpa: ~" }), ["nova.yaml:4:6: dpa is wrong: it is empty"]],
    ["a DPA of blanks", file({ 4: 'dpa: "  "' }), ["nova.yaml:4:6: dpa is wrong: it is empty"]],
    [
      "a DPA that is still to come, and an owner of the agency",
      file({ 4: "dpa: pending", 5: "owner: jo@nova.agency" }),
      [
        /^nova.yaml:4:6: dpa is wrong: "pending" is the ref/,
        /^nova.yaml:5:8: jo@nova.agency is of the agency/,
      ],
    ],
    ["an empty SOW", file({ 3: "sow: ''" }), ["nova.yaml:3:6: sow is wrong: it is empty"]],
    [
      "a truth for text",
      file({ 4: "dpa: true" }),
      ["nova.yaml:4:6: dpa is wrong: true is true or false, not text"],
    ],
    [
      "a list for text",
      file({ 1: "agency: [Nova]" }),
      [/^nova.yaml:1:9: agency is wrong: it is a list or a map/],
    ],
    ["text for a list", file({ 2: "domains: nova.agency" }), [/^nova.yaml:2:10: domains is not a list/]],
    ["an empty list of domains", file({ 2: "domains: []" }), [/^nova.yaml:2:1: domains is empty/]],
    [
      "an address for a domain",
      file({ 2: "domains: [nova.agency, jo@nova.agency]" }),
      [/^nova.yaml:2:24: an item of domains is wrong: "jo@nova.agency" is not an e-mail domain/],
    ],
    [
      "a name for an owner",
      file({ 5: "owner: priya" }),
      [/^nova.yaml:5:8: owner is wrong: "priya" is not an e-mail/],
    ],
    [
      "a day that is none",
      file({ 7: "until: 2027-02-30" }),
      [/^nova.yaml:7:8: until is wrong: "2027-02-30" is not a date/],
    ],
    ["a month before a day", file({ 7: "until: 31.03.2027" }), [/^nova.yaml:7:8: until is wrong/]],
    ["a number for a date", file({ 7: "until: 20270331" }), [/^nova.yaml:7:8: until is wrong/]],
    ["a time without an offset", file({ 6: "from: 2026-11-30T09:00:00" }), [/^nova.yaml:6:7: from is wrong/]],
    [
      "an end before the start",
      file({ 7: "until: 2026-11-29" }),
      [/^nova.yaml:7:8: .*its until 2026-11-29 is before its from/],
    ],
    [
      "groups as a list",
      file({ 8: "groups: []", 9: null, 10: null, 11: null }),
      [/^nova.yaml:8:9: groups is not a map/],
    ],
    ["a group with nothing", file({ 10: null, 11: null }), [/^nova.yaml:9:15: agency-nova is not a map/]],
    ["a group without grants", file({ 11: null }), ["nova.yaml:9:3: agency-nova has no may: add it"]],
    [
      "a group without people",
      file({ 10: null }),
      [/^nova.yaml:9:3: agency-nova has neither from nor members/],
    ],
    [
      "a group of both",
      file({ 10: "    members: []", 11: "    from: okta", 12: null }, "    may: {}"),
      [/^nova.yaml:9:3: agency-nova has from and members/],
    ],
    [
      "another identity provider",
      file({ 10: "    from: otka" }),
      [/^nova.yaml:10:11: from is wrong: "otka" is not one of okta/],
    ],
    [
      "expectations of members",
      file({}, "    expects: [jo@nova.agency]"),
      [/^nova.yaml:12:5: expects is for groups with from/],
    ],
    [
      "a member who is no address",
      file({ 10: "    members: [jo, sam@nova.agency]" }),
      [/^nova.yaml:10:15: an item of members is wrong: "jo" is not/],
    ],
    [
      "a member twice",
      file({ 10: "    members: [jo@nova.agency, JO@nova.agency]" }),
      [/^nova.yaml:10:31: "JO@nova.agency" is in members twice/],
    ],
    [
      "a project that the stack does not give",
      file({ 11: "    may: { prod: member }" }),
      [/^nova.yaml:11:12: the stack gives no project "prod": use production, reporting/],
    ],
    [
      "a project that every object has",
      file({ 11: "    may: { toString: member }" }),
      [/^nova.yaml:11:12: the stack gives no project "toString"/],
    ],
    [
      "a role that nobody made",
      file({ 11: "    may: { production: memeber }" }),
      [/^nova.yaml:11:24: production is wrong: "memeber" is not one of viewer, member, manager, admin/],
    ],
    [
      "two roles on one project",
      file({ 11: "    may: { production: member, production: admin }" }),
      [/^nova.yaml:11:32: "production" is there already, at line 11/],
    ],
    [
      "a person who is no address",
      file({}, "people:", "  jo: { may: {} }"),
      [/^nova.yaml:13:3: "jo" is not an e-mail address/],
    ],
    [
      "a leaver without a day",
      file({}, "left:", "  ana@nova.agency: { ticket: SEC-1 }"),
      ["nova.yaml:13:3: ana@nova.agency has no on: add it"],
    ],
    [
      "a leaver who is a member",
      file({}, "left:", "  jo@nova.agency: { on: 2026-12-01 }"),
      [/^nova.yaml:13:3: .*jo@nova.agency is declared present by the group "agency-nova"/],
    ],
    [
      "one person twice",
      file({}, "people:", "  ana@nova.agency: { may: {} }", "  Ana@nova.agency: { may: {} }"),
      [/^nova.yaml:14:3: .*is declared at acme/],
    ],
    ["a tab that indents", file({ 10: "\tmembers: []" }), ["nova.yaml:10:1: a tab is refused: use blanks"]],
    ["a tab between", file({ 4: "dpa:\tDPA-0917" }), ["nova.yaml:4:5: a tab is refused: use blanks"]],
    [
      "a tab before a comment",
      file({ 4: "dpa: DPA-0917\t# signed" }),
      ["nova.yaml:4:14: a tab is refused: use blanks"],
    ],
    [
      "a field twice",
      file({}, "dpa: DPA-2"),
      [/^nova.yaml:12:1: "dpa" is there already, at line 4: keep one/],
    ],
    [
      "a group twice",
      file({}, "  agency-nova: {}"),
      [/^nova.yaml:12:3: "agency-nova" is there already, at line 9/],
    ],
    ["an anchor", file({ 1: "agency: &a Nova" }), [/^nova.yaml:1:9: an anchor is refused/]],
    [
      "an anchor with its alias",
      file({ 1: "agency: &a Nova", 4: "dpa: *a" }),
      [/^nova.yaml:1:9: an anchor is refused/, /^nova.yaml:4:6: an alias is refused/],
    ],
    ["an alias of nothing", file({ 4: "dpa: *none" }), [/^nova.yaml:4:6: an alias is refused/]],
    [
      "a merge key",
      file({}, "  other:", "    <<: { members: [] }", "    may: {}"),
      [/^nova.yaml:12:3: other has neither/, /^nova.yaml:13:5: a merge key is refused/],
    ],
    ["a tag", file({ 4: "dpa: !!int 5" }), [/^nova.yaml:4:6: a tag is refused/]],
    ["a second document", `${GOOD}---\nagency: Two\n`, [/^nova.yaml:12:1: a second document begins/]],
    [
      "a bracket that nobody closes",
      file({ 11: "    may: { production: member" }),
      [/^nova.yaml:11:\d+: not YAML: /],
    ],
    ["an indent that fits nothing", file({ 11: "   may: {}" }), [/^nova.yaml:11:1: not YAML: /]],
    ["a colon too many", file({ 1: "agency: Nova: Analytics" }), [/^nova.yaml:1:9: not YAML: /]],
    ["a list for a file", "- agency\n", [/^nova.yaml:1:1: the file is not a map/]],
    ["text for a file", "Nova\n", [/^nova.yaml:1:1: the file is not a map/]],
    [
      "a field without a name",
      file({}, "? [a, b]", ": c"),
      [/^nova.yaml:12:3: a field of the file has no name/],
    ],
    ["nothing", "", [/^nova.yaml:1:1: the file is empty/]],
    ["comments only", "# soon\n", [/^nova.yaml:1:1: the file is empty/]],
  ])("%s", (_what, text, expected) => {
    const matching = expected.map((one) =>
      typeof one === "string" ? one : (expect.stringMatching(one) as string),
    );
    expect(problems(text)).toEqual(matching);
  });

  it("a billion laughs, before anything is made of them", () => {
    const laughs = [
      "a: &a [ha]",
      ..."b,c,d,e,f,g,h,i"
        .split(",")
        .map((c, i) => `${c}: &${c} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(",")}]`),
    ];
    const found = problems(laughs.join("\n"));
    expect(found[0]).toMatch(/^nova.yaml:1:1: (?:the file has no agency|there is no field "a")/);
    expect(found).toContain("nova.yaml:1:4: an anchor is refused: write each value where it belongs");
    expect(found).toContain("nova.yaml:2:8: an alias is refused: write the value out");
  });

  it.each<[string, string, number]>([
    ["brackets", "[".repeat(100_000), 17],
    ["maps of maps", "{a: ".repeat(100_000), 65],
    ["lists of lists", "- ".repeat(100_000), 33],
    ["explicit keys", "? ".repeat(100_000), 33],
  ])("nesting that would end the process: %s", (_what, text, column) => {
    expect(problems(text)).toEqual([
      `nova.yaml:1:${column}: it is nested too deeply: engagements need four levels`,
    ]);
  });

  it("nesting by indents", () => {
    const text = Array.from({ length: 200 }, (_, i) => `${" ".repeat(i)}a:`).join("\n");
    expect(problems(text)).toEqual([expect.stringMatching(/^nova.yaml:66:1: it is nested too deeply/)]);
  });

  it("a file of 1 MiB is read, and one byte more is not", () => {
    const exactly = `${GOOD}#${"x".repeat(1024 * 1024 - GOOD.length - 1)}`;
    expect(problems(exactly)).toEqual([]);
    expect(problems(`${exactly}x`)).toEqual([
      expect.stringMatching(/^nova.yaml:1:1: it is larger than 1 MiB/),
    ]);
  });

  it("thousands of duplicates, each once and in reasonable number", () => {
    const found = problems(`${GOOD}${"dpa: DPA-1\n".repeat(5000)}`);
    expect(found).toHaveLength(101);
    expect(found[100]).toMatch(/^nova.yaml:112:1: and 4900 more problems from here/);
  });

  it("text that is not UTF-8", () => {
    const bytes = Uint8Array.from("agency: \u00e9\n", (letter) => letter.charCodeAt(0));
    expect(problems({ "nova.yaml": bytes })).toEqual([
      expect.stringMatching(/^nova.yaml:1:1: it is not UTF-8/),
    ]);
  });
});
