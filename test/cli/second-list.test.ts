import { startEmulator, type RunningEmulator, type Seed } from "../../src/emulator";
import type { PlanView } from "../../src/report";
import { acmeProvider, acmeSeed, environment, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";
import { intercept } from "./interception";

const LINE = "--config stack.json --base base.json";
const MEMBERS = "/user-management/1/groups/632/members";
const ACCESS = "/user-management/1/projects/288501/access";
const provider = { ...acmeProvider, owns_groups: [], owns_grants_on: [] };

describe("before something is taken, a second list is asked", () => {
  let place: Workplace;
  let running: RunningEmulator;
  const start = async (switches: NonNullable<Seed["switches"]> = {}): Promise<void> => {
    place = new Workplace();
    running = await startEmulator({ seed: { ...acmeSeed, switches }, port: 0, clock: "virtual" });
    place.write("stack.json", stackFile({ provider, resource: nova() }));
    // Roles are a person's where the role API is not there.
    const exitCode = switches["user-management-enrolled"] === false ? 6 : 0;
    expect((await run("apply --yes --trust-organization")).exitCode).toBe(exitCode);
  };
  afterEach(async () => {
    await running.close();
    place.remove();
  });
  const run = (command: string) => place.run(`${command} ${LINE}`, { env: environment(running.url) });
  const stack = (resource: ReturnType<typeof nova>): void =>
    void place.write("stack.json", stackFile({ provider, resource }));
  /** What a command asks and writes, without the lists that it reads. */
  const asked = async (command: string) => {
    const first = running.emulator.requests.length;
    const printed = await run(command);
    const sent = running.emulator.requests.slice(first).map(({ method, path }) => `${method} ${path}`);
    return {
      ...printed,
      second: sent.filter((request) => /members$|access$/.test(request)),
      writes: sent.filter((request) => !request.startsWith("GET") && !request.includes("audit-logs")),
      sent,
    };
  };
  const members = (): readonly string[] => running.emulator.state().groups[0]?.members ?? [];
  /** The role API's answers for one, changed on the way. */
  const change = (path: string, answer: (body: { data: unknown[] }) => Response | object): (() => void) =>
    intercept(running.emulator, async (request, rest) => {
      const response = await rest(request);
      if (new URL(request.url).pathname !== path) return response;
      const changed = answer((await response.json()) as { data: unknown[] });
      return changed instanceof Response ? changed : Response.json(changed);
    });

  it("once for the group, before its members are taken out, and the forecast says so", async () => {
    await start();
    stack(nova([]));
    const { forecast } = JSON.parse((await run("plan --json")).out) as PlanView;
    expect(forecast.secondLists).toEqual({ groups: 1, projects: 0, requests: 1 });
    const { exitCode, second, writes, sent, out } = await asked("apply --yes");
    expect(out).toMatch(/1 asks for a second list of 1 group before something is taken there/);
    expect([exitCode, second, writes]).toEqual([0, [`GET ${MEMBERS}`], ["PATCH /scim/1/Groups/632"]]);
    expect(sent.indexOf(`GET ${MEMBERS}`)).toBeLessThan(sent.indexOf("PATCH /scim/1/Groups/632"));
    expect(sent).toHaveLength(forecast.reads + forecast.writes);
    expect(members()).toEqual([]);
  });

  it("not where nothing is taken", async () => {
    await start();
    stack(nova(["ana@nova.agency", "leo@nova.agency", "mia@acme.com"]));
    const { forecast } = JSON.parse((await run("plan --json")).out) as PlanView;
    expect(forecast.secondLists.requests).toBe(0);
    const { second, writes } = await asked("apply --yes");
    expect([second, writes]).toEqual([[], ["PATCH /scim/1/Groups/632"]]);
  });

  it("not for somebody who left: all of theirs goes", async () => {
    await start();
    const leaver = { leo: { email: "leo@nova.agency", left_on: "2026-11-20" } };
    stack({ ...nova(["ana@nova.agency"]), amplitude_leaver: leaver });
    const { exitCode, second } = await asked("apply --yes");
    expect([exitCode, second]).toEqual([0, []]);
    expect(members()).toEqual(["ana@nova.agency"]);
  });

  it("where the two disagree, that step is refused with both answers, and the others are done", async () => {
    await start();
    stack(nova(["mia@acme.com"]));
    const stop = change(MEMBERS, ({ data, ...rest }) => ({
      ...rest,
      data: data.filter((member) => member !== "leo@nova.agency"),
    }));
    const { exitCode, out, err, writes } = await asked("apply --yes");
    expect(err).toMatch(
      /SCIM lists leo@nova\.agency in agency-nova, and the role API, asked for this group, does not/,
    );
    expect(out).toMatch(/refused +agency-nova loses leo@nova\.agency/);
    expect(out).toMatch(/done +agency-nova loses ana@nova\.agency/);
    expect([exitCode, writes.length]).toEqual([3, 2]);
    expect([...members()].sort()).toEqual(["leo@nova.agency", "mia@acme.com"]);
    stop();
    expect((await asked("apply --yes")).exitCode).toBe(0);
    expect(members()).toEqual(["mia@acme.com"]);
  });

  it.each([
    ["as many", 0, 0],
    ["fewer", 1, 3],
  ])("where it names people by ids, and lists %s of them, exit code %#", async (_, drop, exitCode) => {
    await start({ "user-management-user-ids": "opaque" });
    stack(nova(["ana@nova.agency"]));
    change(MEMBERS, ({ data, ...rest }) => ({ ...rest, data: data.slice(drop) }));
    const done = await asked("apply --yes");
    expect(done.exitCode).toBe(exitCode);
    expect(members()).toHaveLength(drop === 0 ? 1 : 2);
    if (drop > 0)
      expect(done.err).toMatch(/SCIM lists 2 members of agency-nova, and the role API.* 1, by ids/);
  });

  it.each([
    ["is not served", () => Response.json({ error_code: "not_found" }, { status: 404 }), /404/],
    [
      "is not allowed",
      () => Response.json({ error_code: "insufficient_permissions" }, { status: 403 }),
      /insufficient/,
    ],
    ["is no list", () => Response.json({ members: [] }), /not in the documented shape/],
  ])("a second list that %s is told, and blocks nothing", async (_, answer, says) => {
    await start();
    stack(nova(["ana@nova.agency"]));
    change(MEMBERS, answer);
    const { exitCode, err } = await asked("apply --yes");
    expect(err).toMatch(/The role API gave no second list of group agency-nova: .*rests on one list/);
    expect(err).toMatch(says);
    expect(exitCode).toBe(0);
    expect(members()).toEqual(["ana@nova.agency"]);
  });

  it("without the role API the plan says that it is not checked", async () => {
    await start({ "user-management-enrolled": false });
    stack({ amplitude_group: nova(["ana@nova.agency"])["amplitude_group"] ?? {} });
    const { out } = await run("plan");
    expect(out).toMatch(/Not checked: .*a second list of group agency-nova, from which something is taken/);
  });

  it("once for the project, before a role on it is taken", async () => {
    await start();
    stack({ amplitude_group: nova()["amplitude_group"] ?? {} });
    const stop = change(ACCESS, ({ data, ...rest }) => ({
      ...rest,
      data: (data as { principalType: string; principalId: string }[]).filter(
        ({ principalId }) => principalId !== "632",
      ),
    }));
    const refused = await asked("apply --yes");
    expect(refused.err).toMatch(
      /the list of role assignments has Member of agency-nova on Client Production, and the role API, asked for this project's access, does not/,
    );
    expect([refused.exitCode, refused.second, refused.writes]).toEqual([3, [`GET ${ACCESS}`], []]);
    stop();
    const { exitCode, second, writes } = await asked("apply --yes");
    expect([exitCode, second, writes.length]).toEqual([0, [`GET ${ACCESS}`], 1]);
  });

  it("a role that is lowered is taken, and one that is raised is not", async () => {
    await start();
    stack(nova(undefined, "Manager"));
    expect((await asked("apply --yes")).second).toEqual([]);
    stack(nova(undefined, "Viewer"));
    expect((await asked("apply --yes")).second).toEqual([`GET ${ACCESS}`]);
  });

  it("plan --verify asks for all that is declared, says its price first, and writes nothing", async () => {
    await start();
    const fits = await asked("plan --verify");
    expect(fits.err).toMatch(
      /^Verifying 2 declared groups and projects by a second list: 2 requests, no wait/,
    );
    expect([fits.exitCode, fits.second, fits.writes]).toEqual([0, [`GET ${MEMBERS}`, `GET ${ACCESS}`], []]);
    change(MEMBERS, ({ data, ...rest }) => ({ ...rest, data: [...data, "bo@lumen.studio"] }));
    const { out, exitCode } = await asked("plan --verify");
    expect(out).toMatch(/the lists do not fit together/);
    expect(out).toMatch(
      /the role API, asked for this group, lists bo@lumen\.studio in agency-nova, and SCIM does not/,
    );
    expect(exitCode).toBe(0);
    expect((await run("snapshot --out org.snapshot")).exitCode).toBe(0);
    const saved = await run("plan --verify --live org.snapshot");
    expect([saved.exitCode, saved.err]).toEqual([1, expect.stringMatching(/nobody to ask with --live/)]);
  });
});
