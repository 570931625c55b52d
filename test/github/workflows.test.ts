import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type RunningEmulator } from "../../src/emulator";
import { acmeProvider, acmeSeed, at, credentials, stackFile, type StackParts } from "../cli/acme";
import type { Pull } from "./repository";
import { Runner, type JobResult } from "./runner";
import { GitHubStandIn } from "./stand-in";

const APP = "mkdir -p cdktf.out/stacks/acme && cp stack.json cdktf.out/stacks/acme/cdk.tf.json";
const stack = (names: readonly string[], more: Omit<StackParts, "resource"> = {}): string =>
  JSON.stringify(
    stackFile({
      resource: {
        amplitude_user: Object.fromEntries(
          names.map((name) => [name, at(`acme/${name}/Resource`, { email: `${name}@acme.com` })]),
        ),
      },
      ...more,
    }),
  );
const keys = generateKeyPairSync("x25519");
const opens = keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();

const secrets = {
  AMPLITUDE_SCIM_KEY: credentials.scimKey,
  AMPLITUDE_ORG_API_KEY: credentials.orgApiKey,
  AMPLITUDE_ORG_SECRET_KEY: credentials.orgSecretKey,
  AMPLITUDE_TOKEN: credentials.token,
};

describe("the workflows, script by script", () => {
  let directory: string;
  let github: GitHubStandIn;
  let runner: Runner;
  let amplitude: RunningEmulator;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "amplitude-access-test-"));
    amplitude = await startEmulator({ seed: acmeSeed, clock: "virtual" });
    github = await GitHubStandIn.start();
    runner = await Runner.start(github, directory);
    const { repository } = github;
    repository.writers.add("farah");
    const main = repository.push(
      "main",
      {
        CODEOWNERS: "* @farah\n",
        "cdktf.json": JSON.stringify({ app: APP }),
        "stack.json": stack([]),
        ".github/amplitude-access-snapshot.pem": keys.publicKey
          .export({ type: "spki", format: "pem" })
          .toString(),
      },
      "farah",
    );
    runner.vars["AMPLITUDE_BASE_URL"] = amplitude.url;
    runner.vars["AMPLITUDE_ORG_ID"] = "36958";
    runner.secrets["amplitude-access-plan"] = { AMPLITUDE_ACCESS_SNAPSHOT_KEY: opens };
    runner.secrets["amplitude-access-read"] = secrets;
    runner.secrets["amplitude-access-apply"] = {
      ...secrets,
      AMPLITUDE_ACCESS_STATE_KEY: "state-key-5d0c",
      AMPLITUDE_ACCESS_TEAMS_TOKEN: github.token({ members: "read" }),
    };
    await runner.keep({ applied: main, "config/01-acme.json": stack([]) });
    await job(await runner.job("snapshot", "snapshot", { event: "schedule", sha: main }));
  });
  afterEach(async () => {
    runner.close();
    github.close();
    await amplitude.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const main = (): string => github.repository.branches.get("main") ?? "";
  const people = (): string[] =>
    amplitude.emulator
      .state()
      .people.map(({ email }) => email)
      .slice(acmeSeed.people?.length ?? 0)
      .sort();

  /** A job that must end well. */
  function job(result: JobResult): JobResult {
    const last = result.ran.at(-1);
    if (result.failed) throw new Error(`${last?.step}: ${last?.output}`);
    return result;
  }

  const synthesized = async (pull: Pull): Promise<JobResult> =>
    job(
      await runner.job("synth", "synth", {
        event: "pull_request",
        sha: pull.head,
        head: pull.head,
        branch: pull.branch,
        fork: pull.headRepository !== 1,
      }),
    );
  const planned = async (run: number): Promise<JobResult> =>
    await runner.job("plan", "plan", { event: "workflow_run", sha: main(), payload: github.event(run) });
  const applied = async (): Promise<JobResult> => {
    const trigger = { event: "push", sha: main(), payload: {} };
    const { run } = job(await runner.job("apply", "synth", trigger));
    return await runner.job("apply", "apply", trigger, run);
  };

  it("from a pull request to an apply and a night's drift", async () => {
    const pull = github.repository.open({ "stack.json": stack(["ben"]) });
    const synth = await synthesized(pull);
    const plan = job(await planned(synth.run));
    expect(github.comments).toHaveLength(1);
    expect(github.checks).toMatchObject([{ head_sha: pull.head, conclusion: "success" }]);
    expect(github.comments[0]?.body).toMatchSnapshot();
    expect(plan.ran.map(({ step }) => step)).toEqual(["Install", "Gather", "Plan", "Report"]);
  });
});
