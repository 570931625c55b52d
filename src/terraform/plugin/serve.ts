import { selfSigned } from "./certificate";
import { startGrpcServer, type Calls, type Place } from "./grpc-server";
import { newSocketPath, socketBase, sweepSockets } from "./socket-folder";

/** How core and a provider recognise each other (https://github.com/hashicorp/go-plugin, docs/internals.md). */
const COOKIE = "TF_PLUGIN_MAGIC_COOKIE";
const COOKIE_VALUE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const PROTOCOL = 6;
const SHUTDOWN = "/plugin.GRPCController/Shutdown";

export interface ServeOptions {
  /** `amplitude-access/amplitude`; core's name for it has the host of its registry in front. */
  readonly source: string;
  /** Loads what answers, once the handshake is out. */
  readonly load: () => Promise<Calls>;
  /** `-debug`: run by hand, core is told where through an environment variable. */
  readonly debug: boolean;
}

/** Runs the process as a plugin of terraform or tofu. Resolves when it listens and has said so. */
export async function serve({ source, load, debug }: ServeOptions): Promise<void> {
  const { env } = process;
  // Before anything is said: whoever hears it may be gone the next moment.
  const parent = process.ppid;
  if (!debug && env[COOKIE] !== COOKIE_VALUE) {
    process.stderr.write(
      "This program is a provider for Terraform and OpenTofu, which start it themselves: " +
        "name amplitude-access/amplitude in required_providers.\nTo run it in a debugger, start it with -debug.\n",
    );
    process.exitCode = 1;
    return;
  }
  const say = ownStdout();
  endWell(debug);
  const client = debug ? undefined : nonEmpty(env["PLUGIN_CLIENT_CERT"]);
  const certificate = client === undefined ? undefined : selfSigned();
  let loaded: (calls: Promise<Calls>) => void = () => undefined;
  const calls = new Promise<Calls>((resolve) => (loaded = resolve));
  const server = await startGrpcServer({
    place: place(env),
    tls: client === undefined || certificate === undefined ? undefined : { certificate, client },
    calls,
  });
  const shutdown = (): Promise<Buffer> => {
    // The answer first: core waits two seconds for a provider that is gone too early.
    setImmediate(() => void server.close().then(() => process.exit(0)));
    setTimeout(() => process.exit(0), 200);
    return Promise.resolve(Buffer.alloc(0));
  };
  if (debug) say(reattachText(source, server.network, server.address));
  else {
    const der = certificate?.der.toString("base64").replace(/=+$/, "") ?? "";
    say(`1|${PROTOCOL}|${server.network}|${server.address}|grpc|${der}\n`);
    watchParent(parent);
  }
  loaded(load().then((known) => new Map([...known, [SHUTDOWN, shutdown]])));
  await calls;
  // There can be many of them: not before the handshake.
  await sweepSockets(baseOf(env), Date.now());
}

/** stdout carries the handshake; whatever else is printed there would break it. */
function ownStdout(): (text: string) => void {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = (chunk: string | Uint8Array) => stderr.write(chunk);
  stdout.on("error", () => undefined);
  stderr.on("error", () => undefined);
  return (text) => void write(text);
}

function endWell(debug: boolean): void {
  // Ctrl-C reaches every process of the terminal: core wants us alive, and says StopProvider when it means us.
  process.on("SIGINT", () => (debug ? process.exit(0) : undefined));
  process.on("SIGTERM", () => process.exit(0));
  process.on("uncaughtException", (error) => {
    // Core shows this form as a crash of the provider, with its stack.
    process.stderr.write(`panic: ${error.stack ?? error.message}\n\n`);
    process.exit(2);
  });
}

/** A provider whose terraform was killed would run for ever. */
function watchParent(parent: number): void {
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 2000).unref();
}

function place(env: NodeJS.ProcessEnv): Place {
  if (process.platform === "win32")
    return { from: Number(env["PLUGIN_MIN_PORT"] ?? 10_000), to: Number(env["PLUGIN_MAX_PORT"] ?? 25_000) };
  return { path: newSocketPath(baseOf(env)) };
}

function baseOf(env: NodeJS.ProcessEnv): string {
  return socketBase(nonEmpty(env["PLUGIN_UNIX_SOCKET_DIR"]));
}

function reattachText(source: string, network: string, address: string): string {
  const entry = {
    Protocol: "grpc",
    ProtocolVersion: PROTOCOL,
    Pid: process.pid,
    Test: true,
    Addr: { Network: network, String: address },
  };
  return (
    "The provider runs. Put the host of your registry in front of its name, and run terraform or tofu with\n\n" +
    `  TF_REATTACH_PROVIDERS='${JSON.stringify({ [source]: entry })}'\n\n`
  );
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === "" ? undefined : text;
}
