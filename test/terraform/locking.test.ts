import { organization } from "../support/organization";
import { noPostgres, Postgres } from "./postgres";
import { acceptance, binary, Installation, Workspace } from "./workspace";

jest.setTimeout(120_000);

if (binary !== undefined && noPostgres !== undefined)
  process.stderr.write(
    `\n*** Two applies of one state were NOT tested on the backend "pg": ${noPostgres}. ***\n\n`,
  );
const withPostgres: jest.Describe = noPostgres === undefined ? acceptance : describe.skip;

const stack = `
resource "amplitude_group" "first" {
  name                = "agency-first"
  members             = ["jo@nova.agency"]
  deletion_protection = false
}
resource "amplitude_group" "second" {
  name                = "agency-second"
  members             = ["sam@nova.agency"]
  deletion_protection = false
}
`;

withPostgres("two applies at once of one state on pg", () => {
  let installation: Installation;
  let postgres: Postgres;
  let site: Workspace;

  beforeAll(async () => {
    installation = new Installation().build();
    postgres = await Postgres.start();
    site = await Workspace.open({
      installation,
      seed: organization().people("jo@nova.agency", "sam@nova.agency").seed(),
      cliConfig: installation.mirror(),
      env: { PG_CONN_STR: postgres.url },
    });
    site.write(stack);
    site.file("backend.tf", 'terraform {\n  backend "pg" {\n    schema_name = "org_7"\n  }\n}\n');
    await site.expect(0, "init", "-input=false");
  });
  afterAll(async () => {
    await site.close();
    await postgres.stop();
    installation.remove();
  });

  const target = (name: string): string => `-target=amplitude_group.${name}`;

  it("the second is refused, or waits; nothing of either is lost", async () => {
    // It holds the lock for as long as nobody answers.
    const first = site.start(["apply", target("first")]);
    await said(first.output, "Enter a value:");

    const refused = await site.expect(1, "apply", "-auto-approve", "-input=false", target("second"));
    expect(refused.text).toContain("Error acquiring the state lock");
    expect(names()).toEqual([]);

    const second = site.start(["apply", "-auto-approve", "-lock-timeout=60s", target("second")]);
    await said(second.output, "Acquiring state lock");
    expect(names()).toEqual([]);
    first.spawned.stdin.end("yes\n");

    const outcomes = await Promise.all([first.ended, second.ended]);
    expect(outcomes.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ""],
      [0, ""],
    ]);
    expect(names()).toEqual(["agency-first", "agency-second"]);
    const { stdout } = await site.expect(0, "state", "list");
    expect(stdout.trim().split("\n")).toEqual(["amplitude_group.first", "amplitude_group.second"]);
    await site.nothingToDo();
  });

  const names = (): string[] =>
    site.emulator.emulator
      .state()
      .groups.map(({ name }) => name)
      .sort();
});

/** Waits until a run has printed something. The run's own end is the bound: then it never will. */
async function said(output: () => string, text: string): Promise<void> {
  while (!output().includes(text)) await new Promise((done) => setTimeout(done, 50));
}
