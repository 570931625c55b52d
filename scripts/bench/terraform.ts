import { execFile, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { startEmulator } from "../../src/emulator";
import { buildProvider, EXECUTABLE, PROGRAM } from "../build-provider";
import { readUnderLimit } from "./limited-reads";
import { membershipSeed } from "./memberships";

const run = promisify(execFile);
const SOURCE = "amplitude-access/amplitude";
const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

export interface StartRow {
  /** Median milliseconds from the start of the process. */
  readonly emptyScript: number;
  readonly handshake: number;
}

export interface TerraformRow {
  readonly resources: number;
  readonly wallSeconds: number;
  readonly providerCpuSeconds: number;
  readonly coreCpuSeconds: number;
  /** Provider CPU by calls of core's: five per existing resource. */
  readonly millisecondsPerCall: number;
  readonly requests: number;
}

export function hasTerraform(): boolean {
  return spawnSync("terraform", ["version"], { stdio: "ignore" }).status === 0;
}

/** From the start of the process to the line that core waits for, against a script that does nothing. */
export async function startToHandshake(scratch: string, runs: number): Promise<StartRow> {
  const folder = join(scratch, "provider");
  buildProvider(folder);
  const empty = join(scratch, "empty.cjs");
  writeFileSync(empty, "console.log(1)\n");
  const rows: [number, number][] = [];
  for (let index = 0; index < runs; index++)
    rows.push([await firstLine(empty, scratch), await firstLine(join(folder, PROGRAM), scratch)]);
  const median = (values: number[]): number =>
    values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
  return { emptyScript: median(rows.map(([a]) => a)), handshake: median(rows.map(([, b]) => b)) };
}

/** @param sockets what the provider leaves behind when it is killed goes there */
function firstLine(script: string, sockets: string): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [script], {
    env: {
      PATH: process.env["PATH"],
      TF_PLUGIN_MAGIC_COOKIE: COOKIE,
      PLUGIN_PROTOCOL_VERSIONS: "6",
      PLUGIN_UNIX_SOCKET_DIR: sockets,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  return new Promise((resolve) => {
    child.stdout.once("data", () => {
      resolve(performance.now() - began);
      child.kill("SIGKILL");
    });
  });
}

/** A plan in which nothing is to be done, of memberships that the state holds and Amplitude has. */
export async function planWithTerraform(
  scratch: string,
  {
    url,
    orgId,
    memberships,
  }: { url: string; orgId: number; memberships: readonly { group: string; email: string }[] },
): Promise<TerraformRow> {
  const folder = join(scratch, `plan-${memberships.length}`);
  const provider = join(folder, "provider");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  buildProvider(provider);
  const cpu = join(folder, "cpu.txt");
  writeFileSync(join(provider, "cpu.cjs"), CPU);
  writeFileSync(
    join(provider, EXECUTABLE),
    '#!/bin/sh\nexec node -r "${0%/*}/cpu.cjs" "${0%/*}/provider.cjs" "$@"\n',
    {
      mode: 0o755,
    },
  );
  const overrides = join(folder, "overrides.tfrc");
  writeFileSync(
    overrides,
    `provider_installation {\n  dev_overrides { ${JSON.stringify(SOURCE)} = ${JSON.stringify(provider)} }\n  direct {}\n}\n`,
  );
  const named = memberships.map(({ group, email }, index) => ({
    name: `m${index}`,
    values: { group_id: group, email, status: "present", verified: true },
  }));
  writeFileSync(
    join(folder, "main.tf.json"),
    JSON.stringify({
      terraform: { required_providers: { amplitude: { source: SOURCE } } },
      provider: { amplitude: { org_id: String(orgId) } },
      resource: {
        amplitude_group_membership: Object.fromEntries(
          named.map(({ name, values: { group_id, email } }) => [name, { group_id, email }]),
        ),
      },
    }),
  );
  const env = {
    ...process.env,
    TF_CLI_CONFIG_FILE: overrides,
    CHECKPOINT_DISABLE: "1",
    AMPLITUDE_BASE_URL: url,
    AMPLITUDE_EMULATOR_CLOCK: "1",
    AMPLITUDE_BENCH_CPU: cpu,
    AMPLITUDE_SCIM_KEY: process.env["AMPLITUDE_SCIM_KEY"] ?? "scim-us-acme",
  };
  const { stdout: providers } = await run("terraform", ["providers"], { cwd: folder, env });
  const address = /provider\[([^\]]+)\]/.exec(providers)?.[1] ?? "";
  writeFileSync(
    join(folder, "terraform.tfstate"),
    JSON.stringify({
      version: 4,
      terraform_version: "1.5.0",
      serial: 1,
      lineage: "00000000-0000-4000-8000-000000000000",
      outputs: {},
      resources: named.map(({ name, values }) => ({
        mode: "managed",
        type: "amplitude_group_membership",
        name,
        provider: `provider["${address}"]`,
        instances: [{ schema_version: 1, attributes: values, sensitive_attributes: [] }],
      })),
    }),
  );
  const before = await requestsOf(url);
  const began = performance.now();
  const { stderr } = await run(
    "bash",
    ["-c", "TIMEFORMAT='CPU %U %S'; time terraform plan -no-color -detailed-exitcode >plan.txt"],
    { cwd: folder, env },
  );
  const wallSeconds = (performance.now() - began) / 1000;
  const [, user = "0", system = "0"] = /CPU ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  const providerCpuSeconds = readFileSync(cpu, "utf8")
    .trim()
    .split("\n")
    .reduce((sum, line) => sum + Number(line), 0);
  return {
    resources: memberships.length,
    wallSeconds,
    providerCpuSeconds,
    coreCpuSeconds: Number(user) + Number(system) - providerCpuSeconds,
    millisecondsPerCall: (providerCpuSeconds * 1000) / (5 * memberships.length),
    requests: (await requestsOf(url)) - before,
  };
}

async function requestsOf(url: string): Promise<number> {
  const response = await fetch(`${url}/_emulator/requests`);
  return ((await response.json()) as unknown[]).length;
}

/** Loaded before the provider: writes the CPU seconds that its process took. */
const CPU = `process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  require("node:fs").appendFileSync(process.env.AMPLITUDE_BENCH_CPU, (user + system) / 1e6 + "\\n");
});
`;

/** The second half of `npm run bench`: the provider's start, and plans of it by terraform itself. */
async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "amplitude-bench-"));
  try {
    const { emptyScript, handshake } = await startToHandshake(scratch, 15);
    console.log(
      `Terraform provider, start to handshake: ${handshake.toFixed(0)} ms, ${(handshake / emptyScript).toFixed(2)} times an empty script.`,
    );
    const limited = await readUnderLimit(10_000);
    console.log(
      `Reading ${limited.memberships} memberships in ${limited.groups} groups, 50 ms an answer, 100 requests a minute: ${limited.requests} requests, ` +
        `${limited.seconds.toFixed(1)} s on the emulator's clock, CPU ${((limited.cpuSeconds * 1000) / limited.memberships).toFixed(3)} ms a call.`,
    );
    if (!hasTerraform()) return console.log("No terraform on the PATH: its plans were not measured.");
    const sizes = [1, 1_000, ...(process.argv.includes("--full") ? [10_000] : [])];
    for (const size of sizes) {
      const { seed, memberships } = membershipSeed(size);
      const running = await startEmulator({ seed });
      const row = await planWithTerraform(scratch, { url: running.url, orgId: 7, memberships });
      await running.close();
      console.log(
        `terraform plan of ${size} memberships, nothing to do: ${row.wallSeconds.toFixed(2)} s, CPU of the provider ${row.providerCpuSeconds.toFixed(2)} s ` +
          `(${row.millisecondsPerCall.toFixed(3)} ms a call), of core ${row.coreCpuSeconds.toFixed(2)} s, ${row.requests} requests.`,
      );
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (require.main === module) void main();
