import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../src/policies";

const file = join(__dirname, "..", "..", "docs", "policies.md");
const HEAD = /(\| rule +\| level +\| what it objects to +\| parameters +\|\n\|[ -|]+\|\n)((?:\|.*\n)*)/;
const cells = (row: string): string[] =>
  row
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
const expected = rules.map(({ name, level, description, source, parameters }) => {
  const settable = Object.entries(parameters).map(
    ([parameter, { value, description: what }]) => `\`${parameter}\` (${String(value)}): ${what}`,
  );
  return [`\`${name}\``, level, `${description} _${source}_`, settable.join(" ")];
});

it("docs/policies.md lists every rule, as it is", () => {
  const page = readFileSync(file, "utf8");
  if (process.env["UPDATE_GOLDEN"] === "1") {
    const table = expected.map((row) => `| ${row.join(" | ")} |\n`).join("");
    writeFileSync(
      file,
      page.replace(HEAD, (_all, head: string) => head + table),
    );
    return;
  }
  const [, , table = ""] = HEAD.exec(page) ?? [];
  expect(table.trimEnd().split("\n").map(cells)).toEqual(expected);
});
