import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { buildProvider } from "../../scripts/build-provider";
import { kinds } from "../../src/resources";
import { selfSigned, type Certificate } from "../../src/terraform/plugin/certificate";
import { provider } from "../../src/terraform/plugin/messages";
import { decode, encode, type Encodable, type Message } from "../../src/terraform/plugin/protobuf";

jest.setTimeout(60_000);

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/** A client that is neither ours nor core's, and the provider that it started. */
class Client {
  readonly child: ChildProcess;
  readonly certificate: Certificate = selfSigned();
  stderr = "";
  #stdout = "";

  constructor(folder: string, env: Readonly<Record<string, string>> = {}, args: readonly string[] = []) {
    this.child = spawn(process.execPath, [join(folder, "provider.cjs"), ...args], {
      env: {
        PATH: process.env["PATH"],
        TF_PLUGIN_MAGIC_COOKIE: COOKIE,
        PLUGIN_PROTOCOL_VERSIONS: "5,6",
        PLUGIN_CLIENT_CERT: this.certificate.pem,
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child.stdout?.on("data", (chunk: Buffer) => (this.#stdout += chunk.toString()));
    this.child.stderr?.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
  }

  get stdout(): string {
    return this.#stdout;
  }

  /** The one line that core waits for, in its parts. */
  async handshake(): Promise<readonly string[]> {
    for (;;) {
      const line = /^(.*)\n/.exec(this.#stdout)?.[1];
      if (line !== undefined) return line.split("|");
      if (this.child.exitCode !== null)
        throw new Error(`It ended with ${this.child.exitCode}: ${this.stderr}`);
      await new Promise((wake) => setTimeout(wake, 10));
    }
  }

  /** Connects with a certificate: the one that core announced, another, or none. */
  async connect(shown: Certificate | null = this.certificate): Promise<grpc.Client> {
    const [, , , address = "", , der = ""] = await this.handshake();
    const lines =
      Buffer.from(der, "base64")
        .toString("base64")
        .match(/.{1,64}/g) ?? [];
    const root = `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
    const credentials = grpc.credentials.createSsl(
      Buffer.from(root),
      shown === null ? null : Buffer.from(shown.key),
      shown === null ? null : Buffer.from(shown.pem),
    );
    return new grpc.Client(`unix:${address}`, credentials, { "grpc.ssl_target_name_override": "localhost" });
  }

  ended(): Promise<number | null> {
    const { child } = this;
    if (child.exitCode !== null) return Promise.resolve(child.exitCode);
    return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
  }
}

type Name = keyof typeof provider;

function call<N extends Name>(
  client: grpc.Client,
  name: N,
  request: object = {},
  service = "tfplugin6.Provider",
) {
  const { request: asked, response } = provider[name];
  return new Promise<ReturnType<typeof decode<(typeof provider)[N]["response"]>>>((resolve, reject) => {
    client.makeUnaryRequest(
      `/${service}/${name}`,
      (value: object) => encode(asked as Message, value as Encodable<Message>),
      (bytes: Buffer) => decode(response as Message, bytes) as never,
      request,
      { deadline: Date.now() + 20_000 },
      (error, value) => (error ? reject(error) : resolve(value as never)),
    );
  });
}

function shutdown(client: grpc.Client): Promise<void> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      "/plugin.GRPCController/Shutdown",
      () => Buffer.alloc(0),
      () => undefined,
      {},
      (error) => (error ? reject(error) : resolve()),
    );
  });
}

describe("the plugin, spoken to by another implementation of gRPC", () => {
  let folder: string;
  let started: Client[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "amplitude-plugin-"));
    buildProvider(folder);
  });
  afterEach(() => {
    for (const { child } of started) child.kill("SIGKILL");
    started = [];
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const start = (
    ...args: ConstructorParameters<typeof Client> extends [string, ...infer R] ? R : never
  ): Client => {
    const client = new Client(folder, ...args);
    started.push(client);
    return client;
  };

  it("shakes hands in one line, answers what core never asks, and ends when told to, leaving nothing behind", async () => {
    const plugin = start();
    const parts = await plugin.handshake();
    expect(parts.slice(0, 3)).toEqual(["1", "6", "unix"]);
    expect(parts[5]).not.toContain("=");
    const client = await plugin.connect();
    const metadata = await call(client, "GetMetadata");
    expect(metadata.resources.map(({ type_name: type }) => type).sort()).toEqual(
      kinds.map(({ type }) => type).sort(),
    );
    await expect(call(client, "GetFunctions")).resolves.toEqual({ diagnostics: [] });
    const schema = await call(client, "GetProviderSchema");
    const names = schema.provider?.block?.attributes
      .filter(({ sensitive }) => sensitive)
      .map(({ name }) => name);
    expect(names).toEqual(["org_api_key", "org_secret_key", "scim_key", "token"]);
    await shutdown(client);
    await expect(plugin.ended()).resolves.toBe(0);
    expect(existsSync(dirname(parts[3] ?? ""))).toBe(false);
    expect(plugin.stdout.split("\n")).toHaveLength(2);
    client.close();
  });

  it("talks to nobody without the certificate that core announced", async () => {
    const plugin = start();
    for (const shown of [null, selfSigned()]) {
      const client = await plugin.connect(shown);
      await expect(call(client, "GetMetadata")).rejects.toThrow(/UNAVAILABLE/);
      client.close();
    }
    const client = await plugin.connect();
    await expect(call(client, "GetMetadata")).resolves.toBeDefined();
    client.close();
  });

  it("says that a call does not exist, and fails alone for a type that does not", async () => {
    const plugin = start();
    const client = await plugin.connect();
    await expect(call(client, "GetMetadata", {}, "tfplugin6.Other")).rejects.toThrow(/UNIMPLEMENTED/);
    await expect(call(client, "UpgradeResourceState", { type_name: "amplitude_nothing" })).rejects.toThrow(
      /There is no resource amplitude_nothing/,
    );
    await expect(call(client, "GetMetadata")).resolves.toBeDefined();
    client.close();
  });

  it("outlives Ctrl-C, which reaches every process of a terminal", async () => {
    const plugin = start();
    const client = await plugin.connect();
    await call(client, "GetMetadata");
    plugin.child.kill("SIGINT");
    await expect(call(client, "StopProvider")).resolves.toEqual({ Error: "" });
    client.close();
  });

  it("started by hand says what it is; with -debug it says how to reach it, in plain text", async () => {
    const alone = start({ TF_PLUGIN_MAGIC_COOKIE: "" });
    await expect(alone.ended()).resolves.toBe(1);
    expect(alone.stderr).toContain("a provider for Terraform and OpenTofu");
    const debug = start({ TF_PLUGIN_MAGIC_COOKIE: "" }, ["-debug"]);
    await debug.handshake();
    while (!/TF_REATTACH_PROVIDERS='(.*)'/.test(debug.stdout))
      await new Promise((wake) => setTimeout(wake, 10));
    const text = /TF_REATTACH_PROVIDERS='(.*)'/.exec(debug.stdout)?.[1] ?? "";
    const [entry] = Object.values(
      JSON.parse(text) as Record<string, { Addr: { String: string }; ProtocolVersion: number }>,
    );
    expect(entry?.ProtocolVersion).toBe(6);
    const client = new grpc.Client(`unix:${entry?.Addr.String}`, grpc.credentials.createInsecure());
    await expect(call(client, "GetMetadata")).resolves.toBeDefined();
    client.close();
  });

  it("what is thrown outside of every call is written as core shows a crash, and ends it", async () => {
    const preload = join(folder, "throws.cjs");
    writeFileSync(
      preload,
      'process.once("SIGUSR2", () => setImmediate(() => { throw new Error("broken on purpose"); }));\n',
    );
    const plugin = start({ NODE_OPTIONS: `--require ${preload}` });
    await plugin.handshake();
    plugin.child.kill("SIGUSR2");
    await expect(plugin.ended()).resolves.toBe(2);
    expect(plugin.stderr).toMatch(/^panic: Error: broken on purpose\n {4}at .*\n/);
    expect(plugin.stderr).toMatch(/\n\n$/);
  });

  it("ends when the terraform that started it was killed", async () => {
    const shell = spawn("sh", ["-c", '"$0" "$1" & wait', process.execPath, join(folder, "provider.cjs")], {
      env: { PATH: process.env["PATH"], TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_PROTOCOL_VERSIONS: "6" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const line = await new Promise<string>((said) =>
      shell.stdout.once("data", (chunk) => said(String(chunk))),
    );
    const socket = line.split("|")[3] ?? "";
    expect(existsSync(socket)).toBe(true);
    // The pipe closes with the last process that has it.
    const closed = new Promise((done) => shell.once("close", done));
    shell.kill("SIGKILL");
    await closed;
    expect(existsSync(dirname(socket))).toBe(false);
  });
});
