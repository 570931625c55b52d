import { at, client } from "./acme";
import { codes, org, served } from "./managed";

describe("an Amplitude without management routes, as the real one is", () => {
  it.each([
    ["GET", org],
    ["POST", `${org}/members`],
    ["DELETE", `${org}/members/tom%40acme.com`],
    ["GET", "/api/2/projects"],
    ["POST", "/api/2/projects/501/members"],
    ["GET", `${org}/nonsense`],
    ["GET", "/api/2/organizations"],
  ])(
    "answers %s %s with a page for people, whatever the credential, and does nothing",
    async (method, path) => {
      const acme = client();
      const before = acme.emulator.state();
      for (const authorization of ["", "Basic wrong"]) {
        const answer = await acme.send(method, path, undefined, { headers: { authorization } });
        expect(answer.status).toBe(404);
        expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
      }
      expect(acme.emulator.state()).toEqual(before);
      expect(acme.emulator.requests.map(({ family }) => family)).toEqual(["management", "management"]);
    },
  );

  it("keeps that page whole under a fault that shortens lists", async () => {
    const acme = client();
    await acme.send("POST", "/_emulator/faults", { fault: { type: "short-page" } });
    expect((await acme.send("GET", org)).status).toBe(404);
  });
});

describe("who may ask, and how often", () => {
  it("takes the organization's pair of keys, as user-management does", async () => {
    const { send } = served();
    const wrong = { headers: { authorization: "Bearer token-us-7" } };
    expect(codes(await send("GET", org, undefined, wrong))).toEqual({
      status: 401,
      code: "authentication_required",
    });
    const eu = { headers: { authorization: `Basic ${btoa("org-eu-7:secret-eu-7")}` } };
    expect(at(await send("GET", "/api/2/projects", undefined, eu), "detail")).toContain("EU region");
  });

  it.each(["/api/2/organizations/8", "/api/2/organizations/8/members", "/api/2/organizations/x/api-keys"])(
    "refuses %s: the keys are not of that organization",
    async (path) => {
      expect(codes(await served().send("GET", path))).toEqual({
        status: 403,
        code: "insufficient_permissions",
      });
    },
  );

  it("counts both halves of the family together and apart from the others", async () => {
    const { send } = served({ switches: { "management-requests-per-minute": 2 } });
    expect((await send("GET", org)).status).toBe(200);
    expect((await send("GET", "/api/2/projects")).status).toBe(200);
    const refused = await send("GET", `${org}/members`);
    expect(refused.headers.get("retry-after")).toBe("60");
    expect(refused.body).toMatchObject({
      status: 429,
      error_code: "rate_limited",
      retryable: true,
      retry_after_seconds: 60,
    });
    expect((await send("GET", "/user-management/1/roles")).status).toBe(200);
    await send("POST", "/_emulator/clock/advance", { seconds: 60 });
    expect((await send("GET", org)).status).toBe(200);
  });

  it("answers what it does not know with a problem", async () => {
    const { send } = served();
    for (const path of [`${org}/billing`, "/api/2/projects/501/charts", "/api/2/organizations"]) {
      expect(codes(await send("GET", path))).toEqual({ status: 404, code: "not_found" });
    }
  });
});

describe("lists", () => {
  it.each<[string, string]>([
    ["members", `${org}/members`],
    ["projects", "/api/2/projects?include_archived=true"],
    ["module grants", `${org}/module-grants`],
    ["API keys", `${org}/api-keys`],
  ])("of %s come in pages, each row once", async (_name, path) => {
    const { send } = served({
      modules: (["govern_consumer", "govern_data_manager", "experiment_admin"] as const).map((name) => ({
        principalType: "group",
        principal: "nova",
        project: 501,
        module: name,
      })),
      apiKeys: [1, 2, 3].map((n) => ({ id: `k${n}`, label: `${n}`, scope: "project", projectId: 501 })),
    });
    const whole = at(await send("GET", path), "data") as object[];
    expect(whole).toHaveLength(3);
    const sep = path.includes("?") ? "&" : "?";
    const first = await send("GET", `${path}${sep}limit=2`);
    const rest = await send("GET", `${path}${sep}limit=2&cursor=${String(at(first, "next_cursor"))}`);
    expect([...(at(first, "data") as object[]), ...(at(rest, "data") as object[])]).toEqual(whole);
    expect(at(rest, "next_cursor")).toBeNull();
  });

  it("lose no row when one of an earlier page goes", async () => {
    const keys = ["a", "b", "c"].map((id) => ({ id, label: id, scope: "secret" as const, projectId: 501 }));
    const { send } = served({ apiKeys: keys });
    const first = await send("GET", `${org}/api-keys?limit=2`);
    await send("DELETE", `${org}/api-keys/a`);
    const rest = await send("GET", `${org}/api-keys?limit=2&cursor=${String(at(first, "next_cursor"))}`);
    expect(at(rest, "data")).toMatchObject([{ id: "c" }]);
  });

  it("give 100 rows unless told otherwise", async () => {
    const people = Array.from({ length: 101 }, (_, index) => ({ email: `p${index}@acme.com` }));
    const { send } = served({ people, groups: [], assignments: [] });
    expect(at(await send("GET", `${org}/members`), "data")).toHaveLength(100);
    expect(at(await send("GET", `${org}/members?limit=200`), "data")).toHaveLength(101);
  });

  it.each(["limit=0", "limit=201", "limit=1.5", "limit=x", "cursor=abc"])("refuse %s", async (query) => {
    expect(codes(await served().send("GET", `${org}/members?${query}`))).toEqual({
      status: 400,
      code: "invalid_request",
    });
  });
});

it("shows modules and keys as of before the last write under a stale read", async () => {
  const { send } = served();
  await send("POST", "/_emulator/faults", {
    match: { path: `${org}/api-keys`, method: "GET" },
    fault: { type: "stale-read" },
  });
  await send("POST", `${org}/api-keys`, { type: "project", project_id: 501, label: "etl" });
  expect(at(await send("GET", `${org}/api-keys`), "data")).toEqual([]);
  expect(at(await send("GET", `${org}/api-keys`), "data")).toHaveLength(1);
});
