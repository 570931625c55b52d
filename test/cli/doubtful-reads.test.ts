import { startEmulator, type RunningEmulator, type Seed } from "../../src/emulator";
import { takeLock } from "../../src/cli/lock-file";
import { acmeProvider, acmeSeed, environment, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

const LINE = "--config stack.json --base base.json";

describe("what Amplitude does not show is not taken for gone", () => {
  let place: Workplace;
  let running: RunningEmulator;
  const start = async (seed: Seed): Promise<void> => {
    place = new Workplace();
    running = await startEmulator({ seed, port: 0, clock: "virtual" });
  };
  afterEach(async () => {
    await running.close();
    place.remove();
  });
  const run = (line: string) => place.run(line, { env: environment(running.url) });
  const control = async (method: string, route: string, body: object): Promise<void> => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${running.url}/_emulator/${route}`, {
      method,
      headers,
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
  };
  const grants = (): number => running.emulator.state().assignments.length;

  it("a page that came short does not make a revocation forgotten: exit 5, nothing written", async () => {
    await start(acmeSeed);
    const provider = { ...acmeProvider, owns_groups: [], owns_grants_on: [] };
    place.write("stack.json", stackFile({ provider, resource: nova() }));
    await run(`apply --yes ${LINE}`);
    const { amplitude_project_role_assignment: _gone, ...rest } = nova();
    place.write("stack.json", stackFile({ provider, resource: rest }));
    const before = place.read("base.json");
    const count = grants();
    await control("POST", "faults", {
      match: { method: "GET", path: "/user-management/1/project-role-assignments" },
      fault: { type: "short-page", drop: 3 },
    });
    const { exitCode, err } = await run(`apply --yes ${LINE}`);
    expect(err).toMatch(/agency-nova on Client Production .*is there, and the list lacks it/);
    expect(exitCode).toBe(5);
    expect(grants()).toBe(count);
    expect(place.read("base.json")).toBe(before);
    expect((await run(`apply --yes ${LINE}`)).exitCode).toBe(0);
    expect(running.emulator.state().assignments.filter(({ principal }) => principal === 632)).toEqual([]);
  });

  it("an organization that is not enrolled has its roles done by hand, and all else is applied", async () => {
    await start({ ...acmeSeed, switches: { "user-management-enrolled": false } });
    const role_ids = { Member: "00000000-0000-4000-8000-000000000002" };
    place.write(
      "stack.json",
      stackFile({
        provider: { ...acmeProvider, role_ids },
        resource: nova(["ana@nova.agency", "mia@acme.com"]),
      }),
    );
    const { exitCode, out } = await run(`apply --yes --trust-organization ${LINE}`);
    expect(out).toMatch(/done +agency-nova gains mia@acme\.com/);
    expect(out).toMatch(/by hand +agency-nova gets Member on Client Production/);
    expect(out).toMatch(/Not checked: .*not enrolled/);
    expect(exitCode).toBe(6);
  });

  it("a role of a group goes by an id that both APIs know, or not at all", async () => {
    await start({ ...acmeSeed, switches: { "user-management-group-ids": "different" } });
    place.write(
      "stack.json",
      stackFile({ provider: { ...acmeProvider, owns_groups: [], owns_grants_on: [] }, resource: nova() }),
    );
    const count = grants();
    const { exitCode, out } = await run(`apply --yes --trust-organization ${LINE}`);
    expect(out).toMatch(
      /refused +agency-nova gets Member on Client Production\n.*no id is in both lists.*632 \(agency-nova\)/,
    );
    expect(exitCode).toBe(3);
    expect(grants()).toBe(count);
  });

  it("somebody who leaves is taken out of two groups of one name, in one run", async () => {
    const twins = { id: 699, name: "agency-nova", members: ["leo@nova.agency"] };
    const byId = (acmeSeed.assignments ?? []).map((grant) =>
      grant.principal === "agency-nova" ? { ...grant, principal: 632 } : grant,
    );
    await start({
      ...acmeSeed,
      groups: [...(acmeSeed.groups ?? []), twins],
      assignments: byId,
      switches: { "scim-duplicate-group": "allowed" },
    });
    const leaver = { leo: { email: "leo@nova.agency", left_on: "2026-11-20" } };
    place.write(
      "stack.json",
      stackFile({ provider: { ...acmeProvider, owns_groups: [] }, resource: { amplitude_leaver: leaver } }),
    );
    const { exitCode, out } = await run(`apply --yes ${LINE}`);
    expect(out.match(/done +agency-nova \(id \d+\) loses leo@nova\.agency/g)).toHaveLength(2);
    expect(exitCode).toBe(0);
    expect(running.emulator.state().groups.flatMap(({ members }) => members)).not.toContain(
      "leo@nova.agency",
    );
  });

  it("one apply at a time has the base: the other says who holds it, and writes nothing", async () => {
    await start(acmeSeed);
    place.write("stack.json", stackFile({ resource: nova(["ana@nova.agency"]) }));
    const release = await takeLock(place.path("base.json.lock"));
    const second = await run(`apply --yes ${LINE}`);
    expect(second.err).toMatch(/Another apply is running on this base.*base\.json\.lock/);
    expect(second.exitCode).toBe(4);
    expect(running.emulator.state().groups[0]?.members).toHaveLength(2);
    await release();
    expect((await run(`apply --yes ${LINE}`)).exitCode).toBe(0);
  });

  it("a lock of a process that is gone is taken over", async () => {
    await start(acmeSeed);
    place.write("stack.json", stackFile({ resource: nova() }));
    const { hostname } = await import("node:os");
    place.write("base.json.lock", `${hostname()} 999999999`);
    expect((await run(`apply --yes ${LINE}`)).exitCode).toBe(0);
    expect(place.files()).not.toContain("base.json.lock");
  });

  it("a stack is given or retired, not both", async () => {
    await start(acmeSeed);
    place.write("stack.json", stackFile({ resource: nova() }));
    await run(`apply --yes ${LINE}`);
    const { exitCode, err } = await run(`plan --retire acme ${LINE}`);
    expect(err).toMatch(/acme is given and to be retired/);
    expect(exitCode).toBe(1);
  });
});
