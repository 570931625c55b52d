import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync } from "node:fs";
import { join, resolve } from "node:path";
import { startEmulator, type RunningEmulator } from "../../src/emulator";
import { parseReceipt } from "../../src/reconcile";
import { acmeSeed, at, environment, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";
import { intercept, invites } from "./interception";
import { bundled } from "../support/bundled";

const root = resolve(__dirname, "..", "..");
const names = ["ben", "eva", "ida", "max", "zoe"];

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

describe("the process", () => {
  /** The program in one file, so that a process starts in a third of the time. */
  const program = bundled("cli", join(root, "src", "cli", "main.ts"));

  let place: Workplace;
  let running: RunningEmulator;
  let children: ChildProcess[];
  beforeEach(async () => {
    children = [];
    place = new Workplace();
    place.write(
      "stack.json",
      stackFile({
        resource: {
          ...nova(["ana@nova.agency", "jo@nova.agency"], "Manager"),
          amplitude_user: Object.fromEntries(
            names.map((name) => [name, at(`acme/${name}/Resource`, { email: `${name}@acme.com` })]),
          ),
        },
      }),
    );
    running = await startEmulator({ seed: acmeSeed, clock: "real" });
  });
  afterEach(async () => {
    for (const child of children) child.kill("SIGKILL");
    await running.close();
    place.remove();
  });

  function start(
    command: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    cwd = place.directory,
  ): { child: ChildProcess; ended: Promise<Ended> } {
    const { AMPLITUDE_EMULATOR_CLOCK: _clock, ...credentials } = environment(running.url);
    const child = spawn(command, args, {
      cwd,
      env: { PATH: process.env["PATH"], HOME: place.directory, ...credentials, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.push(child);
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString("utf8")));
    const ended = new Promise<Ended>((done, fail) => {
      child.once("error", fail);
      child.once("close", (code, signal) => done({ code, signal, out, err }));
    });
    return { child, ended };
  }

  const main = (line: string, env: NodeJS.ProcessEnv = {}): ReturnType<typeof start> =>
    start(process.execPath, [program, ...line.split(" ")], env);

  /** Sends a signal when Amplitude has been asked for the second invitation. */
  async function signalInTheMiddle(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
    let restore = (): void => undefined;
    await new Promise<void>((sent) => {
      let invitations = 0;
      restore = intercept(running.emulator, async (request, answer) => {
        const response = await answer(request);
        if (invites(request) && ++invitations === 2) {
          child.kill(signal);
          sent();
          // The answer is on its way while the signal arrives.
          await new Promise((later) => setTimeout(later, 300));
        }
        return response;
      });
    });
    restore();
  }

  async function finishes(): Promise<void> {
    const { code, out } = await main("apply --yes --config stack.json").ended;
    expect(out).toMatch(/Read again: as planned\.|No changes\./);
    expect(code).toBe(0);
    const { people, groups, audit } = running.emulator.state();
    expect(people.map(({ email }) => email)).toEqual(
      expect.arrayContaining(names.map((name) => `${name}@acme.com`)),
    );
    expect(groups[0]?.members).toEqual(["ana@nova.agency", "jo@nova.agency"]);
    const invited = audit.filter(({ action }) => /invite/i.test(action)).map(({ target }) => target);
    expect(invited.length).toBeGreaterThanOrEqual(names.length);
    expect(new Set(invited).size).toBe(invited.length);
    expect((await main("plan --detailed-exitcode --config stack.json").ended).code).toBe(0);
    expect(place.files().filter((name) => /journal|tmp/.test(name))).toEqual([]);
  }

  it.each([
    ["Ctrl-C", "SIGINT"],
    ["SIGTERM", "SIGTERM"],
  ] as const)(
    "ends well after %s: the request in flight is finished and told, and the next run does the rest",
    async (_, sent) => {
      const { child, ended } = main("apply --yes --config stack.json");
      await signalInTheMiddle(child, sent);
      const { code, signal, out, err } = await ended;
      expect(signal).toBeNull();
      expect(code).toBe(1);
      expect(err).toContain("Stopping after the request in flight. What was done is recorded.");
      expect(out).toMatch(/done +invite ben@acme\.com/);
      expect(out).toMatch(/done +invite eva@acme\.com/);
      expect(out).toMatch(/stopped +invite ida@acme\.com/);
      expect(running.emulator.state().people).toHaveLength(7);
      await finishes();
    },
    60_000,
  );

  it("is killed, and the next run does the rest", async () => {
    const { child, ended } = main("apply --yes --config stack.json");
    await signalInTheMiddle(child, "SIGKILL");
    expect((await ended).signal).toBe("SIGKILL");
    expect(running.emulator.state().people).toHaveLength(7);
    await finishes();
  }, 60_000);

  it("runs twice at once: each ends 0 or 4, or 3 where its lists were read while the other wrote; nobody is invited twice, and both receipts can be read", async () => {
    const line = "apply --first --yes --config stack.json";
    const both = await Promise.all(
      ["one", "two"].map((name) => main(`${line} --base ${name}.json --evidence ${name}`).ended),
    );
    for (const { code } of both) expect([0, 3, 4]).toContain(code);
    const { people, groups, audit } = running.emulator.state();
    expect(people.map(({ email }) => email)).toEqual(
      expect.arrayContaining(names.map((name) => `${name}@acme.com`)),
    );
    expect([...(groups[0]?.members ?? [])].sort()).toEqual(["ana@nova.agency", "jo@nova.agency"]);
    const invited = audit.filter(({ action }) => /invite/i.test(action)).map(({ target }) => target);
    expect(invited.sort()).toEqual([...names.map((name) => `${name}@acme.com`), "jo@nova.agency"].sort());
    for (const [index, name] of ["one", "two"].entries()) {
      const [file = ""] = place.files().filter((found) => found.startsWith(`${name}/`));
      expect(parseReceipt(place.read(file), file).end?.exitCode).toBe(both[index]?.code);
    }
  }, 60_000);

  it("is killed while a key's value is on its way, and the next run says that it may be lost", async () => {
    await running.close();
    running = await startEmulator({
      seed: { ...acmeSeed, switches: { management: "served" } },
      clock: "real",
    });
    const project_id = "${data.amplitude_project.reporting.id}";
    const key = { key_type: "secret", project_id, label: "nova-sync", generation: 1, store: "vault" };
    const resource = { amplitude_api_key: { nova: at("acme/nova-sync/Resource", key) } };
    place.write("stack.json", stackFile({ resource }));
    place.write("put.js", "process.kill(process.ppid, 'SIGKILL')");
    place.write("stores.json", { vault: [process.execPath, place.path("put.js")] });
    chmodSync(place.path("stores.json"), 0o600);
    const env = { AMPLITUDE_MANAGEMENT_URL: running.url, AMPLITUDE_KEY_STORES: "stores.json" };
    expect((await main("apply --yes --config stack.json", env).ended).signal).toBe("SIGKILL");
    expect(running.emulator.state().apiKeys.map(({ label }) => label)).toEqual(["nova-sync"]);
    const { out } = await main("plan --config stack.json", env).ended;
    expect(out).toMatch(/secret key nova-sync of .*: its value was not seen to arrive where it belongs/);
  }, 60_000);

  it("prints results to stdout alone, so that they can be piped", async () => {
    const { code, out, err } = await main("plan --json --config stack.json").ended;
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ organization: { orgId: "36958" }, stacks: ["acme"] });
    // What takes more than a second, on a busy machine, is told on the way.
    expect(err.replace(/^Reading the organization, requests: \d+\n/gm, "")).toBe("");
    const wrong = await main("plan --config gone.json").ended;
    expect(wrong).toMatchObject({ code: 1, out: "" });
    expect(wrong.err).toMatch(/^error: There is no configuration .*gone\.json/);
  }, 60_000);

  it("ends quietly when nobody reads what it prints", async () => {
    const { child, ended } = main("--help");
    child.stdout?.destroy();
    expect((await ended).err).toBe("");
  }, 60_000);

  it("prints no colour where nobody sees it", async () => {
    const { out } = await main("plan --config stack.json", { TERM: "xterm-256color" }).ended;
    expect(out).toContain("Steps, in this order");
    expect(out).not.toContain("\u001b");
  }, 60_000);

  it("tells how to use it", async () => {
    const { code, out } = await main("--help").ended;
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: amplitude-access/);
    for (const word of ["plan", "apply", "drift", "snapshot", "Exit codes: 0 "]) expect(out).toContain(word);
  }, 60_000);
});
