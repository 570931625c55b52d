import { createServer, type Server } from "node:http";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import type { AddressInfo } from "node:net";
import { delimiter, dirname, join, posix } from "node:path";
import { text } from "node:stream/consumers";
import { child, git } from "./git";
import { callOf, CLIENT, here } from "./served-command";
import type { GitHubStandIn } from "./stand-in";
import {
  actionSteps,
  fileOf,
  filled,
  holds,
  workflowOf,
  type Contexts,
  type Step,
  type WorkflowName,
} from "./workflow";

/** What starts a job. */
export interface Trigger {
  readonly event: string;
  /** Commit of the checkout. */
  readonly sha: string;
  readonly payload?: object;
  /** Head of the pull request, which its runs are of. */
  readonly head?: string;
  readonly branch?: string;
  readonly fork?: boolean;
}

/** A script as it was run. */
export interface Ran {
  readonly step: string;
  /** Everything in its environment, but PATH and HOME. */
  readonly env: Readonly<Record<string, string>>;
  readonly output: string;
  readonly exitCode: number;
}

export interface JobResult {
  readonly run: number;
  readonly ran: readonly Ran[];
  readonly failed: boolean;
  readonly directory: string;
}

/**
 * Runs the jobs of our workflows as GitHub's runner does: step by step, each script in bash, with exactly the environment that the workflow gives
 * it. `amplitude-access` on its PATH is this process. The only thing added is the emulator's clock.
 */
export class Runner {
  /** Secrets by environment, then by name. */
  readonly secrets: Record<string, Readonly<Record<string, string>>> = {};
  readonly vars: Record<string, string> = {};
  readonly #server: Server;
  #url = "";

  private constructor(
    readonly github: GitHubStandIn,
    readonly directory: string,
  ) {
    this.#server = createServer((request, response) => {
      void text(request).then(async (body) => {
        const call = callOf(body);
        const { out, err, exitCode } = await here(call);
        writeFileSync(join(call.answer, "out"), out);
        writeFileSync(join(call.answer, "err"), err);
        response.end(String(exitCode));
      });
    });
  }

  /** `state`: the repository with the state branch, made by `stateRepository`. */
  static async start(github: GitHubStandIn, directory: string, state: string): Promise<Runner> {
    const runner = new Runner(github, directory);
    await new Promise<void>((done) => runner.#server.listen(0, "127.0.0.1", done));
    runner.#url = `http://127.0.0.1:${(runner.#server.address() as AddressInfo).port}`;
    runner.#command("amplitude-access", CLIENT.replace("URL", runner.#url));
    runner.#command("npm", "#!/bin/sh\nexit 0\n");
    cpSync(state, join(directory, "state.git"), { recursive: true });
    return runner;
  }

  close(): void {
    this.#server.close();
  }

  /** What is on the state branch. */
  async state(path: string): Promise<string | undefined> {
    try {
      return await git(join(this.directory, "state.git"), "show", `amplitude-access-state:${path}`);
    } catch {
      return undefined;
    }
  }

  /** Runs one job of a workflow. `into`: the run that it belongs to, where another job has begun it. */
  async job(name: WorkflowName, job: string, trigger: Trigger, into?: number): Promise<JobResult> {
    const { github } = this;
    const { [job]: called } = workflowOf(name).jobs;
    // The only one that others call.
    const content = called?.uses === undefined ? called : workflowOf("synth").jobs["synth"];
    const run =
      into ??
      github.run({
        event: trigger.event,
        path: `.github/workflows/${fileOf(name)}`,
        head_sha: trigger.head ?? trigger.sha,
        head_branch: trigger.branch ?? "main",
        head_repository: trigger.fork === true ? 2 : 1,
      });
    const directory = mkdtempSync(join(this.directory, `${name}-`));
    const files = github.repository.commits.get(trigger.sha)?.files ?? new Map<string, string>();
    for (const [path, text] of files) {
      mkdirSync(join(directory, dirname(path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const environment = content?.environment ?? "";
    const contexts = {
      github: {
        token: github.token(content?.permissions ?? {}),
        event: trigger.payload ?? {},
        event_name: trigger.event,
        ref: "refs/heads/main",
      },
      secrets: this.secrets[environment] ?? {},
      vars: this.vars,
      steps: {} as Record<string, { outputs: Record<string, string> }>,
    };
    const eventPath = join(this.directory, `event-${run}.json`);
    writeFileSync(eventPath, JSON.stringify(contexts.github.event));
    const base = {
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: github.url,
      GITHUB_EVENT_PATH: eventPath,
      GITHUB_PATH: join(this.directory, "path"),
      GITHUB_REPOSITORY: github.name,
      GITHUB_RUN_ID: String(run),
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_SHA: trigger.sha,
    };
    const ran: Ran[] = [];
    let failed = false;
    if (content?.if !== undefined && !holds(content.if, contexts))
      throw new Error(`${name} ${job} is not for this event`);
    for (const step of content?.steps ?? []) {
      const condition = step.if ?? "";
      if (failed && !condition.includes("always()")) continue;
      if (condition !== "" && !holds(condition, contexts)) continue;
      for (const script of step.uses?.startsWith("./.github/actions/") === true ? actionSteps() : [step]) {
        if (script.run === undefined) await this.#use(script, contexts, { run, directory });
        else {
          const done = await this.#script(script, contexts, { base, directory });
          ran.push(done);
          failed ||= done.exitCode !== 0;
        }
      }
    }
    return { run, ran, failed, directory };
  }

  async #script(
    step: Step,
    contexts: Contexts & { readonly steps: Record<string, { outputs: Record<string, string> }> },
    { base, directory }: { readonly base: Readonly<Record<string, string>>; readonly directory: string },
  ): Promise<Ran> {
    const { name = "", id = "", run: script = "" } = step;
    const output = join(this.directory, `output-${Math.random()}`);
    writeFileSync(output, "");
    const given = Object.entries(step.env ?? {}).map(([key, value]) => [key, filled(value, contexts)]);
    const env = {
      ...base,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: join(this.directory, "summary"),
      ...(Object.fromEntries(given) as Record<string, string>),
    };
    const file = join(this.directory, "script.sh");
    writeFileSync(file, script);
    const path = [join(this.directory, "bin"), dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
    const flags = step.shell === "bash" ? ["--noprofile", "--norc", "-eo", "pipefail"] : ["-e"];
    const { code, said } = await child("bash", [...flags, file], directory, {
      ...env,
      PATH: path,
      HOME: this.directory,
    });
    const lines = readFileSync(output, "utf8")
      .split("\n")
      .filter((line) => line.includes("="));
    const outputs = lines.map((line) => [
      line.slice(0, line.indexOf("=")),
      line.slice(line.indexOf("=") + 1),
    ]);
    contexts.steps[id] = { outputs: Object.fromEntries(outputs) as Record<string, string> };
    return { step: name, env, output: said, exitCode: code };
  }

  /** The actions of GitHub that our workflows use. */
  async #use(
    { uses = "", with: given = {} }: Step,
    contexts: Contexts,
    { run: id, directory }: { readonly run: number; readonly directory: string },
  ): Promise<void> {
    const [action = ""] = uses.split("@");
    if (action === "actions/setup-node") return;
    if (action === "actions/checkout") {
      if (given["path"] === undefined) return;
      const branch = String(given["ref"]);
      await git(
        directory,
        "clone",
        "--quiet",
        "--branch",
        branch,
        join(this.directory, "state.git"),
        String(given["path"]),
      );
      return;
    }
    if (action !== "actions/upload-artifact") throw new Error(`The test has no ${action}`);
    const pattern = filled(String(given["path"]), contexts);
    const files = uploaded(directory, pattern);
    if (files.size === 0) throw new Error(`Nothing to upload at ${pattern}`);
    this.github.upload(id, filled(String(given["name"]), contexts), Object.fromEntries(files));
  }

  #command(name: string, script: string): void {
    mkdirSync(join(this.directory, "bin"), { recursive: true });
    const path = join(this.directory, "bin", name);
    writeFileSync(path, script);
    chmodSync(path, 0o755);
  }
}

/** Files by their path below what all of them share, as the action names them. */
function uploaded(directory: string, pattern: string): Map<string, string> {
  const all = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => !path.startsWith("state") && statSync(join(directory, path)).isFile())
    .map((path) => path.split("\\").join("/"));
  const wanted = new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}(?:/.*)?$`);
  const found = all.filter((path) => wanted.test(path));
  const folder =
    found.length === 1 ? posix.dirname(found[0] ?? "") : pattern.split("*")[0]?.replace(/\/$/, "");
  return new Map(
    found.map((path) => [posix.relative(folder ?? "", path), readFileSync(join(directory, path), "utf8")]),
  );
}
