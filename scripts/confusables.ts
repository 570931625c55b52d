/**
 * Writes src/schema/generated/confusables.ts from Unicode's own table of letters that look alike:
 * `tsx scripts/confusables.ts confusables.txt`, the file from https://unicode.org/Public/security/.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** How many rows a line holds. */
const ROWS = 8;

const [file = "confusables.txt"] = process.argv.slice(2);
const text = (codes: string): string =>
  String.fromCodePoint(
    ...codes
      .trim()
      .split(/\s+/)
      .map((code) => parseInt(code, 16)),
  );
const byPrototype = new Map<string, string[]>();
for (const line of readFileSync(file, "utf8").split("\n")) {
  const [from = "", to = ""] = line.replace(/#.*/, "").split(";");
  if (to.trim() === "") continue;
  const [letter, prototype] = [text(from), text(to)];
  // What NFKC folds needs no row, and nothing but letters and digits is in a name that people read.
  const isNeeded = /^[\p{L}\p{N}|]$/u.test(letter) && letter.normalize("NFKC") === letter;
  if (isNeeded) byPrototype.set(prototype, [...(byPrototype.get(prototype) ?? []), letter]);
}
const rows = [...byPrototype].sort(([a], [b]) => (a < b ? -1 : 1));
const written = rows.map(
  ([looks, letters]) => `[${JSON.stringify(looks)}, ${JSON.stringify(letters.join(""))}],`,
);
const lines = Array.from({ length: Math.ceil(written.length / ROWS) }, (_, line) =>
  written.slice(line * ROWS, (line + 1) * ROWS).join(" "),
);
const folder = join(resolve(__dirname, ".."), "src", "schema", "generated");
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, "confusables.ts"),
  `/* Written by scripts/confusables.ts from Unicode's confusables.txt (https://unicode.org/reports/tr39, Unicode License). */

/** What letters look like, and after it the letters. */
export const confusables: readonly (readonly [looks: string, letters: string])[] = [
${lines.map((line) => `  ${line}`).join("\n")}
];
`,
);
