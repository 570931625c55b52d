import MarkdownIt from "markdown-it";
import { commentBytes, commentMarker, planMarkdown, planPage, planText, viewOf } from "../../src/report";
import { code, prose } from "../../src/report/markdown/markdown-text";
import { harness } from "../support/harness";
import { organization } from "../support/organization";
import { agencyArrives, fiveThousandLeave, hostile, hostileNames } from "./situations";

/** Another implementation of GitHub's Markdown: tables, raw HTML, links without brackets. */
const github = new MarkdownIt({ html: true, linkify: true });
const number = (text: string | undefined): number => Number((text ?? "").replaceAll(",", ""));
const bytes = (text: string): number => Buffer.byteLength(text, "utf8");

describe("a comment on a pull request", () => {
  it("is found again by its marker, which names organization and stacks", async () => {
    const view = viewOf(await agencyArrives().plan(), "apply");
    expect(commentMarker(view)).toBe("<!-- amplitude-access:7:acme -->");
    expect(planMarkdown(view).split("\n")[0]).toContain(commentMarker(view));
    expect(commentMarker({ ...view, stacks: ["--><b>", "a:b"] })).toBe(
      "<!-- amplitude-access:7:--%3E%3Cb%3E:a%3Ab -->",
    );
  });

  it("has every section, also where there is nothing to say", async () => {
    const empty = agencyArrives().stack({});
    await empty.apply();
    const text = planMarkdown(viewOf(await empty.plan(), "nothing is to be run"));
    expect(text.split("\n")[0]).not.toContain("incomplete");
    const sections = [
      "No changes",
      "People (0)",
      "cannot be undone:** nothing",
      "Steps (0)",
      "Guards",
      "Policies",
    ];
    for (const section of [...sections, "Not checked", "Cost", "To run exactly this"])
      expect(text).toContain(section);
  });

  it("of 5,000 removals fits, says that it is incomplete, and its counts add up", async () => {
    const view = await fiveThousandLeave();
    const text = planMarkdown(view, { page: "https://ci.example/plan.html" });
    expect(bytes(text)).toBeLessThanOrEqual(commentBytes);
    expect(bytes(text)).toBeGreaterThan(commentBytes * 0.8);
    const [first = ""] = text.split("\n");
    expect(first).toContain("*incomplete*");
    expect(text).toContain("the whole list is on [the page](https://ci.example/plan.html)");

    const rows = text.split("\n").filter((line) => line.startsWith("| ➖ leaves"));
    expect(rows.length).toBeGreaterThan(100);
    const [, more, counts] = /\| … \| \*\*([\d,]+) more\*\* \| (.*?) \|/.exec(text) ?? [];
    expect(rows.length + number(more)).toBe(5000);
    const parts = (counts ?? "").split("; ").map((part) => number(/^[\d,]+/.exec(part)?.[0]));
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(number(more));
    expect(counts).toMatch(/^\d+ ➖ leaves \(via group agency-\d+\); /);

    const undone = text.split("\n").filter((line) => line.startsWith("- removing "));
    const [, moreUndone] = /- and ([\d,]+) more: ([\d,]+) removing/.exec(text) ?? [];
    expect(undone.length + number(moreUndone)).toBe(5000);

    const steps = text.split("\n").filter((line) => /^\d+\. /.test(line));
    const [, lines, , sorts] = /- and ([\d,]+) more lines, ([\d,]+) steps: (.*)$/m.exec(text) ?? [];
    expect(steps.length + number(lines)).toBe(view.lines.length);
    expect(sorts).toMatch(/write/);
  });

  it("of names as long as a page fits", async () => {
    const view = viewOf(await agencyArrives().plan(), "apply");
    const long = "x".repeat(100_000);
    const [person] = view.people;
    const text = planMarkdown({
      ...view,
      stacks: [long],
      people: [{ ...person!, email: long, why: [long] }],
      irreversible: Array.from({ length: 50 }, () => ({
        what: "person" as const,
        subject: long,
        says: long,
      })),
      guards: [{ name: long, verdict: "refused", says: long, advice: long }],
      notChecked: [long],
      command: long,
    });
    expect(bytes(text)).toBeLessThanOrEqual(commentBytes);
  });
});

describe("hostile names in a comment", () => {
  it.each(hostileNames)("%j is a code span and nothing else, also in a table's cell", (name) => {
    const html = github.render(
      `| a | b |\n|---|---|\n| ${code(name)} | end |\n\n- ${prose(`group ${name} gains jo`)}`,
    );
    expect(html.match(/<td>/g)).toHaveLength(2);
    expect(html).toMatch(/<td>end<\/td>/);
    expect(html.replaceAll(/<code>[^<]*<\/code>/g, "")).not.toMatch(
      /<(?!\/?(?:table|thead|tbody|tr|th|td|ul|li)\b)|@|#\d|:tada:|evil\.example|[0-9a-f]{40}|GH-2/,
    );
  });

  it("leave the whole comment without a link, an element or a comment of theirs", async () => {
    const view = viewOf(await hostile().plan(), "apply");
    const html = github.render(planMarkdown(view));
    const ours =
      /<\/?(?:h3|h4|p|strong|em|table|thead|tbody|tr|th|td|ul|ol|li|code|br|details|summary)(?: start="\d+")?>/g;
    expect(html.replaceAll(ours, "").replaceAll(commentMarker(view), "")).not.toMatch(/[<>]/);
    expect(html.split(commentMarker(view))).toHaveLength(2);
  });

  it("do not pass for words of ours", () => {
    expect(prose("SEC-311 ended 2027-03-31, at 09:00:00 (3 of 4): Member → no access.")).toBe(
      "SEC-311 ended 2027-03-31, at 09:00:00 (3 of 4): Member → no access.",
    );
    expect(prose("ana@nova.agency's charts > to (@acme/x).")).toBe(
      "`ana@nova.agency`'s charts > to (`@acme/x`).",
    );
    expect(code("")).toBe("`(empty)`");
    expect(code("`a`")).toBe("`` `a` ``");
  });
});

it("a remark about names is in every rendering", async () => {
  const site = harness({
    organization: organization().group("analysts"),
    stack: { resources: { "amplitude_group.g": { name: "\u0430nalysts" } } },
  });
  const live = await site.plan();
  const view = viewOf(live, "apply");
  for (const text of [
    planMarkdown(view),
    planText(view, { color: false }),
    planPage(live, view),
    JSON.stringify(view),
  ]) {
    expect(text).toContain("U+0430");
    expect(text).toContain("look alike");
  }
});
