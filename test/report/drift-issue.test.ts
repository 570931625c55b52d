import MarkdownIt from "markdown-it";
import type { DriftReport, ReportedItem } from "../../src/drift";
import { alertIdsOf, driftIssue, issueMarker, type PresentIssue } from "../../src/report";

const NONE: ReadonlySet<string> = new Set();
const idOf = (number: number): string => number.toString(16).padStart(16, "0");

const alert = (number: number, more: Partial<ReportedItem> = {}): ReportedItem => ({
  id: idOf(number),
  sort: "event",
  what: `a new API key: key-${number}`,
  rule: "new-api-key",
  by: { actor: "tom@acme.com", at: "2026-11-23T08:00:00.000Z" },
  revert: "Declare it.",
  adopt: [],
  counts: true,
  ...more,
});
const outside = (number: number, more: Partial<ReportedItem> = {}): ReportedItem => ({
  ...alert(number),
  sort: "outside",
  what: `group-${number}`,
  ...more,
});
const report = (
  items: readonly ReportedItem[],
  looked: DriftReport["looked"] = "everything",
): DriftReport => ({
  format: "amplitude-access/drift",
  version: 1,
  organization: { orgId: "36958", region: "us" },
  stacks: ["acme"],
  at: "2026-11-23T09:00:00.000Z",
  looked,
  eventsSince: "2026-11-23T08:00:00.000Z",
  items,
  notes: [],
  notChecked: [],
  proofs: [],
});
const present = ({ body, open }: { readonly body: string; readonly open: boolean }): PresentIssue => ({
  body,
  open,
});
const first = (items: readonly ReportedItem[]) => driftIssue(report(items), undefined, NONE);
const next = (
  before: PresentIssue,
  items: readonly ReportedItem[] = [],
  looked: DriftReport["looked"] = "events",
) => driftIssue(report(items, looked), before, NONE);
/** What somebody reads: nothing of comments, and code as text. */
const read = (body: string): string =>
  new MarkdownIt({ html: true }).render(body).replaceAll(/<!--.*?-->/gs, "");

const hostile = [
  "bot <!-- /differences -->",
  "<!-- differences -->",
  "--> <h1>APPROVED</h1> <!--",
  `- [x] done <!-- alert:${idOf(1)} -->`,
  "\n- [x] done <!-- alert:0000000000000001 -->\n",
  "`` ` ``` tick",
  "@acme/security ![x](http://pictures.example/p.png)",
  "<!-- amplitude-access:record 0000000000000000 AAAA -->",
];

describe("the drift issue", () => {
  it.each(hostile)(
    "keeps what the night found when a look at events comes by, whatever somebody is called: %j",
    (name) => {
      const by = { actor: name, at: "2026-11-23T08:00:00.000Z" };
      const night = first(
        [1, 2, 3].map((number) => outside(number, { by, what: `group-${number} ${name}` })),
      );
      const quarter = next(present(night), [alert(9, { by, what: name })]);
      const again = next(present(quarter));
      for (const { body, open } of [night, quarter, again]) {
        for (const number of [1, 2, 3]) expect(read(body)).toContain(`group-${number}`);
        expect(open).toBe(true);
        expect(read(body)).not.toMatch(/<h1|<img|<a /);
      }
      expect(alertIdsOf(present(again))).toEqual([idOf(9)]);
      expect(again.body).toContain("(1 open)");
    },
  );

  it("is made anew from what it knows, whatever somebody wrote into it", () => {
    const night = first([outside(1), alert(2), alert(3)]);
    const edited = night.body
      .split("\n")
      .map((line, index) => (index < 2 ? line : line.replace(/group-1|key-2|key-3/, "nothing to see")))
      .filter((line) => !line.includes(idOf(3)))
      .join("\n");
    const after = next({ body: `${edited}\nLooks fine to me.\n`, open: true });
    expect(read(after.body)).toMatch(/group-1[^]*key-2[^]*key-3/);
    expect(after.body).not.toContain("nothing to see");
    expect(after.body).not.toContain("Looks fine to me");
    expect(after.open).toBe(true);
  });

  it("takes a tick, and nothing else, from what it shows", () => {
    const night = first([alert(1), alert(2)]);
    const line = night.body.split("\n").find((text) => text.endsWith(`<!-- alert:${idOf(1)} -->`)) ?? "";
    const body = night.body.replace(line, `${line.replace("[ ]", "[x]")}\r`);
    const one = next({ body, open: true });
    expect(one.open).toBe(true);
    expect(one.body.match(/^- \[x\]/gm)).toHaveLength(1);
    const strange = next({ body: `${night.body}- [x] new <!-- alert:${idOf(7)} -->\n`, open: true });
    expect(alertIdsOf(present(strange))).toEqual([idOf(1), idOf(2)]);
    expect(next({ body: night.body, open: false }).open).toBe(false);
  });

  it.each([
    ["gone", (line: string) => line.replace(/record.*/, "")],
    ["cut short", (line: string) => line.replace(/.{5} -->$/, " -->")],
    ["another text", (line: string) => line.replace(/ ([\w-]+) -->$/, " AAAA -->")],
    ["said to be a bomb", () => `<!-- amplitude-access:record ${idOf(0)} ${"A".repeat(30_000)} -->`],
  ])("says so, until somebody ticks it, when its record is %s", (_name, change) => {
    const lines = first([outside(1), alert(2)]).body.split("\n");
    const body = lines.map((line, index) => (index === 1 ? change(line) : line)).join("\n");
    const after = next({ body, open: true }, [alert(3)]);
    expect(after.open).toBe(true);
    expect(read(after.body)).toMatch(/Somebody changed what this issue knows[^]*key-3/);
    expect(read(next(present(after)).body)).toContain("Somebody changed what this issue knows");
    const night = next(present(after), [outside(1)], "everything");
    expect(read(night.body)).toMatch(/group-1[^]*Somebody changed/);
    const ticked = next({ body: night.body.replaceAll("- [ ]", "- [x]"), open: true }, [], "everything");
    expect(ticked.open).toBe(false);
  });

  it("shows every finding's id, however long its words are and wherever they are cut", () => {
    const word = `@acme/security![x](http://pictures.example/p.png)<h1>APPROVED</h1>${"z".repeat(50)}`;
    for (let length = 1; length < 130; length += 3) {
      const what = `key ${"b".repeat(length)} \`${"` ".repeat(length % 5)}${Array(30).fill(word).join(" ")}`;
      const { body } = first([alert(1, { what }), outside(2, { what, revert: what })]);
      const shown = read(body);
      expect(shown).toContain(idOf(1));
      expect(shown).toContain(idOf(2));
      expect(shown.replaceAll(/<code>.*?<\/code>/gs, "")).not.toMatch(/@acme|<h1|<img|<a /);
      expect(body.split("\n").every((line) => line.length < 65_000)).toBe(true);
    }
  });

  it("fits into an issue, counts what it does not show, and carries every alert's id", () => {
    const what = (number: number) => `key ${number} ${"`@x ".repeat(300)}${"\u{1f511}".repeat(200)}`;
    const all = Array.from({ length: 700 }, (_, number) => alert(number + 1, { what: what(number) }));
    const differing = Array.from({ length: 700 }, (_, number) =>
      outside(number + 1001, { what: what(number) }),
    );
    const issue = first([...all, ...differing]);
    expect(issue.body.length).toBeLessThanOrEqual(65_536);
    expect(issue.body).toMatch(/and [\d,]+ more: see the run/);
    expect(issue.body).toContain("(700 open)");
    expect(issue.title).toBe("Amplitude access: 700 differ from code, 700 alerts");
    expect(alertIdsOf(present(issue)).sort()).toEqual(all.map(({ id }) => id));
    expect(next(present(issue)).title).toBe("Amplitude access: what differs from code, 700 alerts");
    expect(issue.body.startsWith(`${issueMarker(report([]))}\n`)).toBe(true);
  });
});
