import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const page = readFileSync(join(root, "docs", "explanation", "threat-model.md"), "utf8");

describe("docs/explanation/threat-model.md", () => {
  it("names for every attack a test that there is", () => {
    const [, table = ""] = page.split("## What stops them");
    const rows =
      table
        .split("\n## ")[0]
        ?.match(/^\|.*$/gm)
        ?.slice(2) ?? [];
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) {
      const tests = [...row.matchAll(/`(test\/[\w/-]+\.test\.ts)`/g)].map(([, file = ""]) => file);
      expect({ row, named: tests.length > 0 }).toEqual({ row, named: true });
      for (const file of tests)
        expect({ file, there: existsSync(join(root, file)) }).toEqual({ file, there: true });
    }
  });

  it("is where SECURITY.md says", () => {
    expect(readFileSync(join(root, "SECURITY.md"), "utf8")).toContain("(docs/explanation/threat-model.md)");
  });
});
