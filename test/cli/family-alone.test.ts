import { startEmulator, type RunningEmulator } from "../../src/emulator";
import { acmeProvider, acmeSeed, environment, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";
import { intercept } from "./interception";

const LINE = "--config stack.json --base base.json";
const ASSIGNMENTS = "/user-management/1/project-role-assignments";

/** No pattern takes anything away. */
const unowned = { ...acmeProvider, owns_groups: [], owns_grants_on: [] };

interface Page {
  readonly data: readonly Record<string, unknown>[];
}
type Change = (page: Page) => unknown;

describe("a family that does not answer as documented fails alone", () => {
  let place: Workplace;
  let running: RunningEmulator;
  beforeEach(async () => {
    place = new Workplace();
    running = await startEmulator({ seed: acmeSeed, port: 0, clock: "virtual" });
    const role_ids = { Member: "00000000-0000-4000-8000-000000000002" };
    place.write(
      "stack.json",
      stackFile({
        provider: { ...unowned, role_ids },
        resource: nova(["ana@nova.agency", "leo@nova.agency", "mia@acme.com"]),
      }),
    );
  });
  afterEach(async () => {
    await running.close();
    place.remove();
  });
  const run = (line: string) => place.run(line, { env: environment(running.url) });
  const refuse = (family: string, status: number, body: unknown) =>
    intercept(running.emulator, async (request, answer) =>
      new URL(request.url).pathname.startsWith(family)
        ? Response.json(body, { status })
        : await answer(request),
    );
  const change = (path: string, how: Change) =>
    intercept(running.emulator, async (request, answer) => {
      const response = await answer(request);
      if (request.method !== "GET" || new URL(request.url).pathname !== path) return response;
      return Response.json(how((await response.json()) as Page));
    });

  it.each<[what: string, family: string, status: number, body: unknown, says: RegExp]>([
    [
      "401",
      "/user-management",
      401,
      { title: "Unauthorized" },
      /project roles: GET .*answered 401: Unauthorized.*AMPLITUDE_ORG_SECRET_KEY were not accepted/,
    ],
    ["404", "/user-management", 404, { title: "Not Found" }, /project roles: GET .*answered 404: Not Found/],
    [
      "403 of another title",
      "/user-management",
      403,
      { title: "No", error_code: "insufficient_permissions" },
      /project roles: GET .*answered 403: insufficient_permissions/,
    ],
    [
      "an envelope of another shape",
      "/user-management",
      200,
      { results: [] },
      /project roles: GET .*not in the documented shape: data/,
    ],
    [
      "a page of a gateway",
      "/user-management",
      200,
      "hello",
      /project roles: GET .*not in the documented shape/,
    ],
  ])(
    "%s: people and groups are planned, and the plan says what is unknown",
    async (_, family, status, body, says) => {
      const before = running.emulator.state().assignments.length;
      refuse(family, status, body);
      const { exitCode, out, err } = await run(`plan ${LINE}`);
      expect(err).toBe("");
      expect(exitCode).toBe(0);
      expect(out.replaceAll(/\s+/g, " ")).toMatch(says);
      expect(out).not.toContain("..");
      expect(out).toMatch(/agency-nova gains mia@acme\.com/);
      const applied = await run(`apply --yes --trust-organization ${LINE}`);
      expect(applied.out).toMatch(/done +agency-nova gains mia@acme\.com/);
      if (family === "/user-management") {
        expect(applied.out).toMatch(/by hand +agency-nova gets Member on Client Production/);
        expect(applied.exitCode).toBe(6);
        expect(running.emulator.state().assignments).toHaveLength(before);
      }
    },
  );

  it("a project that nobody could look up says why", async () => {
    refuse("/v1/projects", 403, { title: "No" });
    const { exitCode, err } = await run(`plan ${LINE}`);
    expect(exitCode).toBe(1);
    expect(err).toMatch(
      /could read whether there is a project called "Client Production".*GET \/v1\/projects: .*answered 403: No/,
    );
  });

  it("a project that was looked up before is the one that it was", async () => {
    const provider = { ...unowned, role_ids: { Member: "00000000-0000-4000-8000-000000000002" } };
    place.write("stack.json", stackFile({ provider, resource: nova() }));
    await run(`apply --yes --trust-organization ${LINE}`);
    refuse("/v1/projects", 403, { title: "No" });
    const { exitCode, out, err } = await run(`plan --detailed-exitcode ${LINE}`);
    expect([exitCode, err]).toEqual([0, ""]);
    expect(out.replaceAll(/\s+/g, " ")).toMatch(/names of projects .*: GET .*answered 403: No/);
  });

  it("projects that nobody could list leave people and groups as they are", async () => {
    place.write(
      "stack.json",
      stackFile({ resource: { amplitude_user: { jo: { email: "jo@nova.agency" } } } }),
    );
    refuse("/v1/projects", 403, { title: "No" });
    const { exitCode, out, err } = await run(`plan ${LINE}`);
    expect([exitCode, err]).toEqual([0, ""]);
    expect(out).toMatch(/invite jo@nova\.agency/);
    expect(out.replaceAll(/\s+/g, " ")).toMatch(/names of projects .*: GET .*answered 403: No/);
  });

  it.each([429, 500, 503])("%i is over in a moment, and ends the run", async (status) => {
    refuse("/user-management", status, { title: "Busy" });
    const { exitCode, out, err } = await run(`plan ${LINE}`);
    expect(exitCode).toBe(1);
    expect(err).toMatch(new RegExp(`user-management.*answered ${status}`));
    expect(out).toBe("");
  });

  it("a snapshot keeps the reason, and a plan of it says the same", async () => {
    const heal = refuse("/user-management", 401, { title: "Unauthorized" });
    await run(`snapshot --out live.json ${LINE}`);
    heal();
    const { out } = await run(`plan --live live.json ${LINE}`);
    expect(out.replaceAll(/\s+/g, " ")).toMatch(/project roles: GET .*answered 401: Unauthorized/);
  });

  describe("a row that is not understood", () => {
    const service = { id: "sa1", principalType: "service_account", principalId: "svc-1", projectId: 288501 };
    const withRow =
      (row: Record<string, unknown>): Change =>
      (page) => ({
        ...page,
        data: [...page.data, { roleId: "00000000-0000-4000-8000-000000000002", ...row }],
      });

    it.each<[string, Record<string, unknown>, RegExp]>([
      ["of a third kind of principal", service, /role assignments: 1 row .*service_account.*svc-1/],
      [
        "of no project",
        { ...service, principalType: "user", principalId: "ana@nova.agency", projectId: null },
        /role assignments: 1 row .*"projectId":null/,
      ],
    ])("%s is counted and shown, and the rest is planned", async (_, row, says) => {
      change(ASSIGNMENTS, withRow(row));
      const { exitCode, out, err } = await run(`plan ${LINE}`);
      expect([exitCode, err]).toEqual([0, ""]);
      expect(out.replaceAll(/\s+/g, " ")).toMatch(says);
      expect(out).toMatch(/agency-nova gains mia@acme\.com/);
    });

    const withoutLine = (): void => {
      const { amplitude_project_role_assignment: _gone, ...rest } = nova();
      place.write("stack.json", stackFile({ provider: unowned, resource: rest }));
    };
    const heldByNova = () =>
      running.emulator.state().assignments.filter(({ principal }) => principal === 632);

    it.each<[string, Record<string, unknown>, exitCode: number, left: number]>([
      ["on its project holds a revocation", service, 3, 1],
      ["that names nothing that another list has holds it", { ...service, projectId: 7 }, 3, 1],
      ["about another project and another person does not", { ...service, projectId: 288503 }, 0, 0],
    ])("%s", async (_, row, exitCode, left) => {
      await run(`apply --yes --trust-organization ${LINE}`);
      withoutLine();
      change(ASSIGNMENTS, withRow(row));
      const { out, ...run1 } = await run(`apply --yes ${LINE}`);
      expect([run1.exitCode, run1.err]).toEqual([exitCode, ""]);
      if (left === 1)
        expect(out).toMatch(/refused +agency-nova loses Member on Client Production\n.*not understood/);
      expect(heldByNova()).toHaveLength(left);
    });

    it("does not hold what a leaver loses", async () => {
      place.write(
        "stack.json",
        stackFile({
          provider: unowned,
          resource: { amplitude_leaver: { ana: { email: "ana@nova.agency", left_on: "2026-11-20" } } },
        }),
      );
      change(ASSIGNMENTS, withRow({ ...service, principalType: "team", principalId: "ana@nova.agency" }));
      const { exitCode, out } = await run(`apply --yes --trust-organization ${LINE}`);
      expect([exitCode, out]).toEqual([0, expect.stringMatching(/principalId":"ana@nova\.agency"/)]);
      expect(running.emulator.state().people.map(({ email }) => email)).not.toContain("ana@nova.agency");
    });

    it("of what is declared is neither made again nor, once its line is gone, forgotten", async () => {
      await run(`apply --yes --trust-organization ${LINE}`);
      const ownRow: Change = (page) => ({
        ...page,
        data: page.data.map((row) =>
          row["principalId"] === "632" ? { ...row, principalType: "team" } : row,
        ),
      });
      const heal = change(ASSIGNMENTS, ownRow);
      const sent = running.emulator.requests.length;
      const still = await run(`apply --yes ${LINE}`);
      expect([still.exitCode, still.err]).toEqual([0, ""]);
      withoutLine();
      const gone = await run(`apply --yes ${LINE}`);
      expect([gone.exitCode, gone.err]).toEqual([3, ""]);
      const writes = running.emulator.requests.slice(sent).filter(({ method }) => method !== "GET");
      expect(writes.filter(({ path }) => path.startsWith("/user-management"))).toEqual([]);
      heal();
      expect((await run(`apply --yes ${LINE}`)).exitCode).toBe(0);
      expect(heldByNova()).toEqual([]);
    });
  });
});
