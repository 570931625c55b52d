import { patience } from "../../src/cli/patience";
import { startEmulator, type RunningEmulator } from "../../src/emulator";
import { acmeProvider, acmeSeed, at, environment, stackFile } from "./acme";
import { Workplace, type Printed } from "./command-line";
import { intercept } from "./interception";

const RUN = "--config stack.json --base base.json --evidence evidence";
const analysts = ["priya@acme.com", "mia@acme.com"];
const KIM = "kim@acme.com";

/** Kim has a role of her own on Production, and moves to the group that the identity provider feeds. */
const before = {
  amplitude_idp_group: {
    analysts: at("acme/analysts", { name: "amp-analysts", expected_members: analysts }),
  },
  amplitude_project_role_assignment: {
    kim: at("acme/kim", { principal_type: "user", principal: KIM, project_id: "288501", role: "Viewer" }),
  },
};
const after = {
  amplitude_idp_group: {
    analysts: at("acme/analysts", { name: "amp-analysts", expected_members: [...analysts, KIM] }),
  },
  amplitude_user: { ben: at("acme/ben", { email: "ben@acme.com" }) },
};

describe("an apply waits for the identity provider", () => {
  let place: Workplace;
  let running: RunningEmulator;
  /** What others do before that look at the groups, counted from the first of the waiting. */
  let events: Map<number, () => Promise<void>>;
  let waits: number;
  /** What was asked before it. */
  let first: number;
  beforeEach(async () => {
    place = new Workplace();
    running = await startEmulator({
      seed: { ...acmeSeed, people: [...(acmeSeed.people ?? []), { email: KIM }] },
      clock: "virtual",
    });
    place.write("stack.json", stackFile({ provider: acmeProvider, resource: before }));
    expect((await run("apply --yes")).exitCode).toBe(0);
    place.write("stack.json", stackFile({ provider: acmeProvider, resource: after }));
    events = new Map();
    waits = 0;
    first = running.emulator.requests.length;
    intercept(running.emulator, async (request, answer) => {
      const isWait =
        request.url.includes("/_emulator/clock/advance") && /\b15\b/.test(await request.clone().text());
      const response = await answer(request);
      if (isWait) await events.get(++waits)?.();
      return response;
    });
  });
  afterEach(async () => {
    await running.close();
    place.remove();
  });

  const run = async (line: string, stop?: { requested: boolean }): Promise<Printed> =>
    await place.run(`${line} ${RUN}`, {
      env: environment(running.url),
      ...(stop === undefined ? {} : { stop }),
    });
  const control = async (method: string, route: string, body: object): Promise<void> => {
    const init = { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    expect((await fetch(`${running.url}/_emulator/${route}`, init)).ok).toBe(true);
  };
  const idpDoesIt = async (): Promise<void> => {
    await control("PUT", "idp", {
      name: "okta",
      groups: [{ name: "amp-analysts", members: [...analysts, KIM] }],
    });
    await control("POST", "idp/sync", {});
  };
  const tomRaisesKim = async (): Promise<void> =>
    await control("POST", "ui", {
      actor: "tom@acme.com",
      change: { type: "grant", person: KIM, project: "Client Production", role: "Admin" },
    });
  const writes = (): string[] =>
    running.emulator.requests
      .slice(first)
      .filter(({ method, family }) => method !== "GET" && family !== "audit-log")
      .map(({ method, path }) => `${method} ${path.replace(/assignments\/.*/, "assignments/ID")}`);
  const kims = (): string[] =>
    running.emulator
      .state()
      .assignments.filter(({ principal }) => principal === KIM)
      .map(({ role }) => role);
  const waitingFor = "amp-analysts gains kim@acme\\.com";
  const invite = "POST /scim/1/Users";
  const revoke = "DELETE /user-management/1/project-role-assignments/ID";

  it("that was early: there is nothing to wait for", async () => {
    await idpDoesIt();
    const { exitCode, err } = await run("apply --yes --wait 10m");
    expect(err).not.toContain("Waiting");
    expect([exitCode, waits]).toEqual([0, 0]);
    expect(writes().sort()).toEqual([revoke, invite].sort());
  });

  it("that is late: what is safe is done meanwhile, the rest as soon as it is there", async () => {
    let done: string[] = [];
    events.set(7, async () => {
      done = writes();
      await idpDoesIt();
    });
    const { exitCode, out, err } = await run("apply --yes --wait 10m");
    expect(done).toEqual([invite]);
    expect(
      err.match(new RegExp(`^Waiting for the identity provider, \\d+ min at most: ${waitingFor}\\.$`, "gm")),
    ).toEqual(
      [10, 9].map(
        (left) => `Waiting for the identity provider, ${left} min at most: amp-analysts gains ${KIM}.`,
      ),
    );
    expect(out).toContain("Read again: as planned.");
    expect([exitCode, waits]).toEqual([0, 7]);
    expect(writes()).toEqual([invite, revoke]);
    expect(kims()).toEqual([]);
  });

  it("that never does it: the bound passes, 7, and --resume goes on under the same approval", async () => {
    const { exitCode, out } = await run("apply --yes --wait 2m");
    expect(out).toMatch(new RegExp(`waiting +${waitingFor}`));
    expect(out).toMatch(/waiting +kim@acme\.com loses Viewer on Client Production/);
    // Every quarter of a minute.
    expect([exitCode, waits]).toEqual([7, 8]);
    expect(kims()).toEqual(["Viewer"]);
    expect((await run("apply --resume")).exitCode).toBe(7);
    await idpDoesIt();
    const resumed = await run("apply --resume");
    expect(resumed.out).toContain("Read again: as planned.");
    expect(resumed.exitCode).toBe(0);
    expect(writes()).toEqual([invite, revoke]);
    expect(kims()).toEqual([]);
  });

  it("and meanwhile somebody changes what the rest is about: that is not done, 4, with who it was", async () => {
    events.set(2, tomRaisesKim);
    events.set(4, idpDoesIt);
    const { exitCode, out } = await run("apply --yes --wait 10m");
    expect(out).toMatch(
      /not run +kim@acme\.com loses Viewer on Client Production\n +the organization has changed/,
    );
    expect(out).toMatch(
      /clash: "kim@acme\.com loses Admin on Client Production" .*; tom@acme\.com changed it at/,
    );
    expect(exitCode).toBe(4);
    expect(writes()).toEqual([invite]);
    expect(kims()).toEqual(["Admin"]);
  });

  it("and meanwhile somebody takes away what the rest relies on: nobody loses what the plan let them keep, 4", async () => {
    events.set(2, async () => {
      const change = { type: "revoke", group: "amp-analysts", project: "Client Production" };
      await control("POST", "ui", { actor: "tom@acme.com", change });
    });
    events.set(4, idpDoesIt);
    const { exitCode, out } = await run("apply --yes --wait 10m");
    expect(out).toMatch(
      /not run +kim@acme\.com loses Viewer on Client Production\n +kim@acme\.com would lose .* on Client Production now, which nobody was shown/,
    );
    expect([exitCode, writes(), kims()]).toEqual([4, [invite], ["Viewer"]]);
  });

  it("and between two runs somebody changes what the rest is about: --resume does not do it, 4", async () => {
    expect((await run("apply --yes")).exitCode).toBe(7);
    await tomRaisesKim();
    await idpDoesIt();
    const { exitCode, out } = await run("apply --resume");
    expect(out).toMatch(
      /not run +kim@acme\.com loses Admin on Client Production\n +nobody approved this step/,
    );
    expect(exitCode).toBe(4);
    expect(kims()).toEqual(["Admin"]);
  });

  it("and is stopped meanwhile: it ends at once, and the next run goes on", async () => {
    const stop = { requested: false };
    events.set(3, () => {
      stop.requested = true;
      return Promise.resolve();
    });
    const { exitCode, out } = await run("apply --yes --wait 10m", stop);
    expect(out).toMatch(new RegExp(`waiting +${waitingFor}`));
    expect([exitCode, waits]).toEqual([1, 3]);
    expect(writes()).toEqual([invite]);
    expect(place.files().filter((name) => /journal|lock/.test(name))).toEqual([]);
    await idpDoesIt();
    expect((await run("apply --yes")).exitCode).toBe(0);
    expect(kims()).toEqual([]);
  });
});

it.each([
  ["is set back by an hour", -3_600_000, 8],
  ["jumps past the bound", 3_600_000, 1],
])("a clock that %s while it is waited for: nobody waits longer than was said", async (_, jump, looks) => {
  let [now, looked] = [Date.parse("2026-11-23T09:00:00Z"), 0];
  const api = {
    now: () => now,
    sleep: (ms: number) => Promise.resolve(void (now += ms + (now % 60_000 === 0 ? jump : 0))),
    groups: () => Promise.resolve({ items: [], proof: {} as never, looked: ++looked }),
    members: () => Promise.resolve({ items: [], proof: {} as never }),
  };
  const lookAgain = patience(api, 120_000, { note: () => undefined }, () => false);
  while ((await lookAgain([])) !== undefined);
  expect(looked).toBe(looks);
});
