import { startEmulator, type RunningEmulator } from "../../src/emulator";
import { acmeSeed, at, credentials, environment, nova, stackFile } from "./acme";
import { Workplace, type Printed } from "./command-line";
import { intercept } from "./interception";

/** A log that has every act. */
const loggedSeed = { ...acmeSeed, switches: { "audit-log-documented-only": false } };
const names = ["ben", "eva", "ida", "max"];
const resource = {
  ...nova(["ana@nova.agency", "leo@nova.agency", "jo@nova.agency"], "Manager"),
  amplitude_user: Object.fromEntries(
    names.map((name) => [name, at(`acme/${name}/Resource`, { email: `${name}@acme.com` })]),
  ),
};

describe("others write while an apply runs", () => {
  let place: Workplace;
  let running: RunningEmulator;
  beforeEach(async () => {
    place = new Workplace();
    place.write("stack.json", stackFile({ resource }));
    running = await startEmulator({ seed: loggedSeed, clock: "virtual" });
  });
  afterEach(async () => {
    await running.close();
    place.remove();
  });

  const run = async (line: string): Promise<Printed> =>
    await place.run(`${line} --config stack.json`, { env: environment(running.url) });
  const control = async (route: string, body: object): Promise<void> => {
    const response = await fetch(`${running.url}/_emulator/${route}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(response.ok).toBe(true);
  };
  /** Does something once, right after the first request of that sort was answered. */
  function after(isIt: (request: Request) => boolean, act: () => Promise<void>): void {
    let done = false;
    intercept(running.emulator, async (request, answer) => {
      const response = await answer(request);
      if (!done && isIt(request)) {
        done = true;
        await act();
      }
      return response;
    });
  }
  const writesTo = (path: string): number =>
    running.emulator.requests.filter((request) => request.method !== "GET" && request.path.startsWith(path))
      .length;

  it("a person takes back what the run did: both sides are named, and it is not written again", async () => {
    after(
      ({ method, url }) => method === "PATCH" && url.includes("/scim/1/Groups/"),
      async () =>
        await control("ui", {
          actor: "priya@acme.com",
          change: { type: "remove_member", group: "agency-nova", email: "jo@nova.agency" },
        }),
    );
    const { exitCode, out } = await run("apply --yes --base base.json");
    expect(out).toMatch(
      /clash: this run did "agency-nova gains jo@nova\.agency[^"]*", and it is not so any more; priya@acme\.com changed it at 2026-11-23T09:00/,
    );
    expect(out).toContain("Nothing is written against it");
    expect(exitCode).toBe(4);
    expect(writesTo("/scim/1/Groups/")).toBe(1);
  });

  it("somebody who calls themselves by our client's name is named like anybody else", async () => {
    after(
      ({ method, url }) => method === "PATCH" && url.includes("/scim/1/Groups/"),
      async () => {
        const operation = { op: "remove", path: "members", value: [{ value: "jo@nova.agency" }] };
        const response = await fetch(`${running.url}/scim/1/Groups/632`, {
          method: "PATCH",
          headers: {
            authorization: `Bearer ${credentials.scimKey}`,
            "content-type": "application/json",
            "user-agent": "amplitude-access/0.1.0",
          },
          body: JSON.stringify({ Operations: [operation] }),
        });
        expect(response.ok).toBe(true);
      },
    );
    const { exitCode, out } = await run("apply --yes --base base.json");
    expect(out).toMatch(/gains jo@nova\.agency[^"]*", and it is not so any more; SCIM API changed it at/);
    expect(exitCode).toBe(4);
  });

  /** Does something once, right before the first request of that sort. */
  function before(isIt: (request: Request) => boolean, act: () => Promise<void>): void {
    let done = false;
    intercept(running.emulator, async (request, answer) => {
      if (!done && isIt(request)) {
        done = true;
        await act();
      }
      return await answer(request);
    });
  }
  const isGrant = ({ method, url }: Request): boolean => method !== "GET" && url.includes("role-assignments");
  const mayOn = (principal: string | number, project: number): string[] =>
    running.emulator
      .state()
      .assignments.filter((each) => each.principal === principal && each.project === project)
      .map(({ role }) => role);
  const miaOnProduction = {
    principal_type: "user",
    principal: "mia@acme.com",
    project_id: "288501",
    role: "Manager",
  };

  const withMia = {
    ...nova(),
    amplitude_project_role_assignment: {
      ...nova()["amplitude_project_role_assignment"],
      mia: at("acme/mia", miaOnProduction),
    },
  };

  it("a role is given where somebody has just given another: it is left as it is, and both are named", async () => {
    place.write("stack.json", stackFile({ resource: withMia }));
    before(
      isGrant,
      async () =>
        await control("ui", {
          actor: "tom@acme.com",
          change: { type: "grant", person: "mia@acme.com", project: "Client Production", role: "Viewer" },
        }),
    );
    const { exitCode, out } = await run("apply --yes --base base.json");
    expect(out).toMatch(
      /FAILED +mia@acme\.com gets Manager on Client Production\n.*there was no role when this was planned, and there is Viewer now/,
    );
    expect(out).toMatch(
      /clash: this run was to do "mia@acme\.com gets Manager on Client Production", there was no role when this was planned, and it met Viewer; tom@acme\.com changed it at/,
    );
    expect(exitCode).toBe(4);
    expect(mayOn("mia@acme.com", 288501)).toEqual(["Viewer"]);
    expect(writesTo("/user-management/1/project-role-assignments")).toBe(1);
    // Planned again it is a change that is shown, and approved as such.
    const again = await run("apply --yes --base base.json");
    expect(again.out).toContain("mia@acme.com: Viewer → Manager on Client Production");
    expect(again.exitCode).toBe(0);
  });

  it("the identity provider sets another role than the run: it is named, and not written against", async () => {
    await running.close();
    running = await startEmulator({
      clock: "virtual",
      seed: {
        ...loggedSeed,
        identityProvider: {
          name: "okta",
          groups: [
            {
              name: "amp-analysts",
              members: ["priya@acme.com", "mia@acme.com"],
              mapping: { projectRoles: { "Client Production": "Viewer" } },
            },
          ],
        },
      },
    });
    place.write("stack.json", stackFile({ resource: withMia }));
    after(isGrant, async () => await control("idp/sync", {}));
    const { exitCode, out } = await run("apply --yes --base base.json");
    expect(out).toMatch(
      /clash: this run did "mia@acme\.com gets Manager on Client Production", and it is not so any more; .*okta.* changed it at/i,
    );
    expect(exitCode).toBe(4);
    expect(mayOn("mia@acme.com", 288501)).toEqual(["Viewer"]);
    expect(writesTo("/user-management/1/project-role-assignments")).toBe(1);
  });

  it("a reading that is older than the last write is not taken for one", async () => {
    let [written, reads] = [false, 0];
    intercept(running.emulator, async (request, answer) => {
      if (request.url.includes("role-assignments")) {
        if (request.method !== "GET") written = true;
        else if (written) reads += 1;
      }
      return await answer(request);
    });
    await control("faults", {
      match: { method: "GET", path: "/**/project-role-assignments" },
      // The plan reads it too.
      skip: 1,
      times: 1,
      fault: { type: "stale-read", writes: 1 },
    });
    const { exitCode, out } = await run("apply --yes --base base.json");
    expect(out).toContain("Read again: as planned.");
    expect(exitCode).toBe(0);
    // Once old, once as it is.
    expect(reads).toBe(2);
  });

  it("two applies at once without a base in common: each ends 0 or 4, and nobody is invited twice", async () => {
    const ended = await Promise.all([run("apply --yes --base one.json"), run("apply --yes --base two.json")]);
    for (const { exitCode } of ended) expect([0, 4]).toContain(exitCode);
    const { people, groups, audit } = running.emulator.state();
    const invited = audit.filter(({ action }) => /invite/i.test(action)).map(({ target }) => target);
    expect(new Set(invited).size).toBe(invited.length);
    expect(people.map(({ email }) => email)).toEqual(
      expect.arrayContaining(names.map((name) => `${name}@acme.com`)),
    );
    expect(groups[0]?.members).toHaveLength(3);
    expect((await run("plan --detailed-exitcode --base one.json")).exitCode).toBe(0);
  });

  it("two applies at once on one base: one does it, the other writes nothing and ends 4", async () => {
    const ended = await Promise.all([
      run("apply --yes --base base.json"),
      run("apply --yes --base base.json"),
    ]);
    expect(ended.map(({ exitCode }) => exitCode).sort()).toEqual([0, 4]);
    expect(ended.find(({ exitCode }) => exitCode === 4)?.err).toMatch(
      /Another apply is running|changed by another run/,
    );
    expect((await run("plan --detailed-exitcode --base base.json")).exitCode).toBe(0);
  });
});
