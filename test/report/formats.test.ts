import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderPlan, type PlanFormat } from "../../src/cli/plan-formats";
import { judge, playbook } from "../../src/policies";
import { withVerdict } from "../../src/reconcile";
import { viewOf } from "../../src/report";
import type { Harness } from "../support/harness";
import { agencyArrives, hostile } from "./situations";

const endings = { json: "json", markdown: "md", html: "html", sarif: "sarif" } as const;
const situations: Readonly<Record<string, () => Harness>> = {
  "agency-arrives": agencyArrives,
  "hostile-names": hostile,
};

/** Without what is of this program's version or build alone: the page is read by its structure, a test of its own runs its script. */
function steady(text: string, format: PlanFormat): string {
  if (format !== "html") return text;
  return text
    .replace(/<style>[\s\S]*?<\/style>/, "<style>…</style>")
    .replace(/<script>[\s\S]*?<\/script>/, "<script>…</script>")
    .replace(/&#39;sha256-[^&]*&#39;/g, "&#39;sha256-…&#39;")
    .replace(
      /(<script type="application\/json" id="data">)([\s\S]*?)(<\/script>)/,
      (_all, open: string, data: string, close: string) =>
        [
          open,
          JSON.stringify(JSON.parse(data), undefined, 1).replace(/[\u007f-\uffff]/g, escaped),
          close,
        ].join("\n"),
    );
}

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;

interface SarifLog {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] };
    };
    readonly automationDetails: { readonly id: string };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly baselineState: string;
      readonly message: { readonly text: string };
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
}

/** What SARIF 2.1.0 asks for (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; the sections in the comments). */
function obeysSarif({ version, runs }: SarifLog): void {
  expect(version).toBe("2.1.0"); // 3.13.2
  expect(runs).toHaveLength(1);
  const [run] = runs;
  const { driver } = run!.tool;
  expect(driver.name).not.toBe(""); // 3.19.8
  const ids = driver.rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length); // 3.49.3
  for (const result of run!.results) {
    expect(ids[result.ruleIndex]).toBe(result.ruleId); // 3.27.6
    expect(["none", "note", "warning", "error"]).toContain(result.level); // 3.27.10
    expect(["new", "unchanged", "updated", "absent"]).toContain(result.baselineState); // 3.27.24
    // Brackets that are no link are escaped (3.11.6), and a message is not empty (3.11.8).
    expect(result.message.text.replace(/\\[[\]\\]/g, "")).toMatch(/^[^[\]]+$/);
    expect(Object.values(result.partialFingerprints)).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]); // 3.27.17
    for (const { physicalLocation } of result.locations) {
      expect(URL.canParse(physicalLocation.artifactLocation.uri, "file:///repository/")).toBe(true); // 3.4.3
      expect(physicalLocation.region.startLine).toBeGreaterThan(0); // 3.30.5
    }
  }
}

describe.each(Object.entries(situations))("%s", (name, situation) => {
  it("is rendered as its golden files are", async () => {
    const site = situation();
    const planned = await site.plan();
    const live = withVerdict(planned, judge({ live: planned, desired: site.desired() }, playbook()));
    const shown = { live, view: viewOf(live, "apply") };
    for (const [format, ending] of Object.entries(endings) as [keyof typeof endings, string][]) {
      const text = steady(renderPlan(shown, format, { color: false }), format);
      const file = join(__dirname, "golden", `${name}.${ending}`);
      if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
      expect(`${format}\n${text}`).toBe(`${format}\n${readFileSync(file, "utf8")}`);
      if (format === "sarif") obeysSarif(JSON.parse(text) as SarifLog);
    }
  });
});
