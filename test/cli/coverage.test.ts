import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as constructs from "../../src/constructs";
import { alertRules } from "../../src/drift";
import { rules } from "../../src/policies";
import { kindOf, kinds } from "../../src/resources";
import { Workplace } from "./command-line";

const root = resolve(__dirname, "..", "..");
const page = readFileSync(join(root, "docs", "coverage.md"), "utf8");

/** The cells of every row: what is asked for, what meets it, how. */
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (?:-+|what is asked for) /.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
const marks = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, mark]) => mark ?? "");

/** Subjects of issues that are open. */
const open = new Set(["access review", "doctor", "evidence"]);

const commands = new Map<string, Promise<{ exitCode: number; out: string }>>();
let place: Workplace;
beforeAll(() => {
  place = new Workplace();
});
afterAll(() => place.remove());

/** Whether there is such a thing. */
async function exists(mark: string): Promise<boolean> {
  if (mark.startsWith("amplitude_")) {
    const [type = "", attribute] = mark.split(".");
    const kind = kindOf(type);
    return kind !== undefined && (attribute === undefined || kind.attributes[attribute] !== undefined);
  }
  if (mark.startsWith("amplitude-access ")) {
    const words = mark.split(" ").slice(1);
    const line = words.filter((word) => !word.startsWith("--")).join(" ");
    const help = commands.get(line) ?? place.run(`${line} --help`);
    commands.set(line, help);
    const { exitCode, out } = await help;
    return (
      exitCode === 0 && out.includes(`amplitude-access ${line}`) && words.every((word) => out.includes(word))
    );
  }
  if (mark.startsWith("docs/")) return existsSync(join(root, mark));
  if ([...rules, ...alertRules].some(({ name }) => name === mark)) return true;
  const [name = "", method] = mark.split(".");
  const found = (constructs as Readonly<Record<string, unknown>>)[name];
  if (method === undefined || typeof found !== "function") return found !== undefined && method === undefined;
  return method in found || method in (found.prototype as object);
}

describe("docs/coverage.md", () => {
  it("has rows", () => expect(rows.length).toBeGreaterThan(60));

  it.each(rows)("%s", async (_asked, met = "", _how = "") => {
    const missing: string[] = [];
    for (const mark of marks(met)) if (!(await exists(mark))) missing.push(mark);
    expect(missing).toEqual([]);
    const planned = /planned: ([a-z ]+)/.exec(met)?.[1];
    if (planned !== undefined) expect([...open]).toContain(planned);
    const said = marks(met).length > 0 || planned !== undefined || /^(?:by hand|outside)$/.test(met);
    expect([met, said]).toEqual([met, true]);
  });

  it("names every kind, every rule of the playbook and every alert", () => {
    const named = new Set(marks(page).map((mark) => mark.split(".")[0]));
    expect(kinds.map(({ type }) => type).filter((type) => !named.has(type))).toEqual([]);
    const judging = [...rules, ...alertRules].map(({ name }) => name);
    expect(judging.filter((name) => !named.has(name))).toEqual([]);
  });

  it.each([
    "amplitude_nothing",
    "amplitude_user.nothing",
    "amplitude-access nothing",
    "Project.nothing",
    "nothing",
    "docs/nothing.md",
    "amplitude-access plan --nothing",
  ])("would see that there is no %s", async (mark) => expect(await exists(mark)).toBe(false));
});
