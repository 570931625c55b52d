import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newSocketPath, socketBase, sweepSockets } from "../../src/terraform/plugin/socket-folder";

const NOW = Date.parse("2026-11-23T09:00:00Z");
const old = new Date(NOW - 25 * 60 * 60 * 1000);

describe("folders of a provider's sockets", () => {
  let base: string;
  beforeEach(() => (base = mkdtempSync(join(tmpdir(), "sweep-"))));
  afterEach(() => rmSync(base, { recursive: true }));

  function folder(
    name: string,
    { mode = 0o700, at = old } = {},
    fill: (path: string) => void = () => undefined,
  ): string {
    const path = join(base, `tfp-amplitude-${name}`);
    mkdirSync(path);
    fill(path);
    chmodSync(path, mode);
    utimesSync(path, at, at);
    return path;
  }
  /** A socket whose process was killed. */
  const leftSocket = (path: string) =>
    void spawnSync(process.execPath, [
      "-e",
      'require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))',
      join(path, "s"),
    ]);
  const served = async (path: string): Promise<Server> => {
    const server = createServer().listen(join(path, "s"));
    await new Promise((listening) => server.on("listening", listening));
    utimesSync(path, old, old);
    return server;
  };

  it("go a day after their provider was killed, and nothing else does", async () => {
    const left = folder("left", {}, leftSocket);
    const empty = folder("empty");
    mkdirSync(join(base, "elsewhere"));
    leftSocket(join(base, "elsewhere"));
    const kept = [
      folder("young", { at: new Date(NOW - 60_000) }, leftSocket),
      folder("open", { mode: 0o755 }, leftSocket),
      folder("file", {}, (path) => writeFileSync(join(path, "s"), "keep")),
      folder("more", {}, (path) => (leftSocket(path), writeFileSync(join(path, "notes.txt"), "keep"))),
      folder("deep", {}, (path) => mkdirSync(join(path, "reports"))),
      folder("inner", {}, (path) => symlinkSync(join(base, "elsewhere/s"), join(path, "s"))),
    ];
    symlinkSync(join(base, "elsewhere"), join(base, "tfp-amplitude-link"));
    const running = folder("running");
    const server = await served(running);
    await sweepSockets(base, NOW);
    server.close();
    for (const path of [...kept, running, join(base, "tfp-amplitude-link"), join(base, "elsewhere/s")])
      expect({ path, there: existsSync(path) }).toEqual({ path, there: true });
    expect(readdirSync(join(base, "tfp-amplitude-more")).sort()).toEqual(["notes.txt", "s"]);
    for (const path of [left, empty])
      expect({ path, there: existsSync(path) }).toEqual({ path, there: false });
    await expect(sweepSockets(join(base, "nowhere"), NOW)).resolves.toBeUndefined();
  });

  it("are made for one user, where core says or as near as a socket's path allows", () => {
    const path = newSocketPath(socketBase(base));
    expect(path.startsWith(join(base, "tfp-amplitude-"))).toBe(true);
    expect(socketBase(join("/tmp", "x".repeat(90)))).toBe("/tmp");
  });
});
