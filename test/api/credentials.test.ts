import { inspect } from "node:util";

import { type Environment, readCredentials, type Selection } from "../../src/api/credentials";

const us: Selection = { orgId: 36958, region: "us" };
const scim = { AMPLITUDE_SCIM_KEY: "scim-key" };
const pair = { AMPLITUDE_ORG_API_KEY: "api-key", AMPLITUDE_ORG_SECRET_KEY: "secret-key" };

function accessOf(env: Environment, selection: Selection = us) {
  const result = readCredentials(env, selection);
  if ("problems" in result) throw new Error(result.problems.join("\n"));
  return result.access;
}

function problemsOf(env: Environment, selection: Partial<Selection> = {}): readonly string[] {
  const result = readCredentials(env, { ...us, ...selection });
  return "problems" in result ? result.problems : [];
}

describe("which credential opens which family", () => {
  it.each([
    [scim, ["scim"]],
    [pair, ["user-management", "audit-log"]],
    [{ AMPLITUDE_TOKEN: "token" }, ["developer"]],
    [{ ...scim, ...pair, AMPLITUDE_TOKEN: "token" }, ["scim", "user-management", "audit-log", "developer"]],
    [{ ...scim, AMPLITUDE_TOKEN: " " }, ["scim"]],
    [{ ...pair, AMPLITUDE_BASE_URL: "http://localhost:4000" }, ["user-management", "audit-log"]],
    [{ ...pair, AMPLITUDE_MANAGEMENT_URL: " " }, ["user-management", "audit-log"]],
    [
      { ...pair, AMPLITUDE_MANAGEMENT_URL: "http://localhost:4000" },
      ["user-management", "audit-log", "management"],
    ],
    [{ ...scim, AMPLITUDE_MANAGEMENT_URL: "http://localhost:4000" }, ["scim"]],
  ])("%j", (env, families) => {
    expect([...accessOf(env).families]).toEqual(families);
  });

  it("reads a named set only from that name's variables", () => {
    const env = {
      ...scim,
      AMPLITUDE_ACME_ORG_API_KEY: "a",
      AMPLITUDE_ACME_ORG_SECRET_KEY: "s",
      AMPLITUDE_ACME_BASE_URL: "http://localhost:4000",
    };
    const access = accessOf(env, { ...us, credentials: "ACME" });
    expect([...access.families]).toEqual(["user-management", "audit-log"]);
    expect(access.hosts.scim).toBe("http://localhost:4000");
    expect(access.variables.scim).toEqual(["AMPLITUDE_ACME_SCIM_KEY"]);
  });

  it("takes the management URL, too, from that name's variables only", () => {
    const named = {
      AMPLITUDE_ACME_ORG_API_KEY: "a",
      AMPLITUDE_ACME_ORG_SECRET_KEY: "s",
      AMPLITUDE_ACME_MANAGEMENT_URL: "http://localhost:4001/",
    };
    const acme = accessOf(named, { ...us, credentials: "ACME" });
    expect(acme.hosts.management).toBe("http://localhost:4001");
    expect(acme.families.has("management")).toBe(true);
    const { AMPLITUDE_ACME_MANAGEMENT_URL: url, ...keys } = named;
    const other = accessOf({ ...keys, AMPLITUDE_MANAGEMENT_URL: url }, { ...us, credentials: "ACME" });
    expect(other.families.has("management")).toBe(false);
    expect(other.missing.management).toEqual(["AMPLITUDE_ACME_MANAGEMENT_URL"]);
  });

  it("takes off the line end that a paste leaves", () => {
    expect(accessOf({ AMPLITUDE_SCIM_KEY: "scim-key\n" }).values.scimKey?.reveal()).toBe("scim-key");
  });

  it("shows names of variables, never values, however it is printed", () => {
    const access = accessOf({ ...scim, ...pair, AMPLITUDE_TOKEN: "token-value" });
    for (const shown of [
      inspect(access, { depth: 9, showHidden: true }),
      JSON.stringify(access),
      String(access.values.token),
    ]) {
      expect(shown).not.toMatch(/scim-key|api-key|secret-key|token-value/);
      expect(shown).toContain("AMPLITUDE_TOKEN");
    }
  });
});

describe("which hosts credentials are sent to", () => {
  it.each([
    ["us", "scim", "https://core.amplitude.com"],
    ["us", "user-management", "https://core.amplitude.com"],
    ["us", "audit-log", "https://amplitude.com"],
    ["us", "developer", "https://developer-api.amplitude.com"],
    ["eu", "scim", "https://core.eu.amplitude.com"],
    ["eu", "user-management", "https://core.eu.amplitude.com"],
    ["eu", "audit-log", "https://analytics.eu.amplitude.com"],
    ["eu", "developer", "https://developer-api.eu.amplitude.com"],
  ] as const)("%s, %s: %s", (region, family, host) => {
    expect(accessOf(scim, { ...us, region }).hosts[family]).toBe(host);
  });

  it.each([
    ["http://localhost:8080", "http://localhost:8080"],
    ["http://127.0.0.1:8080/", "http://127.0.0.1:8080"],
    ["http://[::1]:8080", "http://[::1]:8080"],
    ["https://proxy.acme.com/amplitude/", "https://proxy.acme.com/amplitude"],
  ])("every family to %s", (url, base) => {
    const { hosts } = accessOf({
      ...scim,
      AMPLITUDE_BASE_URL: url,
      AMPLITUDE_ALLOWED_HOSTS: "other.acme.com, Proxy.acme.com",
    });
    expect(new Set(Object.values(hosts))).toEqual(new Set([base]));
  });

  it("only the management family to its own URL, and without one nowhere, base URL or not", () => {
    const base = { ...pair, AMPLITUDE_BASE_URL: "http://localhost:8080" };
    expect(accessOf(base).hosts.management).toBeUndefined();
    expect(accessOf(pair).hosts.management).toBeUndefined();
    const { hosts } = accessOf({ ...base, AMPLITUDE_MANAGEMENT_URL: "http://127.0.0.1:9/m/" });
    expect(hosts).toMatchObject({
      management: "http://127.0.0.1:9/m",
      "user-management": "http://localhost:8080",
    });
    expect(
      accessOf({ ...pair, AMPLITUDE_MANAGEMENT_URL: "http://localhost:9" }).hosts["user-management"],
    ).toBe("https://core.amplitude.com");
  });

  const refusedHosts: [string, string, string][] = [
    ["another host", "https://evil.example", "add it to AMPLITUDE_ALLOWED_HOSTS"],
    [
      "a host that only begins like Amplitude's",
      "https://core.amplitude.com.evil.example",
      "add it to AMPLITUDE_ALLOWED_HOSTS",
    ],
    [
      "a host that only ends like an allowed one",
      "https://evilproxy.acme.com",
      "add it to AMPLITUDE_ALLOWED_HOSTS",
    ],
    [
      "a host that only looks like loopback",
      "https://127.0.0.1.evil.example",
      "add it to AMPLITUDE_ALLOWED_HOSTS",
    ],
    ["plain http", "http://proxy.acme.com", "only https"],
    ["plain http to Amplitude", "http://core.amplitude.com", "only https"],
    ["another scheme", "file:///etc/passwd", "only https"],
    [
      "the other region's host",
      "https://core.eu.amplitude.com",
      "a host of the region eu, but the stack says us",
    ],
    ["a password in the URL", "https://user:pass@proxy.acme.com", "no user"],
    ["no URL", "proxy.acme.com", "is not a URL"],
  ];

  it.each(refusedHosts)("refuses %s", (_, url, problem) => {
    expect(
      problemsOf({ ...scim, AMPLITUDE_BASE_URL: url, AMPLITUDE_ALLOWED_HOSTS: "proxy.acme.com" }),
    ).toEqual([expect.stringContaining(problem)]);
  });

  it.each(refusedHosts)("refuses %s for the management family, and names the variable", (_, url, problem) => {
    for (const credential of [pair, scim]) {
      const problems = problemsOf({
        ...credential,
        AMPLITUDE_MANAGEMENT_URL: url,
        AMPLITUDE_ALLOWED_HOSTS: "proxy.acme.com",
      });
      expect(problems).toEqual([expect.stringContaining(problem)]);
      expect(problems[0]).toContain("AMPLITUDE_MANAGEMENT_URL");
    }
  });

  it("keeps the emulator's clock from hosts where waiting must be real", () => {
    const env = {
      ...pair,
      AMPLITUDE_EMULATOR_CLOCK: "1",
      AMPLITUDE_BASE_URL: "http://127.0.0.1:9",
      AMPLITUDE_ALLOWED_HOSTS: "management.acme.com",
    };
    expect(problemsOf({ ...env, AMPLITUDE_MANAGEMENT_URL: "https://management.acme.com" })).toEqual([
      expect.stringContaining("AMPLITUDE_MANAGEMENT_URL is not on loopback"),
    ]);
    expect(problemsOf({ ...env, AMPLITUDE_MANAGEMENT_URL: "http://127.0.0.1:9" })).toEqual([]);
  });

  it.each([
    [{ AMPLITUDE_BASE_URL: "http://127.0.0.1:9" }, "http://127.0.0.1:9"],
    [{}, undefined],
  ])("hands the clock over to an emulator on loopback only: %j", (env, clock) => {
    const result = readCredentials({ ...scim, ...env, AMPLITUDE_EMULATOR_CLOCK: "1" }, us);
    if (clock === undefined)
      expect(result).toEqual({ problems: [expect.stringContaining("not on loopback")] });
    else expect(result).toMatchObject({ access: { emulatorClock: clock } });
  });
});

describe("what stops the run", () => {
  it.each<[string, Environment, Partial<Selection>, string]>([
    [
      "no credential",
      {},
      {},
      "Set AMPLITUDE_SCIM_KEY (people and groups), AMPLITUDE_ORG_API_KEY with AMPLITUDE_ORG_SECRET_KEY",
    ],
    ["no credential of that name", scim, { credentials: "ACME" }, "Set AMPLITUDE_ACME_SCIM_KEY"],
    ["a pair without its secret", { AMPLITUDE_ORG_API_KEY: "a" }, {}, "AMPLITUDE_ORG_SECRET_KEY is not set"],
    [
      "a pair without its key",
      { ...scim, AMPLITUDE_ORG_SECRET_KEY: "s" },
      {},
      "AMPLITUDE_ORG_API_KEY is not set",
    ],
    ["a pair in one variable", { ...pair, AMPLITUDE_ORG_API_KEY: "a:s" }, {}, "holds a colon"],
    [
      "a key with a line break inside",
      { AMPLITUDE_SCIM_KEY: "one\ntwo" },
      {},
      "AMPLITUDE_SCIM_KEY holds characters that no key has",
    ],
    [
      "another organization",
      { ...scim, AMPLITUDE_ORG_ID: "1" },
      {},
      "AMPLITUDE_ORG_ID is 1, but the stack says org_id = 36958",
    ],
    [
      "another region",
      { ...scim, AMPLITUDE_REGION: "eu" },
      {},
      "AMPLITUDE_REGION is eu, but the stack says region = us",
    ],
    [
      "another organization under that name",
      { AMPLITUDE_ACME_SCIM_KEY: "k", AMPLITUDE_ACME_ORG_ID: "1" },
      { credentials: "ACME" },
      "AMPLITUDE_ACME_ORG_ID is 1",
    ],
    ["an organization that is no number", scim, { orgId: "acme" }, 'org_id is "acme"'],
    ["a name that is no name", scim, { credentials: "acme/../x" }, "is not a name"],
    [
      "a name that is not listed",
      { AMPLITUDE_EVIL_SCIM_KEY: "k", AMPLITUDE_CREDENTIALS: "ACME,NOVA" },
      { credentials: "EVIL" },
      "is not listed in AMPLITUDE_CREDENTIALS",
    ],
  ])("%s", (_, env, selection, problem) => {
    expect(problemsOf(env, selection)).toEqual([expect.stringContaining(problem)]);
  });

  it("nothing, where the environment agrees with the stack", () => {
    const env = {
      AMPLITUDE_ACME_SCIM_KEY: "k",
      AMPLITUDE_ACME_ORG_ID: "36958",
      AMPLITUDE_ACME_REGION: "us",
      AMPLITUDE_CREDENTIALS: "NOVA, ACME",
    };
    expect(problemsOf(env, { credentials: "ACME" })).toEqual([]);
  });

  it("names every problem at once", () => {
    expect(
      problemsOf({
        AMPLITUDE_ORG_API_KEY: "a",
        AMPLITUDE_ORG_ID: "1",
        AMPLITUDE_BASE_URL: "http://evil.example",
      }),
    ).toHaveLength(3);
  });
});
