import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { parseArgs } from "node:util";
import { sampled, sitesOf, type Site } from "./sites";

/**
 * `npm run mutants -- --seed 1 --count 40`: changes one comparison, condition, limit or part of a digest at a time, in what decides whether access
 * may be taken away, and reports what no test notices. `--only src/reconcile/order` takes fewer files. The checkout stays as it is: the change is
 * made as the tests load the file.
 */
const ROOT = join(__dirname, "..", "..");
const JEST = join(ROOT, "node_modules", "jest", "bin", "jest.js");
/** By folder, or by file where a stage is one. */
const STAGES = /^src\/.*\/(?:plan|order|run|base|state|approval|guards)(?:\/|\.ts$)/;

function sources(): string[] {
  return readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .map((path) => `src/${path.split(sep).join("/")}`)
    .filter((path) => path.endsWith(".ts") && STAGES.test(path))
    .sort();
}

/** Whether these tests pass with the change. */
function pass(site: Site, tests: readonly string[]): boolean {
  const args = ["--max-semi-space-size=64", JEST, "--selectProjects", "main", "--bail", "--silent", "--ci"];
  const env = { ...process.env, MUTANT: JSON.stringify(site) };
  // A change can make a loop endless.
  const timeout = 30 * 60_000;
  const { status, signal } = spawnSync(process.execPath, [...args, ...tests], { cwd: ROOT, env, timeout });
  return status === 0 && signal === null;
}

/** The tests beside the file first: they tell most, and all that load it only where those notice nothing. */
function survives(site: Site): boolean {
  const folder = site.file.replace(/^src/, "test").split("/").slice(0, -1);
  const near = [folder.slice(0, 3).join("/"), `test/${folder.at(-1) ?? ""}`];
  return (
    pass(site, ["--passWithNoTests", "--testPathPatterns", ...near]) &&
    pass(site, ["--findRelatedTests", join(ROOT, site.file)])
  );
}

const {
  seed = "1",
  count = "40",
  only = "src/",
} = parseArgs({
  options: {
    seed: { type: "string" },
    count: { type: "string" },
    only: { type: "string" },
  },
}).values;
const all = sources()
  .filter((file) => file.startsWith(only))
  .flatMap((file) => sitesOf(file, readFileSync(join(ROOT, file), "utf8")));
const chosen = sampled(all, Number(count), Number(seed));
let survivors = 0;
for (const [index, site] of chosen.entries()) {
  const alive = survives(site);
  if (alive) survivors += 1;
  const where = `${site.file}:${site.line}: ${site.was.replaceAll(/\s+/g, " ")} -> ${site.becomes.replaceAll(/\s+/g, " ")}`;
  process.stdout.write(`${index + 1}/${chosen.length} ${alive ? "SURVIVES" : "dies"}  ${where}\n`);
}
process.stdout.write(`${survivors} of ${chosen.length} survive; ${all.length} places, seed ${seed}\n`);
if (survivors > 0) process.exitCode = 1;
