import { actionSteps, workflowNames, workflowOf, type Job, type Step } from "./workflow";

const jobs = workflowNames.flatMap((name) =>
  Object.entries(workflowOf(name).jobs).map(([job, content]) => [`${name}: ${job}`, content] as const),
);
const steps = [
  ...jobs.flatMap(([name, { steps: some = [] }]) => some.map((step) => [name, step] as const)),
  ...actionSteps().map((step) => ["action.yml", step] as const),
];
/** Everything that a step's scripts can see, as it is written. */
const textOf = (value: unknown): string => JSON.stringify(value ?? {});
const secretsOf = (value: unknown): string[] =>
  [...new Set([...textOf(value).matchAll(/secrets\.(\w+)/g)].map(([, name]) => name ?? ""))].sort();
const AMPLITUDE = [
  "AMPLITUDE_ORG_API_KEY",
  "AMPLITUDE_ORG_SECRET_KEY",
  "AMPLITUDE_SCIM_KEY",
  "AMPLITUDE_TOKEN",
];

describe("the workflows", () => {
  it.each(workflowNames)("%s gives nothing to a job that does not ask", (name) => {
    const { permissions, env } = workflowOf(name);
    expect(permissions).toEqual({});
    expect(env).toBeUndefined();
  });

  it("a concurrency group is only where two runs would harm each other: a pull request's own workflow can hold any", () => {
    const groups = workflowNames.flatMap((name) => {
      const { concurrency, jobs: own } = workflowOf(name);
      return [concurrency, ...Object.values(own).map((job) => job.concurrency)].flatMap((place) =>
        place === undefined ? [] : [[name, (place as { readonly group: string }).group]],
      );
    });
    expect(groups).toEqual([
      ["synth", "${{ github.workflow }}-synth-${{ github.ref }}"],
      ["apply", "${{ vars.AMPLITUDE_ACCESS_GROUP || 'amplitude-access-apply' }}"],
    ]);
  });

  it("the apply that is cancelled keeps what it did", () => {
    const { steps: all = [] } = workflowOf("apply").jobs["apply"] ?? {};
    for (const name of ["Keep the state", "Tell"])
      expect(all.find((step) => step.name === name)?.if).toBe("always() && steps.apply.outputs.code");
  });

  it.each(jobs)("%s has a limit of time and names what its token may do", (_, job) => {
    expect(job.permissions).toBeDefined();
    if (job.uses !== undefined) return;
    expect(job["runs-on"]).toBe("ubuntu-24.04");
    expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
    expect(job.env).toBeUndefined();
  });

  const token = (job: Job | undefined): string =>
    Object.entries(job?.permissions ?? {})
      .map(([what, level]) => `${what}: ${level}`)
      .sort()
      .join(", ");
  it.each<[string, string, string | undefined, string, readonly string[]]>([
    ["synth", "synth", undefined, "contents: read", []],
    [
      "plan",
      "plan",
      "amplitude-access-plan",
      "actions: read, checks: write, contents: read, pull-requests: write",
      ["AMPLITUDE_ACCESS_SNAPSHOT_KEY"],
    ],
    ["apply", "synth", undefined, "contents: read", []],
    [
      "apply",
      "apply",
      "amplitude-access-apply",
      "actions: read, checks: write, contents: read, pull-requests: read",
      ["AMPLITUDE_ACCESS_STATE_KEY", "AMPLITUDE_ACCESS_TEAMS_TOKEN", ...AMPLITUDE],
    ],
    ["snapshot", "snapshot", "amplitude-access-read", "contents: read", AMPLITUDE],
    ["drift", "synth", undefined, "contents: read", []],
    ["drift", "drift", "amplitude-access-read", "actions: read, contents: read, issues: write", AMPLITUDE],
    [
      "events",
      "events",
      "amplitude-access-read",
      "actions: read, contents: read, issues: write",
      ["AMPLITUDE_ORG_API_KEY", "AMPLITUDE_ORG_SECRET_KEY"],
    ],
  ])(
    "%s: %s has this environment, token and these secrets, and no other",
    (name, job, environment, permissions, secrets) => {
      const found = workflowOf(name as (typeof workflowNames)[number]).jobs[job];
      expect(found?.environment).toBe(environment);
      expect(token(found)).toBe(permissions);
      expect(secretsOf(found)).toEqual([...secrets].sort());
    },
  );

  it("are all in that table", () => {
    expect(jobs.map(([name]) => name)).toHaveLength(8);
  });

  it("no step has both a credential of Amplitude and the token of the job", () => {
    const both = steps.filter(
      ([, { env }]) =>
        secretsOf(env).some((name) => AMPLITUDE.includes(name)) && textOf(env).includes("github.token"),
    );
    expect(both).toEqual([]);
  });

  it("the pull request's own code runs on its own event, without a secret; a run of it starts the default branch's", () => {
    expect(workflowOf("synth").on).toEqual({ pull_request: null, workflow_call: null });
    expect(Object.keys(workflowOf("plan").on)).toEqual(["workflow_run"]);
    expect(workflowNames.flatMap((name) => Object.keys(workflowOf(name).on))).not.toContain(
      "pull_request_target",
    );
  });

  it("every action is pinned by its whole commit, or is this checkout's own", () => {
    const uses = [
      ...steps.map(([, { uses: used }]) => used),
      ...jobs.map(([, { uses: used }]) => used),
    ].filter((used) => used !== undefined);
    const wrong = uses.filter((used) => !/^actions\/[a-z-]+@[0-9a-f]{40}$|^\.\/\.github\//.test(used));
    expect(uses.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });

  it("no checkout leaves its token behind, but the one that pushes the state", () => {
    const left = steps
      .filter(
        ([, { uses, with: given }]) =>
          uses?.startsWith("actions/checkout@") === true && given?.["persist-credentials"] !== false,
      )
      .map(([name, { with: given }]) => [name, given?.["path"], given?.["ssh-key"]]);
    expect(left).toEqual([["apply: apply", "state", "${{ secrets.AMPLITUDE_ACCESS_STATE_KEY }}"]]);
  });

  it("no script has an expression in it: what others write reaches it as a variable", () => {
    expect(steps.filter(([, { run }]) => run?.includes("${{") === true)).toEqual([]);
  });

  it("no job restores a cache: a pull request could have filled it", () => {
    const cached = steps.filter(
      ([, { uses = "", with: given }]) => uses.includes("cache") || given?.["cache"] !== undefined,
    );
    expect(cached).toEqual([]);
  });

  it("whatever reads only says so to the transport", () => {
    const reading = (step: Step): boolean => /amplitude-access (?:drift|snapshot) /.test(step.run ?? "");
    const scripts = steps.filter(([, step]) => reading(step)).map(([, { run }]) => run ?? "");
    expect(scripts).toHaveLength(3);
    for (const script of scripts) expect(script).toContain("--read-only");
  });
});
