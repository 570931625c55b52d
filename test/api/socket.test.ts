import { connect, type ConnectOptions } from "../../src/api/connect";
import { ensure } from "../../src/api/ensure";
import { exampleSeed, type RunningEmulator, type Seed, startEmulator } from "../../src/emulator";
import { failureOf } from "./connected";

const seed: Seed = { ...exampleSeed, clock: "2026-11-23T09:00:00Z" };

let running: RunningEmulator;

const begin = async (changed: Partial<Seed> = {}): Promise<void> => {
  running = await startEmulator({ seed: { ...seed, ...changed } });
};

afterEach(() => running.close());

const client = (env: Record<string, string> = {}, options: Partial<ConnectOptions> = {}) =>
  connect({
    orgId: 36958,
    region: "us",
    env: {
      AMPLITUDE_SCIM_KEY: "scim-us-acme",
      AMPLITUDE_ORG_API_KEY: "org-us-acme",
      AMPLITUDE_ORG_SECRET_KEY: "secret-us-acme",
      AMPLITUDE_TOKEN: "token-us-acme",
      AMPLITUDE_BASE_URL: running.url,
      AMPLITUDE_EMULATOR_CLOCK: "1",
      ...env,
    },
    timeoutMs: 2000,
    ...options,
  });

const control = (path: string, body: unknown, method = "POST"): Promise<Response> =>
  fetch(`${running.url}/_emulator/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const statuses = (): number[] => running.emulator.requests.map(({ status }) => status);

describe("against the emulator, over a socket", () => {
  it("reads the whole organization", async () => {
    await begin();
    const api = client();
    const [people, groups, roles, assignments, groupIds, projects] = await Promise.all([
      api.people(),
      api.groups(),
      api.roles(),
      api.assignments(),
      api.listedGroups(),
      api.projects(),
    ]);
    expect(people.items).toHaveLength(6);
    expect(people.items).toContainEqual({ email: "nils@acme.com" });
    expect(groups.items.map(({ name }) => name).sort()).toEqual(["agency-nova", "amp-analysts"]);
    expect(groupIds.items.map(({ id }) => id).sort()).toEqual(groups.items.map(({ id }) => id).sort());
    expect(roles.items.map(({ name, custom }) => [name, custom])).toContainEqual(["Viewer", false]);
    expect(assignments.items).toHaveLength(5);
    expect(projects.items).toContainEqual({ id: "288501", name: "Client Production" });
    expect(people.proof).toMatchObject({ rows: 6, total: 6, startedAt: "2026-11-23T09:00:00.000Z" });
  });

  it("brings somebody from an invitation to access and back, and the audit log tells that it was us", async () => {
    await begin({ switches: { "audit-log-documented-only": false } });
    const api = client();
    const viewer = (await api.roles()).items.find(({ name }) => name === "Viewer")!;
    const member = (await api.roles()).items.find(({ name }) => name === "Member")!;

    await api.invite({ email: "eva@nova.agency", givenName: "Eva", familyName: "Ek" });
    const group = await api.createGroup("agency-nova-readers", ["eva@nova.agency"]);
    const assignment = await api.createAssignment(
      { principalType: "group", principal: group.id, projectId: "288502" },
      viewer.id,
    );
    await api.updateAssignment(assignment.id, member.id);
    await api.addMembers(group.id, ["leo@nova.agency"]);
    await api.renameGroup(group.id, "agency-nova-writers");
    expect(await api.group(group.id)).toEqual({
      id: group.id,
      name: "agency-nova-writers",
      members: ["eva@nova.agency", "leo@nova.agency"],
    });
    expect(await api.assignment(assignment.id)).toEqual({ ...assignment, roleId: member.id });
    expect((await api.effectiveAccess("288502")).items).toContainEqual({
      principalType: "group",
      principal: group.id,
      projectId: "288502",
      roleId: member.id,
      roleName: "Member",
    });

    await api.removeMembers(group.id, ["leo@nova.agency"]);
    await api.deleteAssignment(assignment.id);
    await api.deleteGroup(group.id);
    await api.removePerson("EVA@nova.agency");
    await Promise.all([
      api.deleteAssignment(assignment.id),
      api.deleteGroup(group.id),
      api.removePerson("eva@nova.agency"),
    ]);
    expect(await api.person("eva@nova.agency")).toBeUndefined();
    expect(await api.group(group.id)).toBeUndefined();

    const events = await api.events("2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z");
    const ours = events.items.filter(({ userAgent }) => userAgent?.startsWith("amplitude-access/"));
    expect(ours.length).toBeGreaterThanOrEqual(9);
  });

  it("stays within its share of the limit, so that Amplitude never says 429, and waiting costs no time", async () => {
    await begin();
    const waits: number[] = [];
    const api = client({}, { onWait: (seconds) => waits.push(seconds) });
    await Promise.all(Array.from({ length: 150 }, () => api.person("ana@nova.agency")));
    expect(statuses().filter((status) => status !== 200)).toEqual([]);
    expect(waits).toEqual([60, 60]);
  });

  it("waits as long as Amplitude asks when somebody else has used the limit up", async () => {
    await begin();
    await Promise.all(
      Array.from({ length: 100 }, () =>
        fetch(`${running.url}/scim/1/Users`, { headers: { authorization: "Bearer scim-us-acme" } }),
      ),
    );
    const reasons: string[] = [];
    const api = client({}, { onWait: (_, why) => reasons.push(why) });
    expect((await api.people()).items).toHaveLength(6);
    expect(statuses().slice(-2)).toEqual([429, 200]);
    expect(reasons).toEqual([expect.stringContaining("asks to wait (429)")]);
  });

  it.each([
    ["an answer that gets lost", { type: "reset", when: "after" }],
    ["a request that gets lost", { type: "reset", when: "before" }],
    ["a 500 after it was done", { type: "status", status: 500, when: "after" }],
    ["an answer that never comes", { type: "timeout", when: "after" }],
  ])("creates a group once, with %s", async (_, fault) => {
    await begin();
    const api = client({}, { timeoutMs: 200 });
    await control("faults", { match: { method: "POST", path: "/scim/1/Groups" }, fault });
    const byName = async () => (await api.groups()).items.find(({ name }) => name === "agency-south");
    const { value } = await ensure({
      create: () => api.createGroup("agency-south", []),
      lookUp: byName,
      equal: (found) => found.members.length === 0,
      update: (found) => Promise.resolve(found),
    });
    expect(value.name).toBe("agency-south");
    expect((await api.groups()).items.filter(({ name }) => name === "agency-south")).toHaveLength(1);
  });

  it("reads a list again whose page was short once, and refuses one that stays so", async () => {
    await begin();
    const api = client();
    const short = { match: { method: "GET", path: "/scim/1/Users" }, fault: { type: "short-page", drop: 6 } };
    await control("faults", short);
    expect((await api.people()).items).toHaveLength(6);
    await control("faults", { ...short, times: 2 });
    expect(await failureOf(api.people())).toMatchObject({
      name: "NotWhole",
      reason: "it ended after 0 of 6",
    });
  });

  it.each(["events", "data", "array"] as const)(
    "reads the audit log whole from the envelope %s",
    async (envelope) => {
      const audit = Array.from({ length: 250 }, (_, index) => ({
        timestamp: new Date(Date.parse("2026-11-01T00:00:00Z") + index * 3_600_000).toISOString(),
        domain: "auth",
        feature: "auth",
        action: "login",
        target: `p${index}@acme.com`,
        actor: `p${index}@acme.com`,
      }));
      await begin({ audit, switches: { "audit-log-envelope": envelope } });
      const events = await client().events("2026-10-01T00:00:00Z", "2026-11-23T00:00:00Z");
      expect(events.items.map(({ actor }) => actor)).toEqual(audit.map(({ actor }) => actor));
    },
  );

  it("reads every variant of what Amplitude leaves undocumented", async () => {
    await begin({
      switches: {
        "scim-group-ids": "string",
        "scim-group-list-members": false,
        "scim-groups-paging": false,
        "scim-post-group-status": 201,
        "scim-content-type": "application/scim+json",
        "scim-error-body": "empty",
        "user-management-create-status": 200,
        "user-management-pagination-extra": true,
        "user-management-limit-over-max": "400",
      },
    });
    const api = client();
    expect((await api.groups()).items.find(({ name }) => name === "agency-nova")?.members).toHaveLength(2);
    const group = await api.createGroup("agency-south", []);
    const viewer = (await api.roles()).items.find(({ name }) => name === "Viewer")!;
    await api.createAssignment(
      { principalType: "group", principal: group.id, projectId: "288501" },
      viewer.id,
    );
    expect((await api.assignments({ principal: group.id })).items).toHaveLength(1);
    expect(await api.person("nobody@acme.com")).toBeUndefined();
  });

  it("tells a key of the other region from one that is wrong", async () => {
    await begin();
    const failure = await failureOf(client({ AMPLITUDE_SCIM_KEY: "scim-eu-acme" }).people());
    expect(failure).toMatchObject({ status: 401, happened: "no" });
    expect(failure.message).toContain("EU region");
    expect(failure.message).toContain("AMPLITUDE_SCIM_KEY was not accepted");
    expect(failure.message).not.toContain("scim-eu-acme");
  });

  it("answers in-process, without a socket, alike", async () => {
    await begin();
    const api = client(
      { AMPLITUDE_BASE_URL: "http://localhost" },
      { fetch: (request) => running.emulator.fetch(request) },
    );
    expect((await api.people()).items).toEqual((await client().people()).items);
    await control("faults", { match: { method: "DELETE" }, fault: { type: "reset" }, times: 9 });
    expect(await failureOf(api.removePerson("ana@nova.agency"))).toMatchObject({
      happened: "maybe",
      said: "localhost ended the connection without a whole answer (ECONNRESET)",
    });
  });
});
