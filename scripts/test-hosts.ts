import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { onPath } from "../test/support/programs";

/**
 * `npm run test:hosts`: the suites of Terraform and of parity under every binary and parallelism, each command with a provider process of its
 * own. `npm test` runs them once, under the first binary that it finds.
 */
const HOSTS = ["terraform", "tofu"];
const PARALLELISM = [1, 10, 50];
const JEST = join(__dirname, "..", "node_modules", "jest", "bin", "jest.js");
const SUITES = ["--selectProjects", "main", "--testPathPatterns", "test/terraform", "test/parity"];

function passes(host: string, parallelism: number): boolean {
  process.stdout.write(`\n${host}, parallelism ${parallelism}\n`);
  const env = {
    ...process.env,
    HOST_BINARY: host,
    HOST_PARALLELISM: String(parallelism),
    HOST_PROCESSES: "each",
  };
  return spawnSync(process.execPath, [JEST, ...SUITES], { env, stdio: "inherit" }).status === 0;
}

const there = HOSTS.filter((host) => onPath(host) !== undefined);
const runs = there.flatMap((host) => PARALLELISM.map((parallelism) => [host, parallelism] as const));
const failed = runs.filter((run) => !passes(...run)).map((run) => run.join(", parallelism "));

for (const host of HOSTS)
  if (!there.includes(host)) process.stdout.write(`NOT TESTED: ${host} is not on the PATH.\n`);
for (const run of failed) process.stdout.write(`FAILED: ${run}\n`);
if (failed.length > 0 || there.length === 0) process.exitCode = 1;
