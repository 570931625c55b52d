import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { alertRules } from "../../src/drift";
import { outcomes, exitCodeOf } from "../../src/reconcile";
import { acmeSeed, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

const root = resolve(__dirname, "..", "..");
const page = readFileSync(join(root, "docs", "cli.md"), "utf8");
const commands = [
  "plan",
  "apply",
  "drift",
  "accept",
  "review",
  "snapshot",
  "confirm",
  "keys due",
  "approve",
  "provider install",
  "github approved",
  "github gather",
  "github artifact",
  "github report",
  "github outcome",
  "github issue",
  "github visibility",
];
/** Commands that read no stack. */
const alone = commands.filter((command) => /^(?:review$|provider |github )/.test(command));

/** The text under one heading. */
const section = (title: string): string =>
  page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? "";
const optionsOf = (text: string): string[] =>
  [...new Set(text.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [])].sort();
const rows = (text: string): string[] => text.split("\n").filter((line) => line.startsWith("| `"));

describe("docs/cli.md", () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
  });
  afterEach(() => place.remove());
  const help = async (command: string): Promise<string> => (await place.run(`${command} --help`)).out;

  it.each(commands)("lists every option of %s, and no other", async (command) => {
    const listed = [...rows(section(command)), ...rows(section("Options of every command"))].join("\n");
    expect(listed).not.toBe("");
    const own = rows(section(command)).flatMap((row) => optionsOf(row.split("|")[1] ?? ""));
    const shared = alone.includes(command)
      ? ["--help"]
      : rows(section("Options of every command")).flatMap((row) => optionsOf(row.split("|")[1] ?? ""));
    const usage = (await help(command))
      .split("\n")
      .filter((line) => /^ {2}-/.test(line))
      .join("\n");
    expect([...own, ...shared].sort()).toEqual(
      optionsOf(usage.replaceAll(/^( {2}(?:-\w, )?--[a-z-]+).*$/gm, "$1")),
    );
  });

  it("names no option that there is not", async () => {
    const known = optionsOf((await Promise.all(["", ...commands].map(help))).join("\n"));
    expect(optionsOf(page).filter((option) => !known.includes(option))).toEqual([]);
  });

  it("lists every command", async () => {
    const named = /^ {2}([a-z]+)(?: [[<][a-z]+(?:\.{3})?[\]>])* {2,}\S/gm;
    const listed = [...(await help("")).matchAll(named)].map(([, name]) => name);
    expect(listed.filter((name) => name !== "help")).toEqual([
      ...new Set(commands.map((name) => name.split(" ")[0])),
    ]);
    for (const command of commands) expect(section(command)).not.toBe("");
  });

  it("lists every alert, with what it looks for and its threshold", () => {
    const listed = rows(section("drift").split("### Alerts")[1] ?? "").map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(listed).toEqual(
      alertRules.map(({ name, description, threshold }) => [`\`${name}\``, description, String(threshold)]),
    );
  });

  it("lists every exit code, in the words of --help", async () => {
    const codes = [...section("Exit codes").matchAll(/^\| (\d) +\| (.*?) *\|$/gm)];
    expect(codes.map(([, code]) => Number(code))).toEqual(
      [0, ...outcomes.map((outcome) => exitCodeOf([outcome]))].sort(),
    );
    const usage = (await help("")).replaceAll(/\s+/g, " ");
    for (const [, code] of codes) expect(usage).toMatch(new RegExp(` ${code ?? ""} [a-z]`));
    expect(section("Exit codes")).toContain(outcomes.map((outcome) => exitCodeOf([outcome])).join(", "));
  });

  it("lists every variable that is read, and no other", () => {
    const code = [
      "api/credentials.ts",
      "cli/terminal.ts",
      "cli/session.ts",
      "cli/key-sink.ts",
      "cli/encrypted-snapshot.ts",
    ]
      .map((file) => readFileSync(join(root, "src", file), "utf8"))
      .join("\n");
    const read = [
      ...[...code.matchAll(/(?:value|secret)\("([A-Z_]+)"\)/g)].map(
        ([, suffix]) => `AMPLITUDE_${suffix ?? ""}`,
      ),
      ...[...code.matchAll(/\["(ORG_ID|REGION)"/g)].map(([, suffix]) => `AMPLITUDE_${suffix ?? ""}`),
      ...[...code.matchAll(/\}([A-Z_]{3,})`/g)].map(([, suffix]) => `AMPLITUDE_${suffix ?? ""}`),
      ...[...code.matchAll(/env\["([A-Z_]+)"\]/g)].map(([, name]) => name ?? ""),
    ].filter((name) => name !== "TERM");
    const listed = rows(section("Environment")).map((row) => row.split("`")[1] ?? "");
    expect(listed.sort()).toEqual([...new Set(read)].sort());
  });

  it("has examples that run as they stand", async () => {
    place.write("org.json", acmeSeed);
    place.write("cdk.tf.json", stackFile({ resource: nova(["ana@nova.agency", "jo@nova.agency"]) }));
    place.write("manifest.json", { stacks: { acme: { synthesizedStackPath: "cdk.tf.json" } } });
    place.write("cdktf.json", { app: 'cp cdk.tf.json manifest.json "$CDKTF_OUTDIR"' });
    const examples = [...page.matchAll(/^amplitude-access (.*?)(?: +# exit code (\d))?$/gm)];
    expect(examples.length).toBeGreaterThan(10);
    for (const [, line = "", code = "0"] of examples) {
      const { exitCode, err } = await place.run(line, { env: { PATH: process.env["PATH"] } });
      expect({ line, exitCode, err }).toEqual({ line, exitCode: Number(code), err: "" });
    }
  });

  it("--help of every command has examples of that command", async () => {
    for (const command of commands) {
      const text = await help(command);
      expect(text.split("Examples:")[1]).toMatch(new RegExp(`^\\n {2}amplitude-access ${command}\\b`));
    }
  });
});
