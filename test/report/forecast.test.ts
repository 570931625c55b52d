import type { PlanView } from "../../src/report";
import { startEmulator, type RunningEmulator, type Seed } from "../../src/emulator";
import { acmeSeed, environment, nova, stackFile } from "../cli/acme";
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
