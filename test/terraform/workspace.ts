import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildProvider } from "../../scripts/build-provider";
import { version } from "../../src/api";
import { startEmulator, type LoggedRequest, type RunningEmulator, type Seed } from "../../src/emulator";
import { builtOnce } from "../support/built-once";
import { onPath } from "../support/programs";

/**
 * What `npm run test:hosts` sets: which binary, how many operations it runs at once, and that every command starts a provider of its own.
 */
const { HOST_BINARY, HOST_PARALLELISM, HOST_PROCESSES } = process.env;

/** The stock binary that these tests run; undefined where there is none. */
export const binary = (HOST_BINARY === undefined ? ["terraform", "tofu"] : [HOST_BINARY]).find(
  (name) => onPath(name) !== undefined,
);

/** Without a binary everything here is skipped, and says so where nobody can miss it. */
export const acceptance: jest.Describe = binary === undefined ? describe.skip : describe;
if (binary === undefined) {
  process.stderr.write(
    "\n*** Neither terraform nor tofu is on the PATH: the provider was NOT tested with the real thing, only with a client of our own. ***\n\n",
  );
}

const SOURCE = "amplitude-access/amplitude";

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, without the frames around problems and without line breaks within sentences. */
  readonly text: string;
}

/** The provider, and a folder that one test file shares; gone when it ends. */
export class Installation {
  readonly folder = mkdtempSync(join(tmpdir(), "amplitude-terraform-"));
  provider = "";
  readonly overrides = join(this.folder, "overrides.tfrc");

  /** @param entry the provider's main file, or one that breaks it on purpose */
  build(entry?: string): this {
    if (entry === undefined) this.provider = builtOnce("provider", buildProvider);
    else buildProvider((this.provider = join(this.folder, "provider")), { entry });
    writeFileSync(
      this.overrides,
      `provider_installation {\n  dev_overrides { ${JSON.stringify(SOURCE)} = ${JSON.stringify(this.provider)} }\n  direct {}\n}\n`,
    );
    return this;
  }

  /** A configuration of the CLI by which `init` finds the provider in a folder, as a mirror of its registry. */
  mirror(): string {
    const file = join(this.folder, "mirror.tfrc");
    const mirror = join(this.folder, "mirror");
    const { address } = this;
    const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
    const target = join(mirror, address, version, platform);
    mkdirSync(target, { recursive: true });
    for (const name of readdirSync(this.provider))
      copyFileSync(join(this.provider, name), join(target, name));
    writeFileSync(
      file,
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n    include = [${JSON.stringify(address)}]\n  }\n}\n`,
    );
    return file;
  }

  /** The provider's address with the host of the binary's own registry, which the binary tells. */
  get address(): string {
    return (this.#address ??= this.#tell());
  }

  #address: string | undefined;

  #tell(): string {
    const folder = mkdtempSync(join(this.folder, "address-"));
    const empty = join(this.folder, "empty.tfrc");
    writeFileSync(empty, "");
    writeFileSync(join(folder, "main.tf"), requirement);
    const { stdout } = spawnSync(binary ?? "", ["providers"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, TF_CLI_CONFIG_FILE: empty },
    });
    const found = /provider\[([^\]]+)\]/.exec(stdout)?.[1];
    if (found === undefined) throw new Error(`${binary} tells no provider:\n${stdout}`);
    return found;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function inParallel(operations: number | string | undefined): NodeJS.ProcessEnv {
  if (operations === undefined) return {};
  const commands = ["apply", "destroy", "plan", "refresh"];
  return Object.fromEntries(
    commands.map((command) => [`TF_CLI_ARGS_${command}`, `-parallelism=${operations}`]),
  );
}

const requirement = `terraform {\n  required_providers {\n    amplitude = { source = ${JSON.stringify(SOURCE)} }\n  }\n}\n`;

export interface WorkspaceOptions {
  readonly installation: Installation;
  readonly seed: Seed;
  /** Beside those that reach the emulator. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cliConfig?: string;
  /** One provider process for all runs, attached as a debugger's is: for files whose subject is not its start. Each run configures it anew. */
  readonly attached?: true;
  /** How many operations the binary runs at once; left out: as many as it likes, which is 10. */
  readonly parallelism?: number;
}

/** One folder of configuration, one emulated organization, one state. */
export class Workspace {
  readonly folder: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #installation: Installation;
  #attached: ChildProcess | undefined;

  private constructor(
    readonly emulator: RunningEmulator,
    { installation, env = {}, cliConfig, seed, parallelism }: WorkspaceOptions,
  ) {
    this.#installation = installation;
    // As deep as cdktf's: a synthesized stack keeps its state three folders above.
    this.folder = join(mkdtempSync(join(installation.folder, "workspace-")), "cdktf.out", "stacks", "acme");
    mkdirSync(this.folder, { recursive: true });
    const clean = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(?:TF_|AMPLITUDE_|NODE_OPTIONS)/.test(name)),
    );
    const served = seed.switches?.management === "served";
    this.#env = {
      ...clean,
      TF_CLI_CONFIG_FILE: cliConfig ?? installation.overrides,
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
      AMPLITUDE_SCIM_KEY: "scim-us-acme",
      AMPLITUDE_ORG_API_KEY: "org-us-acme",
      AMPLITUDE_ORG_SECRET_KEY: "secret-us-acme",
      AMPLITUDE_TOKEN: "token-us-acme",
      AMPLITUDE_BASE_URL: emulator.url,
      ...(served ? { AMPLITUDE_MANAGEMENT_URL: emulator.url } : {}),
      AMPLITUDE_EMULATOR_CLOCK: "1",
      AMPLITUDE_TERRAFORM_ASSERT: "1",
      ...inParallel(parallelism ?? HOST_PARALLELISM),
      ...env,
    };
  }

  static async open(options: WorkspaceOptions): Promise<Workspace> {
    const credentials = {
      scimKey: "scim-us-acme",
      orgApiKey: "org-us-acme",
      orgSecretKey: "secret-us-acme",
      token: "token-us-acme",
    };
    const emulator = await startEmulator({ seed: { ...options.seed, credentials } });
    const workspace = new Workspace(emulator, options);
    if (options.attached && HOST_PROCESSES !== "each") await workspace.attach();
    return workspace;
  }

  /** The provider as one process from here on; it stays until the workspace closes. */
  async attach(): Promise<void> {
    const { provider, address } = this.#installation;
    const env = { ...this.#env };
    const child = spawn(process.execPath, [join(provider, "provider.cjs"), "-debug"], {
      env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    this.#attached = child;
    let printed = "";
    for await (const chunk of child.stdout) {
      printed += String(chunk);
      const found = /TF_REATTACH_PROVIDERS='(.*)'/.exec(printed)?.[1];
      if (found === undefined) continue;
      const [entry] = Object.values(JSON.parse(found) as object) as object[];
      this.#env["TF_REATTACH_PROVIDERS"] = JSON.stringify({ [address]: entry });
      return;
    }
    throw new Error(`The provider does not run: ${printed}`);
  }

  /** The provider's address, as a state names it. */
  provider(): string {
    return this.#installation.address;
  }

  close(): Promise<void> {
    this.#attached?.kill();
    return this.emulator.close();
  }

  /** The configuration: `body` behind the provider block. */
  write(body: string, block = ""): void {
    const { id } = this.emulator.emulator.state().organization;
    writeFileSync(
      join(this.folder, "main.tf"),
      `${requirement}provider "amplitude" {\n  org_id = "${id}"\n${block}\n}\n${body}\n`,
    );
  }

  file(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Runs the binary. `env` is for this run only. */
  async run(
    args: readonly string[],
    env: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Outcome> {
    const { spawned, ended } = this.start(args, env);
    spawned.stdin.end();
    return ended;
  }

  /** The same, to be watched while it runs. */
  start(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) {
    const [command = "", ...rest] = args;
    // Subcommands of `state` print no colors, and know no option against them.
    const plain = command === "state" ? [] : ["-no-color"];
    const spawned = spawn(binary ?? "", [command, ...plain, ...rest], {
      cwd: this.folder,
      env: { ...this.#env, ...env },
      detached: true,
    });
    let stdout = "";
    let stderr = "";
    spawned.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    spawned.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise<Outcome>((resolve, reject) => {
      spawned.on("error", reject);
      spawned.on("close", (code) => {
        const text = `${stdout}\n${stderr}`.replace(/^[│╷╵] ?/gm, "").replace(/\s+/g, " ");
        resolve({ code: code ?? -1, stdout, stderr, text });
      });
    });
    return { spawned, ended, output: () => stdout + stderr };
  }

  /** Runs it, and fails with all that it said unless it ends with `code`. */
  async expect(code: number, ...args: readonly string[]): Promise<Outcome> {
    const outcome = await this.run(args);
    if (outcome.code !== code) {
      throw new Error(
        `${args.join(" ")} ended with ${outcome.code}, not ${code}:\n${outcome.stderr === "" ? outcome.stdout : outcome.stderr}`,
      );
    }
    return outcome;
  }

  apply(...args: readonly string[]): Promise<Outcome> {
    return this.expect(0, "apply", "-auto-approve", "-input=false", ...args);
  }

  /** Plans, and fails unless nothing is to be done. */
  nothingToDo(...args: readonly string[]): Promise<Outcome> {
    return this.expect(0, "plan", "-detailed-exitcode", "-input=false", ...args);
  }

  changes(...args: readonly string[]): Promise<Outcome> {
    return this.expect(2, "plan", "-detailed-exitcode", "-input=false", ...args);
  }

  /** Something done in Amplitude's own pages. */
  async ui(change: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#control("POST", "ui", { actor: "tom@acme.com", change });
  }

  async control(method: string, path: string, body: unknown): Promise<void> {
    await this.#control(method, path, body);
  }

  /** What Amplitude was asked since the last time: `GET /scim/1/Users`. */
  requests(): string[] {
    return (this.emulator.emulator.requests as LoggedRequest[])
      .splice(0)
      .map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);
  }

  async #control(method: string, path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.emulator.url}/_emulator/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  }
}
