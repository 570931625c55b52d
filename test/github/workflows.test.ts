/* eslint max-lines: ["error", { "max": 500, "skipBlankLines": true, "skipComments": true }] -- one world, set up once: what makes it is most of the time */
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator, type Seed } from "../../src/emulator";
import {
  acmeProvider,
  acmeSeed,
  at,
  credentials,
  environment,
  nova,
  stackFile,
  type StackParts,
} from "../cli/acme";
import { Workplace } from "../cli/command-line";
import type { Pull } from "./repository";
import { stateRepository } from "./git";
import { Runner, type JobResult } from "./runner";
import { GitHubStandIn, serverOf } from "./stand-in";

const APP = "mkdir -p cdktf.out/stacks/acme && cp stack.json cdktf.out/stacks/acme/cdk.tf.json";
/** The agency's group, and these people. */
const stack = (names: readonly string[], { resource, ...more }: StackParts = {}): string =>
  JSON.stringify(
    stackFile({
      resource: {
        ...nova(),
        amplitude_user: Object.fromEntries(
          names.map((name) => [name, at(`acme/${name}/Resource`, { email: `${name}@acme.com` })]),
        ),
        ...resource,
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
  let shared: string;
  let directory: string;
  let github: GitHubStandIn;
  let runner: Runner;
  let amplitude: Emulator;
  let server: { readonly url: string; close(): void };
  /** What the first apply left, and a snapshot of it. */
  let start: { readonly state: string; readonly seed: Seed; readonly snapshot: string };
  const files = {
    CODEOWNERS: "* @farah\n",
    "cdktf.json": JSON.stringify({ app: APP }),
    "stack.json": stack([]),
    ".github/amplitude-access-snapshot.pem": keys.publicKey
      .export({ type: "spki", format: "pem" })
      .toString(),
  };

  /** A repository, jobs and an organization, before anything happened. */
  async function world(seed: Seed, state: string): Promise<void> {
    directory = mkdtempSync(join(shared, "world-"));
    amplitude = createEmulator(seed, { clock: "virtual" });
    github = await GitHubStandIn.start();
    runner = await Runner.start(github, directory, state);
    github.repository.writers.add("farah");
    github.repository.push("main", files, "farah");
    Object.assign(runner.vars, { AMPLITUDE_BASE_URL: server.url, AMPLITUDE_ORG_ID: "36958" });
    runner.secrets["amplitude-access-plan"] = { AMPLITUDE_ACCESS_SNAPSHOT_KEY: opens };
    runner.secrets["amplitude-access-read"] = secrets;
    runner.secrets["amplitude-access-apply"] = {
      ...secrets,
      AMPLITUDE_ACCESS_STATE_KEY: "state-key-5d0c",
      AMPLITUDE_ACCESS_TEAMS_TOKEN: github.token({ members: "read" }),
    };
  }

  beforeAll(async () => {
    shared = mkdtempSync(join(tmpdir(), "amplitude-access-test-"));
    server = await serverOf(async (request) => await amplitude.fetch(request));
    amplitude = createEmulator(acmeSeed, { clock: "virtual" });
    // The first apply is somebody's at a terminal; it leaves the base.
    const place = new Workplace();
    place.write("stack.json", stack([]));
    const env = environment(server.url);
    const first = await place.run("apply --yes --config stack.json --base base.json", { env });
    if (first.exitCode !== 0) throw new Error(first.err);
    const seed = amplitude.state();
    const { repository } = await GitHubStandIn.start().then((stand) => (stand.close(), stand));
    const state = await stateRepository(shared, {
      applied: repository.push("main", files, "farah"),
      "base.json": place.read("base.json"),
      "config/01-acme.json": stack([]),
    });
    place.remove();
    await world(seed, state);
    job(await runner.job("snapshot", "snapshot", { event: "schedule", sha: main() }));
    start = { state, seed, snapshot: github.fileIn("amplitude-access-snapshot", "org.snapshot") };
    runner.close();
    github.close();
  });
  afterAll(() => {
    server.close();
    rmSync(shared, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await world(start.seed, start.state);
    const run = github.run({ event: "schedule", path: ".github/workflows/amplitude-access-snapshot.yml" });
    github.upload(run, "amplitude-access-snapshot", { "org.snapshot": start.snapshot });
  });
  afterEach(() => {
    runner.close();
    github.close();
  });

  const main = (): string => github.repository.branches.get("main") ?? "";
  const people = (): string[] =>
    amplitude
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

  /** As a reader sees it, without what differs from run to run. */
  const steady = (text = ""): string =>
    text
      .replaceAll(/127\.0\.0\.1:\d+/g, "HOST")
      .replaceAll(/:record [\w -]+ -->/g, ":record RECORD -->")
      .replaceAll(/plan `[0-9a-f-]+`/g, "plan `DIGEST`")
      .replaceAll(/commit `[0-9a-f]+`/g, "commit `COMMIT`");
  const body = (): string => github.comments.at(-1)?.body ?? "";
  const check = (): Record<string, unknown> => github.checks.at(-1) ?? {};

  it("from a pull request to an apply: one comment, a check, what was approved and nothing else", async () => {
    const pull = github.repository.open({ "stack.json": stack(["ben"]) });
    const synth = await synthesized(pull);
    job(await planned(synth.run));
    expect(steady(body())).toMatchSnapshot();
    expect(check()).toMatchObject({
      name: "amplitude-access/plan",
      head_sha: pull.head,
      conclusion: "success",
    });
    github.repository.review(pull, "farah");
    const again = job(await planned(synth.run));
    expect(github.comments).toHaveLength(1);
    github.repository.merge(pull, "squash");
    const apply = job(await applied());
    expect(people()).toEqual(["ben@acme.com"]);
    expect(check()).toMatchObject({
      name: "amplitude-access/apply",
      head_sha: main(),
      conclusion: "success",
    });
    expect((await runner.state("applied"))?.trim()).toBe(main());
    expect(await runner.state("base.json")).toContain("ben@acme.com");
    // Nothing more is approved, and nothing more is done.
    expect(job(await applied()).ran.find(({ step }) => step === "Apply")?.output).toContain("No changes.");

    // Which script could see which secret.
    const seen = (value: string): string[] => [
      ...new Set(
        Object.entries({ synth, plan: again, apply }).flatMap(([name, { ran }]) =>
          ran
            .filter(({ env }) => Object.values(env).some((text) => text.includes(value)))
            .map(({ step }) => `${name}: ${step}`),
        ),
      ),
    ];
    for (const value of Object.values(secrets)) expect(seen(value)).toEqual(["apply: Apply"]);
    expect(seen(opens)).toEqual(["plan: Plan"]);
    expect(seen("state-key-5d0c")).toEqual([]);
    expect(seen("ghs_")).toEqual([
      "plan: Gather",
      "plan: Report",
      "apply: Ask what is approved",
      "apply: Tell",
    ]);
    const variables = synth.ran.flatMap(({ env }) => Object.keys(env));
    expect(variables.filter((name) => /TOKEN|SECRET|KEY|AMPLITUDE/.test(name))).toEqual([]);
    const printed = [synth, again, apply].flatMap(({ ran }) => ran.map(({ output }) => output)).join("\n");
    for (const value of [...Object.values(secrets), opens, "ghs_"])
      expect(printed + body()).not.toContain(value);
  });

  it("steps by hand are neutral, and what was approved stays so until they are done", async () => {
    const role = {
      amplitude_organization_role: { mia: at("acme/mia/Resource", { email: "mia@acme.com", role: "admin" }) },
    };
    const pull = github.repository.open({ "stack.json": stack(["ben"], { resource: role }) });
    job(await planned((await synthesized(pull)).run));
    expect(check()).toMatchObject({ conclusion: "neutral" });
    const before = await runner.state("applied");
    github.repository.review(pull, "farah");
    github.repository.merge(pull);
    job(await applied());
    expect(check()).toMatchObject({
      conclusion: "neutral",
      output: { title: "Steps remain that people do by hand" },
    });
    expect(people()).toEqual(["ben@acme.com"]);
    expect(await runner.state("applied")).toBe(before);
  });

  it("a refusal is a failure; an approval in the pull request opens the guard once it was reviewed there", async () => {
    const many = Array.from({ length: 21 }, (_, index) => `new-${index}`);
    const { repository } = github;
    const pull = repository.open({ "stack.json": stack(many) });
    job(await planned((await synthesized(pull)).run));
    expect(check()).toMatchObject({ conclusion: "failure" });
    expect(body()).toContain("⛔ **invitations** 21 to be sent; limit 20");
    // Drafted where the stack is, from the snapshot that pull requests are planned from.
    const place = new Workplace();
    place.write("stack.json", stack(many));
    await place.run(
      ["approve", "invitations", "--by", "eva@acme.com", "--reason", "they start", "--config", "stack.json"],
      { env: environment(server.url) },
    );
    const [file = ""] = place.files().filter((name) => name.startsWith("approvals/"));
    repository.update(pull, { [file]: place.read(file) }, "eva");
    place.remove();
    job(await planned((await synthesized(pull)).run));
    expect(body()).toContain(`⚠️ opened: **invitations**`);
    expect(check()).toMatchObject({ conclusion: "success" });
    repository.review(pull, "farah");
    repository.merge(pull);
    job(await applied());
    expect(people()).toHaveLength(21);
  });

  it("a merge that nobody approved runs nothing, and is told as a failure", async () => {
    const pull = github.repository.open({ "stack.json": stack(["ben"]) });
    job(await planned((await synthesized(pull)).run));
    github.repository.merge(pull);
    const { failed, ran } = await applied();
    expect(ran.find(({ step }) => step === "Ask what is approved")?.output).toContain(
      "#1: nobody approved it",
    );
    expect({ failed, people: people() }).toEqual({ failed: true, people: [] });
    expect(check()).toMatchObject({
      conclusion: "failure",
      output: { title: "Not approved, or facts moved since" },
    });
  });

  describe("what a pull request synthesizes is data", () => {
    const hosts = { scim_url: "https://evil.example", base_url: "https://evil.example" };
    it.each<[string, StackParts, RegExp]>([
      ["a host", { provider: { ...acmeProvider, ...hosts } }, /base_url|scim_url/],
      [
        "another organization",
        { provider: { ...acmeProvider, org_id: "99" } },
        /organization 36958.*organization 99/s,
      ],
    ])("%s in it makes no plan", async (_what, parts, wording) => {
      const pull = github.repository.open({ "stack.json": stack(["evil"], parts) });
      job(await planned((await synthesized(pull)).run));
      expect(check()).toMatchObject({
        conclusion: "failure",
        output: { title: expect.stringMatching(/^#\d+: no plan could be made/) as string },
      });
      expect(body()).toMatch(wording);
      expect(body()).toContain("Whoever approves now approves nothing");
      github.repository.review(pull, "farah");
      github.repository.merge(pull);
      expect((await applied()).failed).toBe(true);
      expect(people()).toEqual([]);
    });

    it("a backend in it is Terraform's, and nobody here asks it", async () => {
      const extra = { terraform: { backend: { http: { address: `${github.url}/backend` } } } };
      const pull = github.repository.open({ "stack.json": stack(["ben"], { extra }) });
      job(await planned((await synthesized(pull)).run));
      expect(github.requests.filter((request) => request.includes("backend"))).toEqual([]);
      expect(check()).toMatchObject({ conclusion: "success" });
    });

    it("other credentials in it are none that a job has", async () => {
      const provider = { ...acmeProvider, credentials: "OTHER" };
      const pull = github.repository.open({ "stack.json": stack(["ben"], { provider }) });
      job(await planned((await synthesized(pull)).run));
      github.repository.review(pull, "farah");
      github.repository.merge(pull);
      const { failed, ran } = await applied();
      expect(ran.find(({ step }) => step === "Apply")?.output).toContain(
        "this run is for organization 36958 on core.amplitude.com",
      );
      expect({ failed, people: people() }).toEqual({ failed: true, people: [] });
    });

    it("a lower minimum of administrators is held back until it is approved apart", async () => {
      const strict = {
        provider: { ...acmeProvider, minimum_admins: 2, admins: ["tom@acme.com", "priya@acme.com"] },
      };
      const one = github.repository.open({ "stack.json": stack([], strict) });
      job(await planned((await synthesized(one)).run));
      github.repository.review(one, "farah");
      github.repository.merge(one);
      await applied();
      const lower = { provider: { ...strict.provider, minimum_admins: 1, admins: ["tom@acme.com"] } };
      const two = github.repository.open({ "stack.json": stack([], lower) });
      job(await planned((await synthesized(two)).run));
      expect(check()).toMatchObject({ conclusion: "failure" });
      expect(body()).toMatch(/⛔ \*\*loosened-policy\*\*/);
      github.repository.review(two, "farah");
      github.repository.merge(two);
      await applied();
      expect(await runner.state("base.json")).toContain('"minimumAdmins":2');
    });

    it("an artifact without a stack is no plan of what is here", async () => {
      const pull = github.repository.open({ "stack.json": stack(["ben"]) });
      const run = github.run({ event: "pull_request", head_sha: pull.head, head_branch: pull.branch });
      github.upload(run, "amplitude-access-synth", {
        "pull-request.json": "{}",
        "../../policies.ts": "evil",
      });
      const { failed, ran } = await planned(run);
      // pull-request.json is no stack, and what is in it is not believed.
      expect(failed || body().includes("No plan")).toBe(true);
      expect(ran.map(({ output }) => output).join()).not.toContain("evil");
    });
  });

  describe("a second pull request", () => {
    const refusedRun = async (run: number, wording: RegExp): Promise<void> => {
      const { failed, ran } = await planned(run);
      expect(failed).toBe(true);
      expect(ran.at(-1)?.output).toMatch(wording);
      expect(github.comments).toEqual([]);
      expect(github.checks).toEqual([]);
    };

    it("of the same commit into another branch cannot speak for the first", async () => {
      const { repository } = github;
      repository.push("other", { "cdktf.json": JSON.stringify({ app: "evil" }) }, "eva");
      const first = repository.open({ "stack.json": stack(["ben"]) });
      repository.open({}, { branch: first.branch, base: "other" });
      await refusedRun((await synthesized(first)).run, /was also that of #2 when it was started/);
    });

    it("that is the first one, moved to another branch and back, is not believed either", async () => {
      const first = github.repository.open({ "stack.json": stack(["ben"]) });
      const { run } = await synthesized(first);
      first.events.push({ event: "base_ref_changed", created_at: github.repository.now() });
      await refusedRun(
        run,
        /#1 was moved to another branch, or closed and opened, about when it was started/,
      );
    });

    it("of a fork is told apart by its repository", async () => {
      const first = github.repository.open({ "stack.json": stack(["ben"]) });
      const fork = { ...github.repository.open({}, { branch: first.branch }), headRepository: 2 };
      github.repository.pulls[1] = fork;
      job(await planned((await synthesized(first)).run));
      expect(github.comments.map(({ pull }) => pull)).toEqual([1]);
    });

    it("that was closed, or has moved on, gets no plan", async () => {
      const first = github.repository.open({ "stack.json": stack(["ben"]) });
      const { run } = await synthesized(first);
      github.repository.update(first, { "more.ts": "1" }, "eva");
      const { ran } = job(await planned(run));
      expect(ran.at(-1)?.output).toContain("there is nothing to plan");
      expect(github.comments).toEqual([]);
    });
  });

  it("a comment with our mark that somebody else wrote stays theirs", async () => {
    const pull = github.repository.open({ "stack.json": stack(["ben"]) });
    const mark = "<!-- amplitude-access:36958:acme -->";
    github.comments.push({ id: 1, pull: pull.number, user: github.repository.user("mallory"), body: mark });
    job(await planned((await synthesized(pull)).run));
    expect(github.comments.map(({ body: text }) => text === mark)).toEqual([true, false]);
  });

  it("a public repository is told no name", async () => {
    github.isPrivate = false;
    const pull = github.repository.open({ "stack.json": stack(["ben"]) });
    job(await planned((await synthesized(pull)).run));
    expect(check()).toMatchObject({ conclusion: "success" });
    expect(body()).toContain("1 person joins");
    expect(body() + JSON.stringify(check())).not.toContain("ben@acme.com");
    github.repository.review(pull, "farah");
    github.repository.merge(pull);
    const { ran } = job(await applied());
    expect(people()).toEqual(["ben@acme.com"]);
    expect(JSON.stringify(check()) + ran.map(({ output }) => output).join("")).not.toContain("ben@acme.com");
  });

  describe("the one issue", () => {
    const ui = async (change: object): Promise<void> => {
      const response = await amplitude.fetch(
        new Request(`http://127.0.0.1/_emulator/ui`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ actor: "tom@acme.com", change }),
        }),
      );
      if (!response.ok) throw new Error(await response.text());
    };
    const wait = async (seconds: number): Promise<void> => {
      const body = JSON.stringify({ seconds });
      const headers = { "content-type": "application/json" };
      await amplitude.fetch(
        new Request(`http://127.0.0.1/_emulator/clock/advance`, { method: "POST", headers, body }),
      );
    };
    const night = async (): Promise<JobResult> => {
      const trigger = { event: "schedule", sha: main() };
      const { run } = job(await runner.job("drift", "synth", trigger));
      return await runner.job("drift", "drift", trigger, run);
    };
    const events = async (): Promise<JobResult> =>
      job(await runner.job("events", "events", { event: "schedule", sha: main() }));
    const good = (name: string, more: Parameters<GitHubStandIn["run"]>[0] = {}): number =>
      github.run({ event: "schedule", path: `.github/workflows/amplitude-access-${name}.yml`, ...more });
    const everythingRan = (more: Parameters<GitHubStandIn["run"]>[0] = {}): void => {
      for (const name of ["apply", "snapshot", "events"]) good(name, more);
    };
    beforeEach(() => everythingRan());
    const issue = (): string => `${github.issues[0]?.state}: ${github.issues[0]?.title}`;

    it("is opened, changed and closed, and there is never a second one", async () => {
      job(await night());
      expect(github.issues).toEqual([]);
      await ui({ type: "grant", group: "agency-nova", project: "Client Reporting", role: "Admin" });
      job(await night());
      expect(issue()).toBe("open: Amplitude access: 1 differ from code, 0 alerts");
      expect(steady(github.issues[0]?.body)).toMatchSnapshot();
      await ui({ type: "revoke", group: "agency-nova", project: "Client Reporting" });
      job(await night());
      expect(issue()).toBe("closed: Amplitude access: as declared");
      expect(github.issues).toHaveLength(1);
    });

    it("keeps an alert that is too old for the next look, until somebody ticks it", async () => {
      await ui({ type: "set_organization_role", email: "mia@acme.com", role: "admin" });
      await wait(60);
      await events();
      expect(issue()).toBe("open: Amplitude access: what differs from code, 1 alerts");
      await events();
      await wait(40 * 24 * 3600);
      everythingRan({ created_at: "2027-01-02T07:00:00Z" });
      job(await night());
      expect(github.issues).toHaveLength(1);
      expect(issue()).toBe("open: Amplitude access: 0 differ from code, 1 alerts");
      const [open] = github.issues;
      open!.body = open!.body.replace("- [ ] ", "- [x] ");
      job(await night());
      expect(issue()).toBe("closed: Amplitude access: as declared");
    });

    it("tells how old the last good runs are, and alarms when one is held up, whatever a pull request's workflow says", async () => {
      await wait(30 * 3600);
      const fresh = { created_at: "2026-11-24T14:30:00Z" };
      for (const name of ["snapshot", "events"]) good(name, fresh);
      for (const other of [
        { event: "pull_request" },
        { head_repository: 2 },
        { conclusion: "cancelled" },
        { head_branch: "x" },
      ])
        good("apply", { ...fresh, ...other });
      await events();
      expect(issue()).toBe("open: Amplitude access: what differs from code, 1 alerts");
      const { body: told } = github.issues[0]!;
      expect(told).toContain("apply 30 h ago, snapshot less than 1 h ago, events less than 1 h ago");
      expect(told).toMatch(
        /\*\*stalled\*\* no good run of amplitude-access apply for more than 24 h .*what was approved is not done/,
      );
      good("apply", fresh);
      github.issues[0]!.body = told.replace("- [ ] ", "- [x] ");
      await events();
      expect(issue()).toBe("closed: Amplitude access: as declared");
    });

    it("stays as it is when Amplitude could not be read", async () => {
      await ui({ type: "grant", group: "agency-nova", project: "Client Reporting", role: "Admin" });
      job(await night());
      const before = { ...github.issues[0] };
      await ui({ type: "revoke", group: "agency-nova", project: "Client Reporting" });
      runner.vars["AMPLITUDE_ORG_ID"] = "99";
      expect((await night()).failed).toBe(true);
      expect(github.issues).toEqual([before]);
    });

    it("no script that reads has more than it needs", async () => {
      const { ran } = job(await night());
      const [drift] = ran.filter(({ step }) => step === "Drift");
      expect(
        Object.keys(drift?.env ?? {})
          .filter((name) => /TOKEN|KEY|SECRET/.test(name))
          .sort(),
      ).toEqual(Object.keys(secrets).sort());
      const writes = amplitude.requests.filter(
        ({ method, family }) => method !== "GET" && family !== "audit-log",
      );
      expect(writes.length).toBe(0);
    });
  });
});
