import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs actionlint and zizmor over the shipped workflows where they are installed, and says loudly where they are not. Files are named one by
 * one: given the folder, zizmor looks at action.yml alone.
 */
const ROOT = join(__dirname, "..");
const workflows = readdirSync(join(ROOT, "workflows"))
  .filter((name) => name.endsWith(".yml"))
  .map((name) => `workflows/${name}`);

interface Checker {
  readonly program: string;
  readonly args: readonly string[];
  readonly files: readonly string[];
}

const checkers: readonly Checker[] = [
  { program: "actionlint", args: ["-verbose", "-no-color"], files: workflows },
  {
    program: "zizmor",
    args: ["--offline", "--no-progress", "--format", "plain"],
    files: [...workflows, "action.yml"],
  },
];

function passes({ program, args, files }: Checker): boolean {
  const { error, status, stdout, stderr } = spawnSync(program, [...args, ...files], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (error !== undefined) {
    console.error(`NOT CHECKED: ${program} is not installed, so nobody has looked at the workflows with it.`);
    return true;
  }
  // Both name every file that they have looked at.
  const missed = files.filter((file) => !`${stdout}${stderr}`.includes(file));
  if (status === 0 && missed.length === 0) return true;
  console.error(`${stdout}${stderr}`);
  if (missed.length > 0) console.error(`${program} did not look at ${missed.join(", ")}.`);
  return false;
}

process.exitCode = checkers.map(passes).every(Boolean) ? 0 : 1;
