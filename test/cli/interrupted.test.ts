import { renameSync, symlinkSync } from "node:fs";
import { startEmulator, type RunningEmulator } from "../../src/emulator";
import { acmeSeed, at, environment, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";
import { intercept, invites } from "./interception";

const people = ["ana@nova.agency", "jo@nova.agency", "sam@nova.agency", "tyra@nova.agency"];
/** Five invitations, a group that changes, and two roles: a dozen requests that write. */
const stack = stackFile({
  resource: {
    ...nova(people, "Manager"),
    amplitude_user: Object.fromEntries(
      ["ben", "eva", "ida", "max", "zoe"].map((name) => [
        name,
        at(`acme/${name}/Resource`, { email: `${name}@acme.com` }),
      ]),
    ),
  },
});
const RUN = "--config stack.json --base base.json";
const invitations = ["ben", "eva", "ida", "max", "zoe"].map((name) => `${name}@acme.com`);

const portOf = ({ url }: RunningEmulator): number => Number(new URL(url).port);

describe("an apply that does not come to its end", () => {
  let place: Workplace;
  let running: RunningEmulator;
  beforeEach(async () => {
    place = new Workplace();
    place.write("stack.json", stack);
    running = await startEmulator({ seed: acmeSeed, clock: "virtual" });
  });
  afterEach(async () => {
    await running.close();
    place.remove();
  });

  const run = (line: string, stop?: { requested: boolean }): ReturnType<Workplace["run"]> =>
    place.run(`${line} ${RUN}`, { env: environment(running.url), ...(stop === undefined ? {} : { stop }) });
  const writes = (): string[] =>
    running.emulator.requests
      .filter(({ method, family }) => method !== "GET" && family !== "audit-log")
      .map(({ method, path }) => `${method} ${path}`);
  const fault = async (order: object): Promise<void> => {
    const response = await fetch(`${running.url}/_emulator/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(order),
    });
    expect(response.status).toBe(201);
  };
  const done = (): { people: string[]; members: string[]; roles: string[] } => {
    const state = running.emulator.state();
    return {
      people: state.people.map(({ email }) => email),
      members: state.groups.find(({ name }) => name === "agency-nova")?.members ?? [],
      roles: state.assignments.filter(({ principal }) => principal === 632).map(({ role }) => role),
    };
  };
  const everything = {
    people: expect.arrayContaining([...invitations, ...people]) as string[],
    members: people,
    roles: ["Manager"],
  };
  /** Runs until nothing is left; nobody was invited twice on the way. */
  async function finished(): Promise<void> {
    const { exitCode, out } = await run("apply --yes");
    expect(out).toMatch(/Read again: as planned\.|No changes\./);
    expect(exitCode).toBe(0);
    expect(done()).toEqual(everything);
    const invited = running.emulator
      .state()
      .audit.filter(({ action }) => /invite/i.test(action))
      .map(({ target }) => target);
    expect(new Set(invited).size).toBe(invited.length);
    expect((await run("plan --detailed-exitcode")).exitCode).toBe(0);
  }

  /** Answers that many requests that write, then is gone: connections break, and nobody listens. */
  function goneAfter(count: number): void {
    let left = count;
    intercept(running.emulator, async (request, answer) => {
      const isWrite = request.method !== "GET" && !/_emulator|audit-logs/.test(request.url);
      if (isWrite && left-- <= 0) {
        void running.close();
        throw new TypeError("gone");
      }
      return answer(request);
    });
  }

  // The sixth request puts three people into the group; every other one is in killed.test.ts.
  it.each([
    [0, 0],
    [3, 3],
    [6, 8],
  ])(
    "Amplitude is gone after %d writes: the %d steps are kept, and the next run finishes",
    async (count, steps) => {
      goneAfter(count);
      const gone = await run("apply --yes");
      expect(gone.exitCode).toBe(1);
      expect(gone.out.match(/^ {2}done/gm) ?? []).toHaveLength(steps);
      // The step that met it says which request failed, whatever waits in between.
      const failed = [...gone.out.matchAll(/FAILED .*\n +(.*)/g)].map(([, said]) => said);
      expect(failed).not.toEqual([]);
      for (const said of failed) expect(said).toMatch(/^(?:POST|PATCH|PUT) \/(?:scim|user-management)\//);
      expect(gone.err).toMatch(/^error: /m);
      // It is there again, with all that was done before.
      const state = running.emulator.state();
      running = await startEmulator({
        seed: state,
        clock: "virtual",
        port: portOf(running),
      });
      await finished();
    },
  );

  it("what a run that ended early had written down is replayed, but for a line cut short; an edited one is refused", async () => {
    goneAfter(3);
    expect((await run("apply --yes")).exitCode).toBe(1);
    running = await startEmulator({
      seed: running.emulator.state(),
      clock: "virtual",
      port: portOf(running),
    });
    const journal = place.read("base.json.journal");
    expect(journal).toContain("ida@acme.com");

    place.write("base.json.journal", journal.replaceAll("ida@acme.com", "eve@acme.com"));
    const before = writes().length;
    const edited = await run("apply --yes");
    expect(edited).toMatchObject({ exitCode: 1, out: "" });
    expect(edited.err).toMatch(
      /^error: Cannot use the journal of the base .*base\.json\.journal.*Line \d+ .*it was edited/,
    );
    expect(writes()).toHaveLength(before);

    place.write("base.json.journal", journal.slice(0, -20));
    await finished();
    expect(place.files()).toEqual(["base.json", "stack.json"]);
  });

  it("an answer is lost after the invitation was sent: nobody is invited twice", async () => {
    await fault({
      match: { method: "POST", path: "/scim/1/Users" },
      times: 2,
      fault: { type: "reset", when: "after" },
    });
    await run("apply --yes");
    await finished();
  });

  it("one step fails: the others are done, and it is told what the other side said", async () => {
    await fault({
      match: { method: "POST", path: "/scim/1/Users" },
      skip: 2,
      fault: { type: "status", status: 400, body: { detail: "no seats left" } },
    });
    const { exitCode, out } = await run("apply --yes");
    expect(out).toMatch(
      /FAILED +invite ida@acme\.com\n +POST \/scim\/1\/Users: 127\.0\.0\.1:\d+ answered 400: no seats left.*\. \S+/,
    );
    expect(out).toMatch(/\d+ done · 1 failed/);
    expect(exitCode).toBe(1);
    expect(done()).toEqual({
      ...everything,
      people: expect.not.arrayContaining(["ida@acme.com"]) as string[],
    });
    await finished();
  });

  it("it is stopped: the request in flight is finished, no other is sent, and the rest is told", async () => {
    const stop = { requested: false };
    const restore = intercept(running.emulator, (request, answer) => {
      if (invites(request)) stop.requested = true;
      return answer(request);
    });
    const { exitCode, out } = await run("apply --yes", stop);
    expect(writes()).toEqual(["POST /scim/1/Users"]);
    expect(out).toMatch(/done +invite ben@acme\.com/);
    expect(out).toMatch(/stopped +invite eva@acme\.com\n +the run was stopped/);
    expect(exitCode).toBe(1);
    restore();
    await finished();
  });

  it("the base cannot be written: what cannot be remembered is not done", async () => {
    // Nothing is there to read, and nothing can be made there.
    symlinkSync(place.path("nowhere/further"), place.path("dangling"));
    const { exitCode, err } = await place.run("apply --yes --config stack.json --base dangling/base.json", {
      env: environment(running.url),
    });
    expect(err).toMatch(/^error: Cannot write .*dangling\/base\.json.*Check the path and its permissions/m);
    expect(exitCode).toBe(1);
    expect(writes()).toEqual([]);
    await finished();
  });

  it("the base cannot be written any more: what was done is told, and the next run finishes", async () => {
    const restore = intercept(running.emulator, (request, answer) => {
      if (invites(request) && !place.files().includes("ledger")) {
        renameSync(place.path("ledger"), place.path("ledger-elsewhere"));
        place.write("ledger", "a file where the folder was");
      }
      return answer(request);
    });
    const line = "apply --yes --config stack.json --base ledger/base.json";
    const { exitCode, out, err } = await place.run(line, { env: environment(running.url) });
    expect(out).toMatch(/done +invite ben@acme\.com/);
    expect(err).toMatch(/^error: Cannot write .*ledger\/base\.json/m);
    expect(exitCode).toBe(1);
    restore();
    await finished();
  });

  it.each([
    ["people", "/scim/1/Users", "scim"],
    ["groups", "/scim/1/Groups", "scim"],
  ])("the list of %s is short: 5, and nothing is written", async (what, path, family) => {
    await fault({ match: { method: "GET", path }, times: 20, fault: { type: "short-page", drop: 1 } });
    for (const command of ["plan", "apply --yes", "drift", "snapshot --out x.snapshot"]) {
      const { exitCode, out, err } = await run(command);
      expect(out).toBe("");
      expect(err).toMatch(
        new RegExp(
          `^error: The list of ${what} \\(${family}\\) was not whole: .*Nothing was planned from it\\. Run again`,
        ),
      );
      expect(exitCode).toBe(5);
    }
    expect(writes()).toEqual([]);
    expect(place.files()).toEqual(["stack.json"]);
  });

  it("the list is short once only: it is read again", async () => {
    await fault({
      match: { method: "GET", path: "/scim/1/Users" },
      times: 1,
      fault: { type: "short-page", drop: 5 },
    });
    expect((await run("plan")).exitCode).toBe(0);
  });

  it("the reading after the writes is not whole: 5, and what was done is told and kept", async () => {
    let written = false;
    intercept(running.emulator, async (request, answer) => {
      if (request.method !== "GET" && request.url.includes("role-assignments") && !written) {
        written = true;
        await fault({
          match: { method: "GET", path: "/scim/1/Users" },
          times: 20,
          fault: { type: "short-page", drop: 1 },
        });
      }
      return answer(request);
    });
    const { exitCode, out } = await run("apply --yes");
    expect(written).toBe(true);
    expect(out).toMatch(/done +agency-nova: Member → Manager/);
    expect(exitCode).toBe(5);
    await fetch(`${running.url}/_emulator/faults`, { method: "DELETE" });
    expect((await run("drift")).exitCode).toBe(0);
  });
});
