import { at, client, type Client } from "./acme";

const arm = (acme: Client, fault: object, match?: object, more?: object) =>
  acme.send("POST", "/_emulator/faults", { fault, ...(match === undefined ? {} : { match }), ...more });
const user = { userName: "x@acme.com" };
const count = (acme: Client) => acme.emulator.state().people.length;

describe("ordered faults", () => {
  it("answer a status with Retry-After to the next matching requests, then no more", async () => {
    const acme = client();
    await arm(
      acme,
      { type: "status", status: 503, retryAfter: 2 },
      { method: "GET", path: "/scim/1/Users/*" },
      { times: 2, skip: 1 },
    );
    const answers = [];
    for (let index = 0; index < 4; index += 1)
      answers.push(await acme.send("GET", "/scim/1/Users/tom%40acme.com"));
    expect(answers.map(({ status }) => status)).toEqual([200, 503, 503, 200]);
    expect(answers[1]?.headers.get("retry-after")).toBe("2");
    expect((await acme.send("GET", "/scim/1/Users")).status).toBe(200);
  });

  it.each([
    [{ type: "status", status: 500, when: "before" }, 3],
    [{ type: "status", status: 500, when: "after" }, 4],
  ])("%j leaves %i people", async (fault, people) => {
    const acme = client();
    await arm(acme, fault, { method: "POST" });
    expect((await acme.send("POST", "/scim/1/Users", user)).status).toBe(500);
    expect(count(acme)).toBe(people);
  });

  it.each([
    ["before", 3],
    ["after", 4],
  ])("reset the connection %s the commit, as fetch reports it", async (when, people) => {
    const acme = client();
    await arm(acme, { type: "reset", when });
    await expect(acme.send("POST", "/scim/1/Users", user)).rejects.toMatchObject({
      name: "TypeError",
      cause: { code: "ECONNRESET" },
    });
    expect(count(acme)).toBe(people);
    expect(acme.emulator.requests.at(-1)).toMatchObject({ method: "POST", status: 0 });
  });

  it.each([
    ["before", 3],
    ["after", 4],
  ])("never answer (%s the commit) until the client gives up", async (when, people) => {
    const acme = client();
    await arm(acme, { type: "timeout", when });
    const control = new AbortController();
    const pending = acme.send("POST", "/scim/1/Users", user, { signal: control.signal });
    setTimeout(() => control.abort(new Error("enough")), 20);
    await expect(pending).rejects.toThrow("enough");
    expect(count(acme)).toBe(people);
  });

  it("shorten a page and keep its total", async () => {
    const acme = client();
    await arm(acme, { type: "short-page", drop: 2 }, { path: "/scim/1/Users" });
    await acme.send("POST", "/scim/1/Users", user);
    const answer = await acme.send("GET", "/scim/1/Users");
    expect(answer.body).toMatchObject({ totalResults: 4, itemsPerPage: 100 });
    expect(at(answer, "Resources")).toHaveLength(2);
  });

  it("answer as of before the last writes", async () => {
    const acme = client();
    await acme.send("POST", "/scim/1/Users", { userName: "before@acme.com" });
    await arm(acme, { type: "stale-read", writes: 2 }, { path: "/scim/1/Users" }, { times: 2 });
    for (const name of ["a", "b", "c"])
      await acme.send("POST", "/scim/1/Users", { userName: `${name}@acme.com` });
    expect(at(await acme.send("GET", "/scim/1/Users"), "totalResults")).toBe(5);
    await acme.send("POST", "/_emulator/ui", {
      actor: "tom@acme.com",
      change: { type: "remove_person", email: "c@acme.com" },
    });
    expect(at(await acme.send("GET", "/scim/1/Users"), "totalResults")).toBe(6);
    expect(at(await acme.send("GET", "/scim/1/Users"), "totalResults")).toBe(6);
    expect(count(acme)).toBe(6);
  });

  it("take time on the emulator's clock", async () => {
    const acme = client();
    await arm(acme, { type: "latency", ms: 1500 });
    await acme.send("POST", "/scim/1/Users", user);
    expect(acme.emulator.state().clock).toBe("2026-11-23T09:00:01.500Z");
  });

  it("can be called off", async () => {
    const acme = client();
    await arm(acme, { type: "status", status: 500 });
    expect((await acme.send("DELETE", "/_emulator/faults")).status).toBe(204);
    expect((await acme.send("GET", "/scim/1/Users")).status).toBe(200);
  });

  it("wait their turn", async () => {
    const acme = client();
    await arm(acme, { type: "status", status: 500 });
    await arm(acme, { type: "status", status: 429 });
    const answers = [
      await acme.send("GET", "/v1/projects"),
      await acme.send("GET", "/v1/projects"),
      await acme.send("GET", "/v1/projects"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([500, 429, 200]);
  });

  it.each([[{ type: "explode" }], [{ type: "status", status: 200 }], [{ type: "latency" }]])(
    "are refused where they are none: %j",
    async (fault) => {
      expect(await arm(client(), fault)).toMatchObject({
        status: 400,
        body: { problems: [expect.stringMatching(/^fault/)] },
      });
    },
  );
});

it("logs requests in order, control routes aside", async () => {
  const acme = client();
  await acme.send("GET", "/scim/1/Users?itemsPerPage=1");
  await acme.send("GET", "/_emulator/switches");
  await acme.send("GET", "/user-management/1/roles");
  await acme.send("GET", "/elsewhere");
  const at = "2026-11-23T09:00:00.000Z";
  expect((await acme.send("GET", "/_emulator/requests")).body).toEqual([
    { method: "GET", path: "/scim/1/Users", status: 200, family: "scim", at },
    { method: "GET", path: "/user-management/1/roles", status: 200, family: "user-management", at },
    { method: "GET", path: "/elsewhere", status: 404, family: "unknown", at },
  ]);
  await acme.send("DELETE", "/_emulator/requests");
  expect(acme.emulator.requests).toEqual([]);
});
