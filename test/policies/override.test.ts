import { reviewedDigest, approvedByText } from "../../src/reconcile";
import { acmeSeed, nova, stackFile } from "../cli/acme";
import { Workplace } from "../cli/command-line";

const RUN = "--config stack.json --emulator org.json";
const rule = "service-account-human-role";
/** The agency's group becomes Manager, and one of its people is a machine. */
const stack = (members: readonly string[]): object =>
  stackFile({
    resource: nova(members, "Manager"),
    extra: {
      locals: {
        amplitude_access: {
          version: 1,
          service_accounts: Object.fromEntries(members.map((email) => [email, { purpose: "sync" }])),
        },
      },
    },
  });

describe("what a policy denies", () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
    place.write("org.json", acmeSeed);
    place.write("stack.json", stack(["ana@nova.agency"]));
  });
  afterEach(() => place.remove());

  const apply = async (options = "", answer?: readonly string[]) =>
    await place.run(`apply ${options} ${RUN}`, answer === undefined ? {} : { answer });
  const roles = (): string[] => place.state("org.json").assignments.map(({ role }) => role);
  const subject =
    "service-account-human-role: ana@nova.agency on Client Production: Manager via group agency-nova";
  const approve = async (): Promise<string> => {
    const line = `approve policy --by priya@acme.com ${RUN}`.split(" ");
    const { err } = await place.run([...line, "--reason", "SOW-2231, two weeks"]);
    expect(err).toBe("");
    return place.files().find((name) => name.startsWith("approvals/"))!;
  };
  const named = (file: string): string =>
    place.write(
      "approved-by.json",
      approvedByText({
        organization: "36958",
        plans: [],
        steps: (JSON.parse(place.read(file)) as { steps: { id: string }[] }).steps.map(({ id }) => id),
        files: [{ file, digest: reviewedDigest(place.read(file)) }],
      }),
    );

  it("is a guard of the plan, which says how it is let pass", async () => {
    const plan = await place.run(`plan ${RUN}`);
    expect(plan.out).toContain(
      `refused    policy            service-account-human-role denies ana@nova.agency on Client Production`,
    );
    expect(plan.exitCode).toBe(3);
    const { exitCode, err } = await apply("--yes");
    expect(err).toContain(`amplitude-access approve policy --subject ${JSON.stringify(subject)}`);
    expect(exitCode).toBe(3);
    expect(roles()).not.toContain("Manager");
  });

  it("passes by a reviewed approval of the rule, for what it denies and these steps, and by no other", async () => {
    const file = await approve();
    expect(JSON.parse(place.read(file))).toMatchObject({
      guard: "policy",
      subject,
      people: ["ana@nova.agency"],
    });
    // Whether it counts is not for the file to say.
    expect((await apply("--yes")).exitCode).toBe(3);
    const granted = await apply(`--yes --approved-by ${named(file)}`);
    expect(granted.out).toContain(`opened     policy`);
    expect(granted.out).toContain("SOW-2231, two weeks");
    expect([granted.exitCode, roles()]).toEqual([4, expect.arrayContaining(["Manager"])]);
  });

  it("stays denied where the plan has another step than was approved", async () => {
    const file = await approve();
    const list = named(file);
    place.write("stack.json", stack(["ana@nova.agency", "jo@nova.agency"]));
    const { out, exitCode } = await apply(`--yes --approved-by ${list}`);
    expect(out).toMatch(/service-account-human-role denies jo@nova\.agency/);
    expect(exitCode).toBe(3);
    expect(roles()).not.toContain("Manager");
  });

  it("passes by whoever types the number at the terminal, and not by a yes", async () => {
    expect((await apply("", ["yes", "yes"])).exitCode).toBe(3);
    const { exitCode, err } = await apply("", ["1", "yes"]);
    expect(err).toContain("policy: service-account-human-role denies ana@nova.agency");
    expect([exitCode, roles()]).toEqual([0, expect.arrayContaining(["Manager"])]);
  });

  it("is never let pass where the policy could not judge", async () => {
    const file = await approve();
    const list = named(file);
    place.write(
      "policies.mjs",
      `export default [{ type: "own", name: "${rule}", level: "deny", because: "SOC 2", fix: "Give less.",
        when() { throw new Error("no such field"); } }];`,
    );
    const { out, err, exitCode } = await apply(`--approved-by ${list}`, ["1", "1", "yes"]);
    expect(out).toMatch(
      /refused +policy +service-account-human-role denies policy service-account-human-role\. The policy could not judge: it threw/,
    );
    expect(err).not.toContain("Type 1");
    expect(exitCode).toBe(3);
    const drafted = await place.run(`approve policy --by priya@acme.com --reason x ${RUN}`);
    expect(drafted.err).toMatch(/No guard policy holds back what an approval could let pass/);
  });
});
