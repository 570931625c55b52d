import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type RunningEmulator } from "../../src/emulator/index";
import { bundled } from "../support/bundled";
import { acme } from "./acme";

const key = { authorization: "Bearer scim-us-7" };

describe("an emulator on a port", () => {
  let running: RunningEmulator;
  beforeEach(async () => {
    running = await startEmulator({ seed: acme });
  });
  afterEach(() => running.close());

  const arm = (fault: object) =>
    fetch(`${running.url}/_emulator/faults`, { method: "POST", body: JSON.stringify({ fault }) });

  it("answers on 127.0.0.1", async () => {
    expect(running.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await fetch(`${running.url}/scim/1/Users`, { headers: key });
    expect(await answer.json()).toMatchObject({ totalResults: 3 });
  });

  it("breaks the connection on a reset", async () => {
    await arm({ type: "reset", when: "after" });
    const body = JSON.stringify({ userName: "x@acme.com" });
    const lost = fetch(`${running.url}/scim/1/Users`, { method: "POST", headers: key, body });
    await expect(lost).rejects.toThrow("fetch failed");
    expect(running.emulator.state().people).toHaveLength(4);
  });

  it("lets a client give up on a timeout, and goes on", async () => {
    await arm({ type: "timeout" });
    const given = fetch(`${running.url}/scim/1/Users`, { headers: key, signal: AbortSignal.timeout(50) });
    await expect(given).rejects.toThrow();
    expect((await fetch(`${running.url}/scim/1/Users`, { headers: key })).status).toBe(200);
  });

  it.each([
    [{ host: "evil.example" }, 403],
    [{ host: "127.0.0.1.evil.example:80" }, 403],
    [{ host: "localhost:1" }, 200],
    [{ host: "[::1]:1" }, 200],
    [{ origin: "https://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ origin: "http://localhost:3000" }, 200],
    [{}, 200],
  ])("to headers %j it answers %i", async (headers, status) => {
    const answered = new Promise<number | undefined>((resolve, reject) => {
      request(`${running.url}/_emulator/state`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(await answered).toBe(status);
  });

  it("says when its port is taken", async () => {
    const port = Number(new URL(running.url).port);
    await expect(startEmulator({ port })).rejects.toThrow("EADDRINUSE");
  });
});

describe("amplitude-emulator", () => {
  const main = bundled("emulator", join(__dirname, "../../src/emulator/main.ts"));
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "emulator-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const seedFile = (seed: unknown): string => {
    const file = join(folder, "seed.json");
    writeFileSync(file, JSON.stringify(seed));
    return file;
  };
  const start = (args: string[]) =>
    spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = (child: ReturnType<typeof start>) =>
    new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      let stdout = "";
      let stderr = "";
      child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      child.on("close", (code) => resolve({ code, stdout, stderr }));
    });

  it("prints its address and nothing else, serves the seed, and stops when it is told to", async () => {
    const child = start(["--port", "0", "--seed", seedFile(acme)]);
    const end = ended(child);
    const url = await new Promise<string>((resolve) =>
      child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim())),
    );
    expect((await fetch(`${url}/scim/1/Users`, { headers: key })).status).toBe(200);
    child.kill("SIGTERM");
    expect(await end).toEqual({ code: 0, stdout: `${url}\n`, stderr: "" });
  });

  it.each([
    [
      "a wrong seed",
      () => ["--seed", seedFile({ ...acme, people: [{ email: "x" }] })],
      'people[0].email: not an e-mail address: "x"',
    ],
    ["no file", () => ["--seed", join(folder, "none.json")], "ENOENT"],
    ["a wrong port", () => ["--port", "x"], "--port takes 0 to 65535"],
    ["a flag that does not exist", () => ["--ports"], "--ports"],
  ])("ends with 1 and says so on stderr for %s", async (_name, args, said) => {
    const { code, stdout, stderr } = await ended(start(args()));
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(said);
  });
});
