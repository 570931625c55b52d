import { symlinkSync } from "node:fs";
import { acmeProvider, acmeSeed, at, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

const RUN = "--config stack.json --emulator org.json";
/** A plan from a snapshot of the emulator is for the emulator; it needs no credential. */
const SAME_HOST = { env: { AMPLITUDE_BASE_URL: "http://127.0.0.1" } };

/** Ways in which a saved file can be spoilt, and what is said of each. */
const spoilt: readonly [string, (text: string) => string, RegExp][] = [
  [
    "edited",
    (text) => text.replaceAll("leo@nova.agency", "eve@nova.agency"),
    /does not match its digest: it was edited or cut short/,
  ],
  ["cut short", (text) => text.slice(0, text.length / 2), /not JSON: it was cut short or edited/],
  ["empty", () => "", /not JSON/],
  [
    "of another version",
    (text) => text.replace(/"version":\d/, '"version":9'),
    /of version 9, and this program reads version \d/,
  ],
  ["an array", () => "[]", /does not say that it is one/],
  ["a number", () => "3", /does not say that it is one/],
  ["null", () => "null", /does not say that it is one/],
  ["something else", () => '{"format":"terraform"}', /does not say that it is one/],
];

describe("a file that cannot be used", () => {
  let place: Workplace;
  let mark: number;
  beforeEach(async () => {
    place = new Workplace();
    place.write("org.json", acmeSeed);
    place.write("stack.json", stackFile({ resource: nova() }));
    await place.run(`apply --yes ${RUN}`);
    place.write("stack.json", stackFile({ resource: nova(["ana@nova.agency", "jo@nova.agency"]) }));
    await place.run(`plan --out plan.json ${RUN}`);
    await place.run(`snapshot --out live.snapshot ${RUN}`);
    mark = place.state("org.json").audit.length;
  });
  afterEach(() => {
    expect(place.state("org.json").audit).toHaveLength(mark);
    place.remove();
  });

  /** A command that must refuse with one message (or `errors`), before it shows or does anything. */
  async function refused(line: string, errors = 1): Promise<string> {
    const { exitCode, out, err } = await place.run(
      line.replace("--live ", `--live ${place.directory}/`),
      SAME_HOST,
    );
    expect(out).toBe("");
    expect(err.match(/^error: /gm)).toHaveLength(errors);
    expect(exitCode).toBe(1);
    return err;
  }

  describe.each<[string, string, string]>([
    ["plan file", "plan.json", `apply plan.json ${RUN}`],
    ["base", "org.base.json", `apply --yes ${RUN}`],
    ["snapshot", "live.snapshot", "plan --config stack.json --live live.snapshot"],
  ])("a %s", (what, file, line) => {
    it.each(spoilt)("that is %s", async (_, spoil, why) => {
      const text = place.read(file);
      const changed = spoil(text);
      expect(changed).not.toBe(text);
      place.write(file, changed);
      const err = await refused(line);
      expect(err).toContain(`Cannot use the ${what} `);
      expect(err).toContain(file);
      expect(err).toMatch(why);
      expect(err).toContain("make a new one");
      // It is evidence of what happened: it stays as it is.
      expect(place.read(file)).toBe(changed);
    });
  });

  it("a plan file that is not there", async () => {
    expect(await refused(`apply gone.json ${RUN}`)).toMatch(
      /There is no plan file .*gone\.json.*Check the path/,
    );
  });

  it("a plan file of another stack", async () => {
    place.write("other.json", stackFile({ name: "other", resource: nova() }));
    place.write("none.base.json", "");
    expect(
      await refused("apply plan.json --config other.json --emulator org.json --base fresh.json"),
    ).toMatch(/plan\.json.*of the stacks acme, and these are other/);
  });

  it("a plan file, a base and a snapshot of another organization", async () => {
    place.write("two.json", { ...acmeSeed, organization: { id: 777, name: "Two", region: "us" } });
    place.write(
      "two-stack.json",
      stackFile({ provider: { ...acmeProvider, org_id: "777" }, resource: nova() }),
    );
    const two = "--config two-stack.json --emulator two.json";
    const wording = /of organization 36958.*777/;
    expect(await refused(`apply plan.json ${two}`)).toMatch(wording);
    expect(await refused(`apply --yes --base org.base.json ${two}`)).toMatch(wording);
    expect(await refused("plan --config two-stack.json --live live.snapshot")).toMatch(wording);
    expect(place.state("two.json").audit).toEqual([]);
  });

  it("a base of the same organization on another host", async () => {
    place.write("eu.json", stackFile({ provider: { ...acmeProvider, region: "eu" }, resource: nova() }));
    const { exitCode, err } = await place.run("plan --config eu.json --base org.base.json", {
      env: { AMPLITUDE_SCIM_KEY: "scim-eu-4d1f9be2" },
    });
    expect(err).toMatch(/org\.base\.json.*organization 36958 on 127\.0\.0\.1.*core\.eu\.amplitude\.com/);
    expect(exitCode).toBe(1);
  });

  it.each<[string, unknown, string]>([
    ["cut short", '{"format":', "not JSON"],
    ["an array", [], "expected object"],
    ["wrong inside", { ...acmeSeed, people: [{ email: "tom" }] }, "people[0].email"],
    [
      "pointing nowhere",
      { ...acmeSeed, groups: [{ id: 1, name: "g", members: ["no@acme.com"] }], assignments: [] },
      "groups[0].members[0]: no@acme.com is not in people",
    ],
  ])("a seed that is %s", async (_, seed, why) => {
    const text = place.read(place.write("bad-seed.json", seed));
    const err = await refused("apply --yes --config stack.json --emulator bad-seed.json");
    expect(err).toContain(why);
    expect(err).toContain("docs/emulator.md");
    expect(place.read("bad-seed.json")).toBe(text);
    expect(err).toContain("bad-seed.json");
  });

  it("a seed that is not there", async () => {
    expect(await refused("plan --config stack.json --emulator gone.json")).toMatch(
      /There is no seed .*gone\.json.*Check the path/,
    );
  });

  it("a seed of another region than the stack's", async () => {
    place.write("eu.json", stackFile({ provider: { ...acmeProvider, region: "eu" }, resource: nova() }));
    expect(await refused("plan --config eu.json --emulator org.json")).toMatch(/region/);
  });

  it("a snapshot is found beside the stack, wherever the process was started", async () => {
    const found = await place.run("plan --config stack.json --live live.snapshot", SAME_HOST);
    expect(found).toMatchObject({ exitCode: 0, err: "" });
  });

  it("a snapshot needs no credential to plan from, nor to look for drift", async () => {
    const live = place.path("live.snapshot");
    const { exitCode, out, err } = await place.run(`plan --config stack.json --live ${live}`, SAME_HOST);
    expect(err).toBe("");
    expect(out).toContain("agency-nova gains jo@nova.agency");
    expect(exitCode).toBe(0);
    const drift = await place.run(`drift --config stack.json --live ${live}`, SAME_HOST);
    expect(drift.err).toBe("");
    expect(drift.out).toContain("Authors are unknown");
    expect(drift.exitCode).toBe(2);
  });

  it("a snapshot that was read from another host than the plan is for", async () => {
    // Read from the emulator; the plan would be bound to Amplitude itself.
    const { exitCode, err } = await place.run(
      `plan --config stack.json --live ${place.path("live.snapshot")}`,
    );
    expect(err).toMatch(/Cannot use the snapshot .*127\.0\.0\.1.*core\.amplitude\.com/);
    expect(exitCode).toBe(1);
  });

  it("an apply does not start from a snapshot: it is of the past", async () => {
    const { exitCode, err } = await place.run(
      `apply --yes --config stack.json --live ${place.path("live.snapshot")}`,
      {
        env: { AMPLITUDE_SCIM_KEY: "any", AMPLITUDE_BASE_URL: "http://127.0.0.1:9" },
      },
    );
    expect(err).toMatch(/--live/);
    expect(exitCode).toBe(1);
  });

  it("--emulator and --live together", async () => {
    const { exitCode, err } = await place.run(`plan ${RUN} --live live.snapshot`);
    expect(err).toMatch(/--live.*cannot be used with.*--emulator/);
    expect(exitCode).toBe(1);
  });

  it("a stack that --stack does not know", async () => {
    expect(await refused(`plan --stack acne ${RUN}`)).toMatch(/no stack acne.*The stacks are acme/);
  });

  it.each(["plan", "snapshot"])("an --out of %s that cannot be written", async (command) => {
    symlinkSync(place.path("nowhere/further"), place.path("dangling"));
    const { exitCode, err } = await place.run(`${command} --out dangling/file ${RUN}`);
    expect(err).toMatch(/^error: Cannot write .*dangling\/file\. .*Check the path and its permissions/);
    expect(exitCode).toBe(1);
  });

  it("two live groups of one name, under both ids", async () => {
    const state = place.state("org.json");
    const twin = { ...state.groups[0]!, id: 700, members: [] };
    place.write("org.json", {
      ...state,
      groups: [...state.groups, twin],
      switches: { "scim-duplicate-group": "allowed" },
    });
    // Each line that names it says so.
    const err = await refused(`apply --yes --base fresh.json ${RUN}`, 2);
    expect(err).toContain("(acme/agency-nova/");
    expect(err).toMatch(/Two live groups are called "agency-nova".*632, 700.*Rename or delete one/);
  });

  it("two live groups of one name that no line is about stop nothing", async () => {
    const state = place.state("org.json");
    const twins = [700, 701].map((id) => ({ ...state.groups[0]!, id, name: "twins", members: [] }));
    place.write("org.json", {
      ...state,
      groups: [...state.groups, ...twins],
      switches: { "scim-duplicate-group": "allowed" },
    });
    expect(await place.run(`plan ${RUN}`)).toMatchObject({ exitCode: 0, err: "" });
  });

  it("a name that would write to the terminal is shown, not obeyed", async () => {
    const evil = "Client\u001b[2J Production";
    const state = place.state("org.json");
    const projects = state.projects.map((project) => ({
      ...project,
      name: project.id === 288501 ? evil : project.name,
    }));
    const roles = [...state.roles, { id: "aaaaaaaa-0000-4000-8000-000000000001", name: "Boss\u001b[31m" }];
    place.write("org.json", { ...state, projects, roles });
    place.write(
      "stack.json",
      stackFile({
        data: {},
        resource: { amplitude_user: { ben: at("acme/ben\u001b[31m/Resource", { email: "ben@acme.com" }) } },
      }),
    );
    await place.ui("org.json", "tom@acme.com", {
      type: "grant",
      group: "agency-nova",
      project: 288501,
      role: "Boss\u001b[31m",
    });
    mark = place.state("org.json").audit.length;
    const shown = [await place.run(`plan ${RUN}`), await place.run(`drift ${RUN}`)];
    place.write("stack.json", stackFile({ resource: nova() }));
    shown.push(await place.run(`plan ${RUN}`));
    place.write(
      "stack.json",
      stackFile({
        data: {},
        resource: { amplitude_user: { ben: at("acme/ben\u001b[31m/Resource", { email: "x" }) } },
      }),
    );
    shown.push(await place.run(`plan ${RUN}`));
    for (const { out, err } of shown) expect(out + err).not.toContain("\u001b");
    expect(shown.map(({ out, err }) => out + err).join("")).toContain("\\u001b");
  });
});
