/**
 * The demo: a real stack, planned, applied, drifted and repaired against an emulated Amplitude. Every line of a plan or of a
 * drift report below is what the command printed; `--full` shows all of it.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createColors } from "picocolors";
import { run } from "../src/cli/program";
import type { Terminal } from "../src/cli/terminal";
import { parseSeed, startEmulator, type RunningEmulator } from "../src/emulator";

const full = process.argv.includes("--full");
const color = process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";
const { bold, cyan, dim } = createColors(color);
const root = join(__dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "amplitude-access-demo-"));

const confirmations = join(scratch, "confirmations");

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Synthesizes one chapter of stacks/acme.ts and answers its file. */
function synthesize(chapter: "before" | "after"): string {
  const outdir = join(scratch, chapter);
  const env = { ...process.env, CDKTF_OUTDIR: outdir, DEMO_CHAPTER: chapter };
  execFileSync(process.execPath, [require.resolve("tsx/cli"), "stacks/main.ts"], {
    cwd: root,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return join(outdir, "stacks", "acme", "cdk.tf.json");
}

/** What one act shows of what its command printed; the whole with `--full`. */
interface Shown {
  /** A block is shown when its first line matches. */
  readonly blocks: readonly RegExp[];
  /** Lines of a shown block that are left out. */
  readonly without?: RegExp;
}

const TOTALS = /^\d+ (?:join|leave|lose|gain|change|move)|^Nobody.s access changes|^No changes/;
const PEOPLE = /^People \(/;
const STEPS = /^Steps/;
const TALLY = /^\d+ (by hand|done|waiting)|^nothing to do/;
const OUTCOMES = /^ +(done|waiting) /;
const OUTSIDE = /^Changed outside/;

function excerpt(text: string, { blocks, without }: Shown): string {
  return text
    .split("\n\n")
    .filter((block) => blocks.some((pattern) => pattern.test(block)))
    .flatMap((block) => block.trimEnd().split("\n"))
    .filter((line) => without?.test(line) !== true)
    .flatMap((line) => line.replace(/ {3}(?=later than preferred)/, "\n                 ").split("\n"))
    .map((line) => (line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line))
    .join("\n");
}

const WIDTH = 118;

async function command(emulator: RunningEmulator, line: string, stack: string, shown: Shown): Promise<void> {
  const { printed, exitCode } = await runCommand(emulator, line, stack);
  say(`${cyan("$")} ${bold(`amplitude-access ${line}`)}   ${dim(`exit ${exitCode}`)}`);
  say(full ? printed.trimEnd() : excerpt(printed, shown));
}

async function runCommand(
  emulator: RunningEmulator,
  line: string,
  stack: string,
): Promise<{ readonly printed: string; readonly exitCode: number }> {
  let printed = "";
  const terminal: Terminal = {
    color: false,
    interactive: false,
    result: (text) => {
      printed += text;
    },
    note: (text) => {
      printed += `${text}\n`;
    },
    progress: () => ({ step: () => undefined, end: () => undefined }),
    ask: () => Promise.resolve("no"),
  };
  const { scimKey, orgApiKey, orgSecretKey, token } = emulator.emulator.state().credentials;
  const env = {
    AMPLITUDE_BASE_URL: emulator.url,
    AMPLITUDE_SCIM_KEY: scimKey,
    AMPLITUDE_ORG_API_KEY: orgApiKey,
    AMPLITUDE_ORG_SECRET_KEY: orgSecretKey,
    AMPLITUDE_TOKEN: token,
    AMPLITUDE_EMULATOR_CLOCK: "1",
  };
  const files = ["--config", stack, "--base", join(scratch, "base.json"), "--confirmations", confirmations];
  const argv = [...line.split(" "), ...files];
  const exitCode = await run(argv, { env, directory: root, terminal }, { requested: false });
  return { printed, exitCode };
}

/** Somebody does every step by hand and says so; the last command is shown. */
async function confirmAll(emulator: RunningEmulator, stack: string): Promise<void> {
  const { printed: plan } = await runCommand(emulator, "plan", stack);
  const ids = [...plan.matchAll(/\[confirm (\w+)\]/g)].flatMap(([, id]) => id ?? []);
  for (const [index, id] of ids.entries()) {
    const line = `confirm ${id} --by priya@acme.com`;
    if (index === ids.length - 1)
      await command(emulator, line, stack, { blocks: [/: done, says/], without: /^Written to/ });
    else await runCommand(emulator, line, stack);
  }
}

async function control(
  emulator: RunningEmulator,
  method: string,
  path: string,
  body: unknown,
): Promise<void> {
  const response = await fetch(`${emulator.url}/_emulator/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok)
    throw new Error(`${method} /_emulator/${path}: ${response.status} ${await response.text()}`);
}

async function main(): Promise<void> {
  const [before, after] = [synthesize("before"), synthesize("after")];
  const seed = parseSeed(readFileSync(join(root, "stacks/demo-seed.json"), "utf8"));
  const emulator = await startEmulator({ seed, port: 0, clock: "virtual" });
  try {
    say(bold("1. An access stack (stacks/acme.ts) meets an organization that was clicked together."));
    await command(emulator, "plan", before, {
      blocks: [TOTALS, STEPS],
      without: /^ +(\d+ +by hand|record) |dashboard-readers|noah@|amp-nova-analysts|Staging/,
    });
    await command(emulator, "apply --yes", before, { blocks: [TALLY] });
    say(
      dim(
        "What Amplitude has no API for, Priya does in its pages. Her word is a file, reviewed with the stack:",
      ),
    );
    await confirmAll(emulator, before);
    await command(emulator, "apply --yes", before, { blocks: [TALLY] });

    say(bold("\n2. Lena adds somebody by hand, Tom raises a role. The nightly drift run names both."));
    await control(emulator, "POST", "clock/advance", { seconds: 5 * 60 * 60 });
    await control(emulator, "POST", "ui", {
      actor: "lena@acme.com",
      change: { type: "add_member", group: "agency-nova-implementers", email: "omar@acme.com" },
    });
    await control(emulator, "POST", "clock/advance", { seconds: 70 * 60 });
    await control(emulator, "POST", "ui", {
      actor: "tom@acme.com",
      change: { type: "grant", person: "noah@acme.com", project: "Client Reporting", role: "Admin" },
    });
    await command(emulator, "drift", before, { blocks: [OUTSIDE], without: /^ +revert/ });

    say(
      bold(
        "\n3. The stack changes: Ana leaves, Tyra joins, Sam leaves the group and keeps production. Safe at every step.",
      ),
    );
    await command(emulator, "plan", after, {
      blocks: [PEOPLE, STEPS],
      without:
        /^ +(done|record)|not readable|^ +Amplitude e-mails|organization role|^[-+~].*noah|Admin → Manager {4}|^ +Client (Staging|Reporting)/,
    });
    await command(emulator, "apply --yes", after, {
      blocks: [OUTCOMES, TALLY],
      without: /^ +(done|recorded)|^ {11}/,
    });

    say(bold("\n4. Okta's administrator does their part; the same command goes on."));
    const { identityProvider } = emulator.emulator.state();
    const groups = identityProvider?.groups.map((group) =>
      group.name === "amp-nova-analysts"
        ? { ...group, members: ["marco@nova.agency", "tyra@nova.agency"] }
        : group,
    );
    await control(emulator, "PUT", "idp", { ...identityProvider, groups });
    await control(emulator, "POST", "idp/sync", {});
    await command(emulator, "apply --yes", after, { blocks: [OUTCOMES, TALLY], without: /^ +recorded/ });
    await command(emulator, "plan", after, { blocks: [TOTALS] });
  } finally {
    await emulator.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

void main();
