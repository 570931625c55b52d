import { approvedByText, guardApprovalText, parseGuardApproval, reviewedDigest } from "../../src/reconcile";
import { acmeProvider, acmeSeed, at, stackFile, type StackParts } from "../cli/acme";
import { Workplace, type Printed } from "../cli/command-line";

const RUN = "--config stack.json --emulator org.json";
const invited = Array.from({ length: 3 }, (_, index) => `p${index + 1}@acme.com`);
const users = (emails: readonly string[]): NonNullable<StackParts["resource"]> => ({
  amplitude_user: Object.fromEntries(
    emails.map((email) => [email.replace(/\W/g, "_"), at(`acme/${email}/Resource`, { email })]),
  ),
});
const limited = { ...acmeProvider, maximum_invitations: 2 };

describe("what a guard holds back is approved", () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
    place.write("org.json", acmeSeed);
    stack(invited);
  });
  afterEach(() => place.remove());

  function stack(emails: readonly string[], provider: object = limited): void {
    place.write(
      "stack.json",
      stackFile({ provider: provider as Record<string, unknown>, resource: users(emails) }),
    );
  }
  const people = (): string[] =>
    place
      .state("org.json")
      .people.map(({ email }) => email)
      .filter((email) => invited.includes(email));
  const approve = async (more = ""): Promise<string> => {
    const drafted = await place.run(
      `approve invitations --by priya@acme.com --reason SOW-2231 ${more} ${RUN}`,
    );
    expect(drafted).toMatchObject({ exitCode: 0, err: "" });
    const file = /Written to (\S+\.json)\. Commit it/.exec(drafted.out)?.[1] ?? "";
    expect(drafted.out).toContain("invitations: 3 to be sent; limit 2.");
    return file;
  };
  /** As trusted code would, from the plan and the reviews that it read. */
  async function reviewed(files: readonly string[], drop: readonly string[] = []): Promise<void> {
    const { out } = await place.run(`plan --out plan.json ${RUN}`);
    expect(out).not.toBe("");
    const { plan } = JSON.parse(place.read("plan.json")) as {
      plan: { digest: string; steps: { id: string; text: string }[] };
    };
    const text = approvedByText({
      organization: "36958",
      plans: [plan.digest],
      steps: plan.steps.filter((step) => !drop.includes(step.text)).map(({ id }) => id),
      files: files.map((file) => ({ file, digest: reviewedDigest(place.read(file)) })),
    });
    place.write("approved-by.json", text);
  }
  const apply = async (line: string, more: Parameters<Workplace["run"]>[1] = {}): Promise<Printed> =>
    await place.run(`apply ${line} ${RUN}`, more);
  /** Seals a file anew after somebody wrote into it by hand. */
  const forged = (file: string, change: (text: string) => string): void =>
    void place.write(file, change(place.read(file)));

  it("not by a flag: --yes says yes to the plan, and the guard says how", async () => {
    const { exitCode, err } = await apply("--yes");
    expect(exitCode).toBe(3);
    expect(err).toMatch(
      /^The guard invitations holds steps back: 3 to be sent; limit 2\. .*approve invitations/,
    );
    expect(people()).toEqual([]);
  });

  it("at a terminal, by the number that the guard names, and by no other word", async () => {
    for (const typed of ["y", "yes", "2", "", "33"]) {
      const refused = await apply("", { answer: [typed, "yes"] });
      expect(refused.err).toContain("Type 3 to let it pass");
      expect(refused.exitCode).toBe(3);
      expect(people()).toEqual([]);
    }
    const passed = await apply("", { answer: ["3", "yes"] });
    expect(passed.exitCode).toBe(0);
    expect(people()).toEqual(invited);
  });

  it("at a terminal, and then not the plan", async () => {
    expect((await apply("", { answer: ["3", "no"] })).exitCode).toBe(3);
    expect(people()).toEqual([]);
  });

  it("by a file that trusted code found approved", async () => {
    const file = await approve();
    await reviewed([file]);
    const { exitCode, err } = await apply("plan.json --approved-by approved-by.json");
    expect(err).toBe("");
    expect(exitCode).toBe(0);
    expect(people()).toEqual(invited);
  });

  it("not by a file that nobody named, whatever it says of itself", async () => {
    await approve();
    for (const line of ["--yes", "plan.json --approved-by approved-by.json"]) {
      await reviewed([]);
      const { exitCode, out } = await apply(line);
      expect(out).toMatch(
        /approvals\/invitations-[0-9a-f]{12}\.json|invitations-[0-9a-f]{12}\.json \(priya@acme\.com\): /,
      );
      expect(exitCode).toBe(3);
      expect(people()).toEqual([]);
    }
  });

  it("not by a file that was changed after it was approved", async () => {
    const file = await approve();
    await reviewed([file]);
    const other = await approve("--until 2027-12-31");
    place.write(file, place.read(other));
    const { exitCode } = await apply("plan.json --approved-by approved-by.json");
    expect(exitCode).toBe(3);
    expect(people()).toEqual([]);
  });

  it.each([
    ["its number raised by hand", (text: string) => text.replace('"count":3', '"count":30')],
    ["its end moved by hand", (text: string) => text.replace(/"until":"20\d\d/, '"until":"2099')],
    ["cut short", (text: string) => text.slice(0, -30)],
    ["nothing but JSON", () => "{}"],
  ])("not by a file that is %s: it is refused", async (_, change) => {
    const file = await approve();
    forged(file, change);
    await reviewedAnyway(file);
    const { exitCode, err } = await apply("--yes --approved-by approved-by.json");
    expect(err).toMatch(/^error: Cannot use the approval .*Nothing was done\./);
    expect(exitCode).toBe(1);
    expect(people()).toEqual([]);
  });

  async function reviewedAnyway(file: string): Promise<void> {
    place.write(
      "approved-by.json",
      approvedByText({
        organization: "36958",
        plans: [],
        steps: [],
        files: [{ file, digest: reviewedDigest(place.read(file)) }],
      }),
    );
    await Promise.resolve();
  }

  it("for these people and steps: one more is one too many", async () => {
    const file = await approve();
    stack([...invited, "p4@acme.com"]);
    await reviewed([file]);
    const { exitCode, out } = await apply("plan.json --approved-by approved-by.json");
    expect(out).toContain("it is for at most 3, and 4 are found");
    expect(exitCode).toBe(3);
    stack([...invited.slice(1), "p4@acme.com"]);
    await reviewed([file]);
    const others = await apply("plan.json --approved-by approved-by.json");
    expect(others.out).toContain("it does not name p4@acme.com");
    expect(others.exitCode).toBe(3);
    expect(people()).toEqual([]);
  });

  it("for these steps: one that it lacks is held back with all of them", async () => {
    const file = await approve();
    const { steps, ...rest } = parseGuardApproval(place.read(file), file, "36958");
    place.write(file, guardApprovalText({ ...rest, steps: steps.slice(1) }));
    await reviewed([file]);
    const { exitCode, out } = await apply("plan.json --approved-by approved-by.json");
    expect(out).toContain(`it does not name the steps ${steps[0]?.id ?? ""}.`);
    expect(exitCode).toBe(3);
    expect(people()).toEqual([]);
  });

  it.each([
    ["the approval", (file: string) => place.write(file, ofOther(place.read(file)))],
    [
      "the list of what is approved",
      () =>
        place.write(
          "approved-by.json",
          approvedByText({ organization: "7", plans: [], steps: [], files: [] }),
        ),
    ],
  ])("for this organization: %s of another one is refused", async (_, change) => {
    const file = await approve();
    await reviewed([file]);
    change(file);
    const { exitCode, err } = await apply("plan.json --approved-by approved-by.json");
    expect(err).toMatch(/^error: Cannot use the .*It is of organization 7, and this run is for 36958/m);
    expect(exitCode).toBe(1);
    expect(people()).toEqual([]);
  });
  const ofOther = (text: string): string =>
    guardApprovalText({ ...parseGuardApproval(text, "", "36958"), organization: "7" });

  it("for this guard: another one stays closed", async () => {
    const file = await approve();
    stack(invited, { ...limited, maximum_invitations: 20, maximum_removals: 0 });
    await reviewed([file]);
    expect((await apply("plan.json --approved-by approved-by.json")).exitCode).toBe(0);
    stack([], { ...limited, maximum_invitations: 20, maximum_removals: 0 });
    await reviewed([file]);
    const { exitCode, err } = await apply("plan.json --approved-by approved-by.json");
    expect(err).toContain("The guard removals-in-all holds steps back: 3 people leave");
    expect(exitCode).toBe(3);
    expect(people()).toEqual(invited);
  });

  it("until it ends, and not before it was made", async () => {
    const file = await approve("--until 2026-11-24T09:00:00Z");
    await reviewed([file]);
    await place.control("org.json", "clock/advance", { seconds: 90_000 });
    const ended = await apply("plan.json --approved-by approved-by.json");
    expect(ended.out).toContain("it ended 2026-11-24T09:00:00.000Z");
    expect(ended.exitCode).toBe(3);
    // A clock that was set back does not bring an approval from tomorrow about.
    place.write("org.json", { ...acmeSeed, clock: "2026-11-20T09:00:00Z" });
    const early = await apply("plan.json --approved-by approved-by.json --base none.json");
    expect(early.out).toContain("one of the clocks is wrong");
    expect(early.exitCode).toBe(3);
  });

  it("only the steps that trusted code names run", async () => {
    stack(invited.slice(1));
    await reviewed([], ["invite p3@acme.com"]);
    const { exitCode, out } = await apply("plan.json --approved-by approved-by.json");
    expect(out).toMatch(/not run +invite p3@acme\.com\n +nobody approved this step/);
    expect(exitCode).toBe(4);
    expect(people()).toEqual(["p2@acme.com"]);
  });

  it("a plan that trusted code does not name runs nothing", async () => {
    stack(invited.slice(1));
    await reviewed([]);
    stack(invited.slice(2));
    await place.run(`plan --out plan.json ${RUN}`);
    const { exitCode, err } = await apply("plan.json --approved-by approved-by.json");
    expect(err).toContain("--approved-by does not name the plan");
    expect(exitCode).toBe(3);
    expect(people()).toEqual([]);
  });

  it("a confirmation counts only where it is named, once there is such a list", async () => {
    stack([], acmeProvider);
    place.write(
      "stack.json",
      stackFile({
        resource: {
          amplitude_organization: { acme: at("acme/Organization", { org_id: "36958", mfa_required: true }) },
        },
      }),
    );
    const planned = await place.run(`plan ${RUN}`);
    const id = /confirm ([0-9a-f]{16})/.exec(planned.out)?.[1] ?? "";
    expect((await place.run(`confirm ${id} --by priya@acme.com ${RUN}`)).exitCode).toBe(0);
    await reviewed([]);
    const ignored = await apply("plan.json --approved-by approved-by.json");
    expect(ignored.err).toMatch(/\.json does not count: --approved-by does not name it as it is\./);
    const file = place.files().find((name) => name.startsWith("confirmations/")) ?? "";
    await reviewed([file]);
    const counted = await apply("plan.json --approved-by approved-by.json");
    expect(counted.err).toBe("");
    expect(counted.exitCode).toBe(0);
  });

  it("`approve` says which guards there are to approve", async () => {
    const wrong = await place.run(`approve removals --by priya@acme.com --reason x ${RUN}`);
    expect(wrong.err).toContain("In this plan these do: invitations.");
    stack(invited.slice(1));
    const none = await place.run(`approve invitations --by priya@acme.com --reason x ${RUN}`);
    expect(none.err).toContain("None does in this plan.");
    expect([wrong.exitCode, none.exitCode]).toEqual([1, 1]);
    expect(place.files()).toEqual(["org.json", "stack.json"]);
  });
});
