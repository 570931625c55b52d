import { startEmulator, type LoggedRequest, type RunningEmulator } from "../../src/emulator";
import { acmeSeed, environment, stackFile, type StackParts } from "./acme";
import { Workplace, type Printed } from "./command-line";

const NIA = "nia@acme.com";
const TOM = "tom@acme.com";
const PRIYA = "priya@acme.com";
const RUN = "--config stack.json --base base.json --evidence evidence";
const role = (email: string, name: string) => ({ email, role: name });
const accepts = "nia@acme.com accepts the invitation";
const demoted = "priya@acme.com: organization role admin → member";

/** Priya administers, and Nia is to follow: two administrators there must be. */
describe.each([
  ["which Amplitude's list of members shows", "served"],
  ["which nothing but the audit log shows", "absent"],
] as const)("an acceptance that an apply waits for, %s", (_, management) => {
  const served = management === "served";
  let place: Workplace;
  let running: RunningEmulator;
  const stack = (admins: readonly string[], resource: StackParts["resource"] = {}): void => {
    const provider = { org_id: "36958", minimum_admins: 2, ...(served ? {} : { admins }) };
    place.write("stack.json", stackFile({ provider, resource }));
  };
  beforeAll(async () => {
    place = new Workplace();
    running = await startEmulator({ seed: { ...acmeSeed, switches: { management } }, clock: "virtual" });
    const nia = { amplitude_user: { nia: { email: NIA } } };
    stack([TOM, PRIYA], served ? { amplitude_organization_role: { priya: role(PRIYA, "admin") } } : {});
    await run("apply --yes");
    stack(
      [TOM, NIA],
      served
        ? { ...nia, amplitude_organization_role: { priya: role(PRIYA, "member"), nia: role(NIA, "admin") } }
        : { ...nia, amplitude_leaver: { priya: { email: PRIYA, left_on: "2026-11-20" } } },
    );
  });
  afterAll(async () => {
    await running.close();
    place.remove();
  });

  const run = async (line: string): Promise<Printed> =>
    await place.run(`${line} ${line.startsWith("plan") ? RUN.replace("--evidence evidence", "") : RUN}`, {
      env: {
        ...environment(running.url),
        ...(served ? { AMPLITUDE_MANAGEMENT_URL: running.url } : {}),
      },
    });
  const happens = async (change: object): Promise<void> => {
    const body = JSON.stringify({ actor: NIA, change });
    const init = { method: "POST", headers: { "content-type": "application/json" }, body };
    expect((await fetch(`${running.url}/_emulator/ui`, init)).ok).toBe(true);
  };
  const logged = (): number =>
    (running.emulator.requests as LoggedRequest[]).splice(0).filter(({ family }) => family === "audit-log")
      .length;
  const people = (): string[] =>
    running.emulator
      .state()
      .people.map(({ email }) => email)
      .filter((email) => email === NIA || email === PRIYA)
      .sort();
  const roleOf = (email: string): string | undefined =>
    running.emulator.state().people.find((person) => person.email === email)?.organizationRole;

  if (served) {
    it("ends as waiting, 7, when the bound passes, and nothing is taken from whoever she follows", async () => {
      const { exitCode, out, err } = await run("apply --yes --wait 2m");
      expect(err).toContain(`Waiting for who was invited, 2 min at most: ${accepts}.`);
      expect(out).toMatch(new RegExp(`waiting +${accepts}`));
      expect(out).toMatch(new RegExp(`waiting +${demoted}`));
      expect([exitCode, roleOf(PRIYA), roleOf(NIA)]).toEqual([7, "admin", "admin"]);
      expect((await run("apply --resume")).exitCode).toBe(7);
    });

    it("goes on once she has accepted, under the same approval", async () => {
      logged();
      await run("plan");
      expect(logged()).toBe(0);
      await happens({ type: "accept_invitation" });
      const { exitCode, out } = await run("apply --resume");
      expect(out).toContain("Read again: as planned.");
      expect([exitCode, roleOf(PRIYA)]).toEqual([0, "member"]);
    });
    return;
  }

  it("is waited for in every later run too, and costs one request for the log", async () => {
    const first = await run("apply --yes");
    expect(first.out).toContain("invite nia@acme.com");
    expect([first.exitCode, people()]).toEqual([6, [NIA, PRIYA]]);
    await happens({ type: "login", fails: "wrong password" });
    logged();
    const { out } = await run("plan --explain-order");
    expect(out).toContain(accepts);
    expect(logged()).toBe(1);
    expect((await run("apply --yes")).exitCode).toBe(6);
    expect(people()).toEqual([NIA, PRIYA]);
  });

  it("is there once she has logged in: whoever she follows goes", async () => {
    await happens({ type: "login" });
    logged();
    const { out } = await run("plan --json");
    expect(out).not.toContain(accepts);
    expect(out).toContain('"from": "a login in the audit log, 2026-11-23"');
    expect(logged()).toBe(1);
    // Under the approval of the run that waited: what it left for later is of the same plan.
    const { exitCode, out: done, err } = await run("apply --resume");
    expect(done + err).not.toContain("not approved");
    expect([exitCode, people()]).toEqual([6, [NIA]]);
    expect(place.read("base.json")).not.toMatch(/"admins":\["priya/);
    // Nobody is waited for any more, so nobody asks.
    logged();
    await run("plan");
    expect(logged()).toBe(0);
  });
});
