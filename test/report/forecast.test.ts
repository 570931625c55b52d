import type { PlanView } from "../../src/report";
import { startEmulator, type RunningEmulator, type Seed } from "../../src/emulator";
import { acmeProvider, acmeSeed, environment, nova, stackFile } from "../cli/acme";
import { Workplace } from "../cli/command-line";

const people = Array.from({ length: 80 }, (_, index) => `p${index}@acme.com`);
const seed: Seed = {
  ...acmeSeed,
  people: [...(acmeSeed.people ?? []), ...people.map((email) => ({ email }))],
  switches: { management: "served" },
};
const parts = nova(["ana@nova.agency", "leo@nova.agency", "jo@nova.agency"], "Manager");
const stack = stackFile({
  resource: {
    ...parts,
    amplitude_organization_role: { leo: { email: "leo@nova.agency", role: "viewer" } },
    amplitude_project_role_assignment: {
      ...parts["amplitude_project_role_assignment"],
      ...Object.fromEntries(
        people.map((email, index) => [
          `p${index}`,
          { principal_type: "user", principal: email, project_id: "288503", role: "Viewer" },
        ]),
      ),
    },
  },
});

describe("the forecast of an apply", () => {
  let place: Workplace;
  let running: RunningEmulator;
  beforeEach(async () => {
    place = new Workplace();
    place.write("stack.json", stack);
    running = await startEmulator({ seed, clock: "virtual" });
  });
  afterEach(async () => {
    await running.close();
    place.remove();
  });

  it("is what is then sent, family by family, and the time that the limit takes", async () => {
    const env = { ...environment(running.url), AMPLITUDE_MANAGEMENT_URL: running.url };
    const { out, err } = await place.run("plan --format json --config stack.json", { env });
    expect(err).toBe("");
    const { forecast } = JSON.parse(out) as PlanView;
    const clock = () => Date.parse(running.emulator.state().clock ?? "") / 1000;
    const [sent, began] = [running.emulator.requests.length, clock()];
    const { exitCode } = await place.run("apply --yes --config stack.json", { env });
    expect(exitCode).toBe(0);

    const requests = running.emulator.requests.slice(sent);
    const of = (family: string, isWrite: boolean): number =>
      requests.filter(
        (request) =>
          request.family === family && (request.method !== "GET" && family !== "audit-log") === isWrite,
      ).length;
    for (const { family, reads, writes } of forecast.families)
      expect({ family, reads, writes }).toEqual({
        family,
        reads: of(family, false),
        writes: of(family, true),
      });
    expect(forecast.reads + forecast.writes).toBe(requests.length);
    expect(forecast.writes).toBe(83);
    expect(forecast.perMinute).toEqual({ limit: 100, ours: 70, identityProvider: 30 });
    expect(forecast.waitSeconds).toBe(clock() - began);
    expect(forecast.waitSeconds).toBe(60);
    expect(forecast.invitations).toEqual(["jo@nova.agency"]);
  });
});

describe("the audit log in the forecast of an apply", () => {
  const provider = {
    ...acmeProvider,
    owns_groups: [],
    owns_grants_on: [],
    admins: ["tom@acme.com", "priya@acme.com"],
  };
  const owning = { ...provider, owns_people_of: ["nova.agency"] };
  const ana = { amplitude_user: { ana: { email: "ana@nova.agency" } } };
  const before = stackFile({ provider, resource: ana });
  const leoGoes = stackFile({ provider: owning, resource: ana });
  const grouped = stackFile({ provider, resource: { ...ana, amplitude_group: { eng: { name: "eng" } } } });

  it.each([
    ["without a state, for earlier writes of this program", [], grouped, 3],
    ["not with one", [before], grouped, 0],
    ["once, for whoever may administer and goes", [before], leoGoes, 3],
    ["once for both", [], leoGoes, 3],
  ] as const)("%s", async (_, earlier, stack, requests) => {
    const place = new Workplace();
    const running = await startEmulator({ seed: acmeSeed, clock: "virtual" });
    try {
      const run = (command: string) =>
        place.run(`${command} --config stack.json --base base.json`, { env: environment(running.url) });
      for (const text of earlier) {
        place.write("stack.json", text);
        await run("apply --yes --trust-organization");
      }
      place.write("stack.json", stack);
      const { forecast } = JSON.parse((await run("plan --json")).out) as PlanView;
      const first = running.emulator.requests.length;
      // The administrators are still to be confirmed by hand.
      expect((await run("apply --yes --trust-organization")).exitCode).toBe(6);
      const sent = running.emulator.requests.slice(first);
      expect(sent.filter(({ family }) => family === "audit-log")).toHaveLength(requests);
      expect(sent).toHaveLength(forecast.reads + forecast.writes);
    } finally {
      await running.close();
      place.remove();
    }
  });
});
