import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import { EXPOSED, startForeign } from "../../src/cli/foreign-command";
import { isolationHere, works } from "../../src/cli/isolation";
import { acmeSeed, nova, stackFile } from "./acme";

const root = join(__dirname, "..", "..");
const canary = "canary-7f3a9d";

/** What foreign code tries: to read every process, to see the real /proc, to read files of keys, to reach processes outside. */
const attack = `
const { readdirSync, readFileSync, writeFileSync, existsSync } = require("node:fs");
const { spawnSync } = require("node:child_process");
const found = [];
function look(where) {
  for (const pid of readdirSync("/proc").filter((name) => /^\\d+$/.test(name)))
    for (const part of ["environ", "cmdline"]) {
      try {
        if (readFileSync("/proc/" + pid + "/" + part, "latin1").includes("${canary}")) found.push(where + ": " + part);
      } catch {}
    }
}
look("at once");
// Mounts are tried in a namespace of their own alone: where nothing isolates the test, it must not act on the machine.
const read = 'cat /proc/*/environ | tr "\\\\0" "\\\\n" | grep -a ${canary}';
const uncover = "umount /proc; umount -l /proc; " + read;
for (const [program, ...args] of !process.env.ISOLATED ? [] : [["unshare", "-m", "sh", "-c", uncover], ["unshare", "-Urm", "sh", "-c", uncover], ["nsenter", "-t", "1", "-p", "-m", "sh", "-c", read]])
  if (String(spawnSync(program, args).stdout).includes("${canary}")) found.push(program);
if (!/^CapEff:\\s*0+$/m.test(readFileSync("/proc/self/status", "utf8"))) found.push("capabilities");
try {
  if (readFileSync("keys.json", "utf8").includes("${canary}")) found.push("keys.json");
} catch {}
try {
  process.kill(Number(process.env.OUTSIDE), 0);
  found.push("a process outside");
} catch {}
for (const path of ["/run/docker.sock", "/run/dbus/system_bus_socket"])
  if (existsSync(path) && require("node:fs").statSync(path).isSocket()) found.push(path);
writeFileSync(process.env.FOUND || "found.json", JSON.stringify(found));
`;

describe("code that is not ours", () => {
  let folder: string;
  let outside: ChildProcess;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "foreign code "));
    outside = spawn("sleep", ["60"], { env: { ...process.env, SECRET: canary }, stdio: "ignore" });
    writeFileSync(join(folder, "attack.cjs"), attack);
    writeFileSync(join(folder, "keys.json"), canary);
  });
  afterEach(() => {
    outside.kill();
    rmSync(folder, { recursive: true });
  });
  const credentials = { AMPLITUDE_SCIM_KEY: canary, AMPLITUDE_PROJECT_KEYS_FILE: "keys.json" };

  async function attacked(
    isolation: "bubblewrap" | "namespaces" | "none",
  ): Promise<{ found: string[]; said: string[] }> {
    const said: string[] = [];
    const child = startForeign([process.execPath, "attack.cjs"], {
      cwd: folder,
      env: {
        PATH: process.env["PATH"],
        OUTSIDE: String(outside.pid),
        ISOLATED: isolation === "none" ? "" : "1",
        FOUND: join(folder, "found.json"),
        ...credentials,
      },
      stdio: ["ignore", "pipe", "pipe"],
      exposed: (line) => said.push(line),
      isolation,
    });
    const [errors] = await Promise.all([
      text(child.stderr as Readable),
      text(child.stdout as Readable),
      new Promise((closed) => child.on("close", closed)),
    ]);
    if (!existsSync(join(folder, "found.json"))) throw new Error(`It did not run: ${errors}`);
    return { found: JSON.parse(readFileSync(join(folder, "found.json"), "utf8")) as string[], said };
  }

  it.each(["bubblewrap", "namespaces"] as const)(
    "finds no credential with %s, whatever it tries",
    async (isolation) => {
      // Elsewhere there is nothing to show: one line says so, below.
      if (works(isolation)) expect(await attacked(isolation)).toEqual({ found: [], said: [] });
    },
  );

  it("is said to be able to, in one line, where nothing isolates it and there is a credential", async () => {
    const { found, said } = await attacked("none");
    expect(said).toEqual([EXPOSED]);
    expect(EXPOSED).not.toContain("\n");
    // The test's attack would find them.
    if (process.platform === "linux")
      expect(found).toEqual(expect.arrayContaining(["at once: environ", "keys.json", "a process outside"]));
  });

  it("is a stack's app, and a policies file: neither finds what a shell exports and we read", () => {
    writeFileSync(join(folder, "org.json"), JSON.stringify(acmeSeed));
    writeFileSync(join(folder, "acme.json"), JSON.stringify(stackFile({ resource: nova() })));
    writeFileSync(join(folder, "manifest.json"), '{"stacks":{"acme":{"synthesizedStackPath":"acme.json"}}}');
    const app = `${JSON.stringify(process.execPath)} attack.cjs && mv found.json app.json && cp acme.json manifest.json "$CDKTF_OUTDIR"`;
    writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ app }));
    writeFileSync(join(folder, "policies.cjs"), `require("./attack.cjs");\nmodule.exports = [];\n`);
    const loader = join(root, "node_modules", "tsx", "dist", "loader.mjs");
    const line = `"${process.execPath}" --import "${loader}" "${join(root, "src", "cli", "main.ts")}" plan --emulator org.json; true`;
    const variables = Object.entries({ ...credentials, AMPLITUDE_ACCESS_SNAPSHOT_KEY: canary });
    const exports = variables.map(([name, value]) => `export ${name}=${value}`).join("\n");
    const { stdout, stderr } = spawnSync("bash", ["-c", `${exports}\n${line}`], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: folder, ISOLATED: isolationHere() === "none" ? "" : "1" },
    });
    expect({ stdout, stderr }).toMatchObject({
      stdout: expect.stringMatching(/^acme · org 36958/) as unknown,
    });
    const found = ["app.json", "found.json"].map((name) => readFileSync(join(folder, name), "utf8"));
    if (isolationHere() === "none") expect(stderr).toContain(EXPOSED);
    else expect(found).toEqual(["[]", "[]"]);
  });
});
