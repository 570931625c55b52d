import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";

/** Where Debian puts it, newest first, and after it whatever is on the PATH. */
const VERSIONS = "/usr/lib/postgresql";

/** The folder of its binaries; undefined where there is no PostgreSQL. */
export const postgresBinaries = [
  ...(existsSync(VERSIONS)
    ? readdirSync(VERSIONS)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(VERSIONS, version, "bin"))
    : []),
  ...(process.env["PATH"] ?? "").split(":"),
].find((folder) => ["initdb", "postgres"].every((name) => existsSync(join(folder, name))));

/** PostgreSQL refuses to run as root; its package makes this user. */
const USER = "postgres";
const isRoot = process.getuid?.() === 0;

/** Why there is none to test with; undefined where there is. */
export const noPostgres =
  postgresBinaries === undefined
    ? "there is no PostgreSQL on this machine"
    : isRoot && spawnSync("id", [USER], { stdio: "ignore" }).status !== 0
      ? `this is root, and there is no user ${USER} to start it as`
      : undefined;

/** A database of its own on a port of its own; gone when it is stopped. */
export class Postgres {
  private constructor(
    readonly url: string,
    readonly folder: string,
    readonly server: ChildProcess,
  ) {}

  static async start(): Promise<Postgres> {
    const binaries = postgresBinaries ?? "";
    const folder = as("mktemp", ["-d", "-t", "amplitude-pg-XXXXXX"]).trim();
    const data = join(folder, "data");
    as(join(binaries, "initdb"), ["-D", data, "-U", USER, "-A", "trust", "-N", "--no-instructions"]);
    const port = await freePort();
    const settings = ["listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`, "fsync=off"];
    const args = ["-D", data, "-p", String(port), ...settings.flatMap((each) => ["-c", each])];
    const [program, ...rest] = command(join(binaries, "postgres"), args);
    const server = spawn(program, rest, { stdio: ["ignore", "ignore", "pipe"], cwd: "/" });
    let said = "";
    await new Promise<void>((ready, reject) => {
      server.stderr.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes("ready to accept connections")) ready();
      });
      server.on("error", reject);
      server.on("exit", () => reject(new Error(`PostgreSQL did not start:\n${said}`)));
    });
    return new Postgres(`postgres://${USER}@127.0.0.1:${port}/postgres?sslmode=disable`, folder, server);
  }

  async stop(): Promise<void> {
    const gone = new Promise((done) => this.server.once("exit", done));
    this.server.kill("SIGINT");
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function command(program: string, args: readonly string[]): [string, ...string[]] {
  // Unlike su it starts no shell and passes signals on.
  return isRoot
    ? ["setpriv", `--reuid=${USER}`, `--regid=${USER}`, "--clear-groups", program, ...args]
    : [program, ...args];
}

function as(program: string, args: readonly string[]): string {
  const [first, ...rest] = command(program, args);
  return execFileSync(first, rest, { encoding: "utf8", cwd: "/", stdio: ["ignore", "pipe", "pipe"] });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
