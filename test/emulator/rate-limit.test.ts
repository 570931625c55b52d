import { at, client, type Client } from "./acme";

const users = "/scim/1/Users?itemsPerPage=1";
const roles = "/user-management/1/roles";

async function times(count: number, { send }: Client, path: string): Promise<Set<number>> {
  const statuses = new Set<number>();
  for (let index = 0; index < count; index += 1) statuses.add((await send("GET", path)).status);
  return statuses;
}

describe("SCIM's documented 100 requests a minute", () => {
  it("turns the 101st away, says for how long, and lets it in after that time", async () => {
    const acme = client();
    expect(await times(100, acme, users)).toEqual(new Set([200]));
    await acme.send("POST", "/_emulator/clock/advance", { seconds: 20 });
    const refused = await acme.send("GET", users);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("40");
    await acme.send("POST", "/_emulator/clock/advance", { seconds: 39 });
    expect((await acme.send("GET", users)).status).toBe(429);
    expect((await acme.send("POST", "/_emulator/clock/advance", { seconds: 1 })).body).toEqual({
      now: "2026-11-23T09:01:00.000Z",
    });
    expect(await times(100, acme, users)).toEqual(new Set([200]));
  });

  it("frees a sliding window one request at a time", async () => {
    const acme = client({ switches: { "rate-limit-window": "sliding", "scim-requests-per-minute": 2 } });
    await times(1, acme, users);
    await acme.send("POST", "/_emulator/clock/advance", { seconds: 30 });
    await times(1, acme, users);
    expect((await acme.send("GET", users)).headers.get("retry-after")).toBe("30");
    await acme.send("POST", "/_emulator/clock/advance", { seconds: 30 });
    expect((await acme.send("GET", users)).status).toBe(200);
    expect((await acme.send("GET", users)).headers.get("retry-after")).toBe("30");
  });

  it("can come without a Retry-After", async () => {
    const acme = client({
      switches: { "rate-limit-retry-after-header": false, "scim-requests-per-minute": 1 },
    });
    await times(1, acme, users);
    const refused = await acme.send("GET", users);
    expect(refused).toMatchObject({ status: 429, body: { status: "429" } });
    expect(refused.headers.has("retry-after")).toBe(false);
  });
});

describe("the other families", () => {
  it("count user-management on its own and say the wait in the body", async () => {
    const acme = client({ switches: { "user-management-requests-per-minute": 3 } });
    await times(100, acme, users);
    expect(await times(3, acme, roles)).toEqual(new Set([200]));
    expect((await acme.send("GET", roles)).body).toMatchObject({
      error_code: "rate_limited",
      retryable: true,
      retry_after_seconds: 60,
    });
  });

  it("let user-management share SCIM's limit where the switch says so", async () => {
    const acme = client({ switches: { "user-management-shares-scim-limit": true } });
    await times(60, acme, users);
    expect(await times(40, acme, roles)).toEqual(new Set([200]));
    expect((await acme.send("GET", roles)).status).toBe(429);
    expect((await acme.send("GET", users)).status).toBe(429);
  });

  it("leave the Developer API and the audit log unlimited until a switch limits them", async () => {
    const acme = client();
    expect(await times(150, acme, "/v1/projects")).toEqual(new Set([200]));
    await acme.switch({ "developer-requests-per-minute": 1, "audit-log-requests-per-minute": 1 });
    expect(
      [await acme.send("GET", "/v1/context"), await acme.send("GET", "/v1/context")].map(
        ({ status }) => status,
      ),
    ).toEqual([200, 429]);
    const body = { start_date: "2026-11-01T00:00:00Z", end_date: "2026-11-02T00:00:00Z" };
    const audit = async () => (await acme.send("POST", "/api/2/audit-logs/7", body)).status;
    expect([await audit(), await audit()]).toEqual([200, 429]);
  });

  it("does not count requests that carry no valid key", async () => {
    const acme = client({ switches: { "scim-requests-per-minute": 1 } });
    await acme.send("GET", users, undefined, { headers: { authorization: "Bearer wrong" } });
    expect((await acme.send("GET", users)).status).toBe(200);
  });
});

it("does not move a real clock", async () => {
  const { send } = client({}, { clock: "real" });
  const answer = await send("POST", "/_emulator/clock/advance", { seconds: 1 });
  expect(answer.status).toBe(409);
  expect(at(answer, "error")).toContain("--virtual-clock");
});
