/* eslint max-lines: ["error", { "max": 345, "skipBlankLines": true, "skipComments": true }] -- one repository, set up once, and every way to approve what is in it */
import { mkdirSync, rmSync } from "node:fs";
import { acmeSeed, at, stackFile, type StackParts } from "../cli/acme";
import { Workplace, type Printed } from "../cli/command-line";
import type { Change, Pull } from "./repository";
import { GitHubStandIn } from "./stand-in";

const RUN = "--config stack.json --emulator org.json";
const APPROVED = "--approved-by approved.json --yes";
const users = (names: readonly string[]): NonNullable<StackParts["resource"]> => ({
  amplitude_user: Object.fromEntries(
    names.map((name) => [name, at(`acme/${name}/Resource`, { email: `${name}@acme.com` })]),
  ),
});
const stack = (...names: string[]): string => JSON.stringify(stackFile({ resource: users(names) }));
const OWNERS =
  "* @farah\n/docs/ @dora\n/stacks/ @acme/security\n/my-stacks/ @acme/security\n/cdktf.json @farah @acme/security\n";

describe("who approves a pull request", () => {
  let place: Workplace;
  let github: GitHubStandIn;
  let since: string;
  beforeEach(async () => {
    place = new Workplace();
    place.write("org.json", acmeSeed);
    github = await GitHubStandIn.start();
    const { repository } = github;
    for (const login of ["farah", "eva", "dora", "sam"]) repository.writers.add(login);
    repository.teams.set("acme/security", new Set(["sam", "eva"]));
    since = repository.push("main", { CODEOWNERS: OWNERS, "main.ts": "stack()" }, "farah");
  });
  afterEach(() => {
    github.close();
    place.remove();
  });

  /** What the plan workflow uploads. */
  function uploaded(pull: Pull, run: Parameters<GitHubStandIn["run"]>[0] = {}): void {
    github.upload(github.run(run), `amplitude-access-plan-${pull.number}-${pull.head}`, {
      "plan.json": place.read("plan.json"),
      "comment.md": "shown",
    });
  }

  /** The plan workflow has planned a pull request, for these people. */
  async function planned(pull: Pull, ...names: string[]): Promise<void> {
    place.write("stack.json", stack(...names));
    await place.run(`plan --out plan.json ${RUN}`);
    uploaded(pull);
  }

  /** What is on main is asked about. */
  async function ask(
    names: string | readonly string[],
    token?: string,
    commit = github.repository.branches.get("main"),
  ): Promise<Printed> {
    place.write("stack.json", stack(...[names].flat()));
    const permissions = { contents: "read", actions: "read", "pull-requests": "read" } as const;
    return await place.run(
      `github approved --since ${since} --out approved.json --plans plans --receipts receipts --config stack.json`,
      {
        env: {
          GITHUB_API_URL: github.url,
          GITHUB_REPOSITORY: github.name,
          GITHUB_TOKEN: token ?? github.token(permissions),
          GITHUB_SHA: commit,
          AMPLITUDE_ACCESS_TEAMS_TOKEN: github.token({ members: "read" }),
        },
      },
    );
  }

  async function asked(...names: string[]): Promise<string> {
    const { out, err, exitCode } = await ask(names);
    expect({ err, exitCode }).toEqual({ err: "", exitCode: 0 });
    return out;
  }

  async function applied(more = ""): Promise<{ exitCode: number; people: string[] }> {
    const plans = place.files().filter((name) => name.startsWith("plans/"));
    const { exitCode } = await place.run(`apply ${plans.join(" ")} ${APPROVED} ${more} ${RUN}`);
    const all = place.state("org.json").people.map(({ email }) => email);
    return { exitCode, people: all.slice(acmeSeed.people?.length ?? 0).sort() };
  }

  const open = (change: Change, more?: Parameters<GitHubStandIn["repository"]["open"]>[1]): Pull =>
    github.repository.open(change, more);

  it("an owner's approval of the commit runs the plan that was made for it", async () => {
    const pull = open({ "main.ts": "stack(ben)" });
    await planned(pull, "ben");
    github.repository.review(pull, "farah");
    github.repository.merge(pull);
    expect(await asked("ben")).toMatch(/#1: plan [0-9a-f]{12}, approved by farah \(review 2210\)/);
    expect(await applied()).toEqual({ exitCode: 0, people: ["ben@acme.com"] });
  });

  it("two that are merged together run the union of what was approved for each, and nothing else", async () => {
    const { repository } = github;
    const [one, two, three] = ["ben", "ida", "max"].map((name) => open({ [`${name}.ts`]: name }));
    await planned(one!, "ben", "eva");
    repository.review(one!, "farah");
    await planned(two!, "ida", "eva");
    repository.review(two!, "farah");
    await planned(three!, "max");
    repository.merge(one!, "squash");
    repository.merge(three!, "merge");
    repository.merge(two!, "rebase");
    const said = await asked("ben", "eva", "ida", "max");
    expect(said).toContain("#3: nobody approved it");
    expect(said).toContain("3 pull requests merged since");
    const { exitCode, people } = await applied();
    expect(people).toEqual(["ben@acme.com", "eva@acme.com", "ida@acme.com"]);
    expect(exitCode).toBe(4);
  });

  it("nobody merged anything: nothing runs, whatever main says", async () => {
    expect(await asked("ben")).toContain("0 pull requests merged");
    expect(await applied()).toEqual({ exitCode: 4, people: [] });
  });

  it("the plan that was there when it was approved counts, not one that was made afterwards", async () => {
    const pull = open({ "main.ts": "stack(ben)" });
    await planned(pull, "ben");
    github.repository.review(pull, "farah");
    await planned(pull, "ben", "max");
    github.repository.merge(pull);
    await asked("ben", "max");
    expect((await applied()).people).toEqual(["ben@acme.com"]);
  });

  it("each path needs an owner among those who approved: of two owners, one is not enough", async () => {
    const change = { "stacks/a.ts": "a", "docs/a.md": "a" };
    const pull = open(change, { author: "max" });
    await planned(pull, "ben");
    github.repository.review(pull, "sam");
    github.repository.merge(pull);
    expect(await asked("ben")).toContain("#1: nobody who owns docs/a.md approved this plan");
    github.repository.review(pull, "dora");
    expect(await asked("ben")).toMatch(/approved by sam \(review \d+\), dora \(review \d+\)/);
  });

  const cases: readonly (readonly [string, (pull: Pull) => Promise<void> | void, string])[] = [
    ["its author", (pull) => github.repository.review(pull, "eva"), "eva is the author of #1"],
    [
      "whoever pushed to it, whatever git says of the author",
      (pull) => {
        github.repository.update(pull, { "stacks/b.ts": "b" }, "sam");
        github.repository.review(pull, "sam");
      },
      "sam pushed to #1",
    ],
    [
      "an approval of an older commit",
      (pull) => {
        github.repository.review(pull, "farah");
        github.repository.update(pull, { "main.ts": "stack(max)" }, "eva");
      },
      "an older commit",
    ],
    [
      "somebody whom the same pull request makes an owner",
      (pull) => {
        github.repository.writers.add("mallory");
        github.repository.update(pull, { CODEOWNERS: "* @mallory" }, "eva");
        github.repository.review(pull, "mallory");
      },
      "mallory owns nothing of what changes",
    ],
    [
      "somebody who owns nothing of it",
      (pull) => github.repository.review(pull, "dora"),
      "dora owns nothing",
    ],
    [
      "an owner who may no longer write",
      (pull) => {
        github.repository.writers.delete("farah");
        github.repository.review(pull, "farah");
      },
      "farah may not write to this repository",
    ],
    [
      "an owner who asked for changes afterwards",
      (pull) => {
        github.repository.review(pull, "farah");
        github.repository.review(pull, "farah", "CHANGES_REQUESTED");
        github.repository.review(pull, "farah", "COMMENTED");
      },
      "nobody approved it",
    ],
    [
      "an approval that was dismissed",
      (pull) => github.repository.review(pull, "farah", "DISMISSED"),
      "nobody approved it",
    ],
    [
      "an owner, where a program pushed: it may have been told to by them",
      (pull) => {
        github.repository.update(pull, { "main.ts": "stack(max)" }, "github-actions[bot]");
        github.repository.review(pull, "farah");
      },
      "farah may have pushed to #1",
    ],
    ["a program", (pull) => github.repository.review(pull, "farah[bot]"), "farah[bot] is not a person"],
  ];
  it.each(cases)("%s does not count", async (_who, arrange, why) => {
    const pull = open({ "main.ts": "stack(ben)" });
    await arrange(pull);
    await planned(pull, "ben");
    // Whoever looks again counts: only what was arranged is in the way.
    github.repository.merge(pull, "rebase");
    expect(await asked("ben")).toContain(why);
    expect((await applied()).people).toEqual([]);
  });

  it.each([
    ["a pull request's own workflow", { event: "pull_request" }],
    ["another workflow", { path: ".github/workflows/other.yml" }],
    ["a fork", { head_repository: 2 }],
    ["somebody who started it by hand, on a branch", { event: "workflow_dispatch" }],
    ["a run that was cancelled before it showed it", { conclusion: "cancelled" }],
  ])("a plan that %s uploads under the same name is no plan", async (_who, run) => {
    const pull = open({ "main.ts": "stack(ben)" });
    place.write("stack.json", stack("ben"));
    await place.run(`plan --out plan.json ${RUN}`);
    uploaded(pull, run);
    github.repository.review(pull, "farah");
    github.repository.merge(pull);
    expect(await asked("ben")).toContain("farah approved when there was no plan");
    expect((await applied()).people).toEqual([]);
  });

  it("a plan of another pull request with the same commit is not what was approved", async () => {
    const pull = open({ "main.ts": "stack(ben)" });
    const other = open({}, { branch: pull.branch });
    await planned(pull, "ben");
    await planned(other, "ben", "max");
    github.repository.review(pull, "farah");
    github.repository.merge(pull);
    await asked("ben", "max");
    expect((await applied()).people).toEqual(["ben@acme.com"]);
  });

  it("the owner of something else answers for no plan: a plan holds all that differs", async () => {
    const pull = open({ "docs/a.md": "a" });
    await planned(pull, "ben");
    github.repository.review(pull, "dora");
    github.repository.merge(pull);
    expect(await asked("ben")).toContain("#1: nobody who owns cdktf.json approved this plan");
    expect((await applied()).people).toEqual([]);
  });

  it("an approval is used up by what was done with it", async () => {
    const change = async (name: string, people: readonly string[], owner?: string): Promise<void> => {
      const pull = open({ [name]: name });
      await planned(pull, ...people);
      if (owner !== undefined) github.repository.review(pull, owner);
      github.repository.merge(pull);
      await asked(...people);
    };
    const run = async (): Promise<string[]> => {
      await applied("--evidence receipts");
      return (await applied("--evidence receipts")).people;
    };
    await change("one.ts", ["ben"], "farah");
    expect(await run()).toEqual(["ben@acme.com"]);
    await change("two.ts", [], "farah");
    expect(await run()).toEqual([]);
    await change("three.ts", ["ben"]);
    expect(await run()).toEqual([]);
  });

  it("an old run that is started again approves nothing of its old commit", async () => {
    const pull = open({ "main.ts": "stack(ben)" });
    await planned(pull, "ben");
    github.repository.review(pull, "farah");
    const old = github.repository.merge(pull);
    github.repository.push("main", { "README.md": "newer" }, "farah");
    const { exitCode, err } = await ask("ben", undefined, old);
    expect(err).toMatch(/What is approved of \w{8}.*main is at \w{8} by now.*Nothing was approved/);
    expect(exitCode).toBe(1);
  });

  it("a confirmation counts through the pull request that brought it, as it was reviewed there", async () => {
    const pull = open({ "confirmations/a.json": "{}", "approvals/b.json": "{}", "approvals/c.json": "{}" });
    github.repository.review(pull, "farah");
    github.repository.merge(pull, "squash");
    github.repository.push("main", { "approvals/c.json": '{"more":1}' }, "eva");
    const folder = (name: string): string => place.path(name);
    mkdirSync(folder("confirmations"));
    mkdirSync(folder("approvals"));
    place.write("confirmations/a.json", "{}");
    place.write("approvals/b.json", '{"edited":1}');
    place.write("approvals/c.json", '{"more":1}');
    const said = await asked("ben");
    expect(said).toContain("confirmations/a.json: counts: #1, approved by farah");
    expect(said).toContain("approvals/b.json: does not count: it is not as it was reviewed in #1");
    expect(said).toContain("approvals/c.json: does not count: it was not brought by one pull request");
  });

  it("one that was pushed to main as it is counts for nothing, and stops no other, now and later", async () => {
    const { repository } = github;
    const one = open({ "ben.ts": "ben" });
    await planned(one, "ben");
    repository.review(one, "farah");
    repository.merge(one, "squash");
    const fast = open({ "max.ts": "max", "approvals/b.json": "{}" });
    await planned(fast, "ben", "max");
    repository.review(fast, "farah");
    repository.fastForward(fast);
    mkdirSync(place.path("approvals"));
    place.write("approvals/b.json", "{}");
    const why = "#2: its branch was pushed as it is, so nobody can say what it was merged into";
    const said = await asked("ben", "max");
    expect(said).toContain(`${why}. What it asks for is not run`);
    expect(said).toContain(`approvals/b.json: does not count: ${why}`);
    rmSync(place.path("approvals"), { recursive: true });
    expect((await applied()).people).toEqual(["ben@acme.com"]);
    const later = open({ "ida.ts": "ida" });
    await planned(later, "ben", "ida", "max");
    repository.review(later, "farah");
    repository.merge(later, "rebase");
    expect(await asked("ben", "ida", "max")).toContain(why);
    expect((await applied()).people).toEqual(["ben@acme.com", "ida@acme.com", "max@acme.com"]);
  });

  it("a branch whose activities are not told any more stops no other", async () => {
    const { repository } = github;
    const [gone, there] = [open({ "ben.ts": "ben", "approvals/b.json": "{}" }), open({ "ida.ts": "ida" })];
    await planned(gone, "ben");
    await planned(there, "ben", "ida");
    for (const pull of [gone, there]) {
      repository.review(pull, "farah");
      repository.merge(pull);
    }
    github.withoutActivities.add(gone.branch);
    mkdirSync(place.path("approvals"));
    place.write("approvals/b.json", "{}");
    const said = await asked("ben", "ida");
    expect(said).toMatch(/#1: .*activity.*answered 404/);
    expect(said).toMatch(/approvals\/b\.json: does not count: .*activity.*answered 404/);
    rmSync(place.path("approvals"), { recursive: true });
    expect((await applied()).people).toEqual(["ben@acme.com", "ida@acme.com"]);
  });

  it("history that was rewritten approves nothing, and says so", async () => {
    github.repository.branches.delete("main");
    github.repository.push("main", { CODEOWNERS: OWNERS }, "farah");
    const { exitCode, err } = await ask("ben");
    expect(err).toContain(`Cannot say what was merged since ${since.slice(0, 8)}`);
    expect(err).toContain("the history of main was rewritten");
    expect(exitCode).toBe(1);
  });

  it("a job's token that may not read reviews: what was asked, what GitHub said, what to do; never the token", async () => {
    github.repository.merge(open({ "main.ts": "stack(ben)" }));
    const token = github.token({ contents: "read" });
    const { exitCode, err } = await ask("ben", token);
    expect(err).toMatch(
      /GET \/repos\/acme\/access\/commits\/\w+\/pulls on 127.*answered 403.*`permissions` of the job/,
    );
    expect(err).not.toContain(token);
    expect(exitCode).toBe(1);
  });
});
