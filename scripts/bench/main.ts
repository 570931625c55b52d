/**
 * `npm run bench`: what a plan of a large organization costs, on the emulator's clock, and how the cost grows; what synthesizing its
 * stack costs. Prints a table, writes bench.json. `--full` adds 100,000 people.
 */
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Table from "cli-table3";
import { z } from "zod";
import { largeSeed, largeStack } from "./large-organization";

const root = join(__dirname, "../..");
const tsx = require.resolve("tsx/cli");
const runFile = promisify(execFile);

const planRow = z.object({
  people: z.number(),
  assignments: z.number(),
  requests: z.number(),
  pages: z.number(),
  readSeconds: z.number(),
  planCpuSeconds: z.number(),
  steps: z.number(),
  writes: z.number(),
  textLines: z.number(),
  peakMegabytes: z.number(),
});
const renderRow = z.object({
  format: z.string(),
  seconds: z.number(),
  cpuSeconds: z.number(),
  kilobytes: z.number(),
  peakMegabytes: z.number(),
});
const orderRows = z.array(
  z.object({ steps: z.number(), ordered: z.number(), refused: z.number(), cpuSeconds: z.number() }),
);
const synthRow = z.object({ resources: z.number(), declareSeconds: z.number(), synthSeconds: z.number() });

/** Starts the emulator in a process of its own, so that its memory and CPU are not the plan's. */
async function withEmulator<T>(seed: string, work: (url: string) => Promise<T>): Promise<T> {
  const child = spawn(
    process.execPath,
    ["--max-old-space-size=8192", tsx, "src/emulator/main.ts", "--port", "0", "--seed", seed],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  try {
    const url = await new Promise<string>((found, fail) => {
      let text = "";
      child.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString("utf8");
        if (text.includes("\n")) found(text.trim());
      });
      child.on("exit", () => fail(new Error("the emulator ended before it was ready")));
    });
    return await work(url);
  } finally {
    child.kill();
  }
}

async function planLarge(people: number, scratch: string): Promise<z.infer<typeof planRow>> {
  const [seed, stack] = [join(scratch, `${people}.seed.json`), join(scratch, `${people}.tf.json`)];
  writeFileSync(seed, JSON.stringify(largeSeed(people)));
  writeFileSync(stack, JSON.stringify(largeStack(people)));
  return await withEmulator(seed, async (url) => {
    const env = {
      ...process.env,
      AMPLITUDE_BASE_URL: url,
      AMPLITUDE_SCIM_KEY: "scim-us-1",
      AMPLITUDE_ORG_API_KEY: "org-us-1",
      AMPLITUDE_ORG_SECRET_KEY: "secret-us-1",
      AMPLITUDE_TOKEN: "token-us-1",
      AMPLITUDE_EMULATOR_CLOCK: "1",
    };
    const { stdout } = await runFile(process.execPath, [tsx, "scripts/bench/plan-large.ts", stack], {
      cwd: root,
      env,
      maxBuffer: 1 << 24,
    });
    return planRow.parse(JSON.parse(stdout));
  });
}

async function main(): Promise<void> {
  const sizes = [1_000, 10_000, ...(process.argv.includes("--full") ? [100_000] : [])];
  const scratch = mkdtempSync(join(tmpdir(), "amplitude-access-bench-"));
  try {
    const plans: z.infer<typeof planRow>[] = [];
    for (const size of sizes) plans.push(await planLarge(size, scratch));
    const { stdout } = await runFile(process.execPath, [tsx, "scripts/bench/synth-stack.ts"], { cwd: root });
    const synth = synthRow.parse(JSON.parse(stdout));
    const full = process.argv.filter((word) => word === "--full");
    const ordering = await runFile(process.execPath, [tsx, "scripts/bench/order-steps.ts", ...full], {
      cwd: root,
    });
    const orders = orderRows.parse(JSON.parse(ordering.stdout));
    const renders: z.infer<typeof renderRow>[] = [];
    for (const format of ["text", "json", "markdown", "html", "sarif"]) {
      const child = await runFile(process.execPath, [tsx, "scripts/bench/render-plan.ts", format], {
        cwd: root,
      });
      renders.push(renderRow.parse(JSON.parse(child.stdout)));
    }
    report(plans, synth);
    reportOrders(orders);
    reportRenders(renders);
    writeFileSync(
      join(root, "bench.json"),
      `${JSON.stringify({ plans, orders, synth, renders }, undefined, 2)}\n`,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function reportRenders(rows: readonly z.infer<typeof renderRow>[]): void {
  const table = new Table({
    head: ["format", "seconds", "CPU s", "kB", "peak MB"],
    style: { head: [], border: [] },
  });
  for (const { format, seconds, cpuSeconds, kilobytes, peakMegabytes } of rows)
    table.push([
      format,
      seconds.toFixed(2),
      cpuSeconds.toFixed(2),
      kilobytes.toFixed(0),
      peakMegabytes.toFixed(0),
    ]);
  console.log(`A plan of 10,000 people of whom 5,000 change, rendered:\n${table.toString()}`);
}

function reportOrders(orders: z.infer<typeof orderRows>): void {
  const head = ["steps", "CPU s", "µs CPU per step"];
  const table = new Table({ head, style: { head: [], border: [] }, colAligns: ["right", "right", "right"] });
  for (const { steps, cpuSeconds } of orders)
    table.push([steps, cpuSeconds.toFixed(2), ((cpuSeconds / steps) * 1e6).toFixed(1)]);
  console.log(`Order of a plan in which everybody changes groups and grants:\n${table.toString()}`);
}

function report(plans: readonly z.infer<typeof planRow>[], synth: z.infer<typeof synthRow>): void {
  const table = new Table({
    head: [
      "people",
      "assignments",
      "requests",
      "pages",
      "planning CPU s",
      "µs CPU per assignment",
      "peak MB",
      "steps that write",
    ],
    style: { head: [], border: [] },
    colAligns: Array.from({ length: 8 }, () => "right" as const),
  });
  for (const row of plans) {
    table.push([
      row.people,
      row.assignments,
      row.requests,
      row.pages,
      row.planCpuSeconds.toFixed(2),
      ((row.planCpuSeconds / row.assignments) * 1e6).toFixed(1),
      row.peakMegabytes.toFixed(0),
      row.writes,
    ]);
  }
  console.log(
    `Plan of an organization that is as declared, nothing remembered of an earlier run:\n${table.toString()}`,
  );
  const seconds = synth.declareSeconds + synth.synthSeconds;
  console.log(
    `Synthesis of ${synth.resources} resources: ${seconds.toFixed(1)} s, of which ${synth.declareSeconds.toFixed(1)} s to declare them.`,
  );
}

void main();
