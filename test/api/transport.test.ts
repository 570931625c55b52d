import type { WriteApi } from "../../src/api/api";
import { ApiFailure, FamilyUnavailable } from "../../src/api/failure";
import { version } from "../../src/api/version";
import packageJson from "../../package.json";
import { connected, failureOf, lost, scimList, scimUser, withManagement } from "./connected";

const ok = (): Response => new Response(null, { status: 204 });

describe("what every request carries", () => {
  it.each<[string, (api: WriteApi) => Promise<unknown>, string, string]>([
    ["scim", (api) => api.removePerson("a@b.c"), "core.amplitude.com", "Bearer scim-key-value"],
    [
      "user-management",
      (api) => api.deleteAssignment("x"),
      "core.amplitude.com",
      `Basic ${btoa("org-api-value:org-secret-value")}`,
    ],
    [
      "audit-log",
      (api) => api.events("2026-11-01", "2026-11-02"),
      "amplitude.com",
      `Basic ${btoa("org-api-value:org-secret-value")}`,
    ],
    ["developer", (api) => api.projects(), "developer-api.amplitude.com", "Bearer token-value"],
    [
      "management",
      (api) => api.members(),
      "management.acme.com",
      `Basic ${btoa("org-api-value:org-secret-value")}`,
    ],
  ])("%s: its own host and credential", async (_, call, host, authorization) => {
    const { api, received } = connected(() => ok(), { env: withManagement });
    await call(api).catch(() => undefined);
    expect(received[0]).toMatchObject({ host });
    expect(received[0]!.headers.get("authorization")).toBe(authorization);
    expect(received[0]!.headers.get("user-agent")).toBe(`amplitude-access/${packageJson.version}`);
  });

  it("marks a personal access token as one", async () => {
    const { api, received } = connected(() => ok(), { env: { AMPLITUDE_TOKEN: "amp_123" } });
    await api.projects().catch(() => undefined);
    expect(received[0]!.headers.get("authorization")).toBe("Bearer PAT=amp_123");
  });

  it("has the package's version", () => {
    expect(version).toBe(packageJson.version);
  });

  it("encodes what stands in a path, and refuses what a URL would resolve away", async () => {
    const { api, received } = connected(() => ok());
    await api.removePerson("o'hara+x/../y?z#@nova.agency");
    expect(received[0]!.path).toBe("/scim/1/Users/o'hara%2Bx%2F..%2Fy%3Fz%23%40nova.agency");
    await expect(api.deleteAssignment("..")).rejects.toThrow(RangeError);
    await expect(api.group("")).rejects.toThrow(RangeError);
    expect(received).toHaveLength(1);
  });
});

describe("what is sent again", () => {
  it("a read, after a reset, a 503 and a limit, in that order", async () => {
    const { api, received, slept, waits } = connected((_, n) => {
      if (n === 1) throw lost("ECONNRESET");
      if (n === 2) return new Response("down for a moment", { status: 503 });
      if (n === 3) return new Response(null, { status: 429, headers: { "Retry-After": "20" } });
      return scimList([scimUser("ana@nova.agency")], 1);
    });
    expect((await api.people()).items).toHaveLength(1);
    expect(slept).toEqual([500, 1000, 20_000]);
    expect(waits).toEqual([
      "1 s: core.amplitude.com ended the connection without a whole answer (ECONNRESET)",
      "1 s: core.amplitude.com answered 503: down for a moment",
      "20 s: core.amplitude.com asks to wait (429)",
    ]);
    expect([received.length, api.meter.requests]).toEqual([4, 4]);
  });

  it("an invitation, when Amplitude says that it is too early", async () => {
    const { api, received, slept } = connected((_, n) =>
      n === 1
        ? Response.json({ retry_after_seconds: 4 }, { status: 429 })
        : new Response(null, { status: 201 }),
    );
    await api.invite({ email: "ana@nova.agency" });
    expect(slept).toEqual([4000]);
    expect(received).toHaveLength(2);
  });

  it("everything else waits, too, while a host asks for silence", async () => {
    const { api, slept, now } = connected((_, n) =>
      n === 1 ? new Response(null, { status: 429, headers: { "Retry-After": "30" } }) : scimList([], 0),
    );
    const start = now();
    await Promise.all([api.people(), api.groups()]);
    expect(now() - start).toBe(30_000);
    expect(slept).toEqual([30_000]);
  });

  it.each<[string, () => Response]>([
    ["a 500", () => new Response("oops", { status: 500 })],
    [
      "a reset",
      () => {
        throw lost("ECONNRESET");
      },
    ],
  ])("never an invitation after %s: it may have happened", async (_, otherSide) => {
    const { api, received } = connected(otherSide);
    expect(await failureOf(api.invite({ email: "ana@nova.agency" }))).toMatchObject({ happened: "maybe" });
    expect(received).toHaveLength(1);
  });

  it("within one budget for all families of a host", async () => {
    const { api, now, waits } = connected(
      (request) =>
        request.path.startsWith("/scim")
          ? scimList([], 0)
          : Response.json({ data: [], pagination: { nextCursor: null } }),
      { idpShare: 0.9 },
    );
    const start = now();
    await Promise.all([
      ...Array.from({ length: 6 }, () => api.people()),
      ...Array.from({ length: 5 }, () => api.roles()),
    ]);
    expect(now() - start).toBe(60_000);
    expect(waits).toEqual([
      expect.stringContaining("60 s: core.amplitude.com: 10 requests a minute are ours"),
    ]);
  });
});

describe("whether a failed request happened", () => {
  const hangs = (request: { signal: AbortSignal }): Promise<Response> =>
    new Promise((_, reject) => request.signal.addEventListener("abort", () => reject(new Error("aborted"))));

  it.each<[string, Parameters<typeof connected>[0], string, Partial<ApiFailure>]>([
    ["refused", () => Response.json({ detail: "no" }, { status: 400 }), "no", { status: 400 }],
    [
      "never connected",
      () => {
        throw lost("ECONNREFUSED");
      },
      "no",
      { status: undefined, said: "core.amplitude.com could not be reached (ECONNREFUSED)" },
    ],
    [
      "with a certificate that is not trusted",
      () => {
        throw lost("DEPTH_ZERO_SELF_SIGNED_CERT");
      },
      "no",
      {},
    ],
    [
      "unanswered",
      hangs,
      "maybe",
      { status: undefined, said: "core.amplitude.com did not answer within 1 s" },
    ],
    [
      "redirected",
      () => new Response(null, { status: 303, headers: { Location: "https://elsewhere.example/" } }),
      "maybe",
      { status: 303 },
    ],
    [
      "answered with a page",
      () => new Response("<!doctype html><p>Hi", { status: 200 }),
      "maybe",
      { status: 200 },
    ],
  ])("%s", async (_, otherSide, happened, facts) => {
    const { api } = connected(otherSide, { timeoutMs: 20 });
    const failure = await failureOf(api.createGroup("agency-nova", []));
    expect(failure).toBeInstanceOf(ApiFailure);
    expect(failure).toMatchObject({ request: "POST /scim/1/Groups", family: "scim", happened, ...facts });
  });

  it("maybe, when an earlier attempt of the same write got lost and the last was refused", async () => {
    const { api } = connected((_, n) => {
      if (n === 1) throw lost("ECONNRESET");
      return new Response(null, { status: 400 });
    });
    expect(await failureOf(api.addMembers("632", ["ana@nova.agency"]))).toMatchObject({
      happened: "maybe",
      status: 400,
    });
  });

  it("no, for a read, whatever became of it", async () => {
    const { api, received } = connected(
      () => new Response("oops", { status: 502, headers: { "X-Request-Id": "req-7" } }),
    );
    expect(await failureOf(api.people())).toMatchObject({ happened: "no", status: 502, requestId: "req-7" });
    expect(received).toHaveLength(4);
  });
});

describe("a redirect", () => {
  it("is not followed: a credential could leave with it", async () => {
    const { api, received } = connected(() => Response.redirect("https://evil.example/scim/1/Users", 302));
    const failure = await failureOf(api.people());
    expect(failure.message).toContain("redirects to https://evil.example/scim/1/Users");
    expect(failure.message).toContain("Redirects are not followed");
    expect(received).toHaveLength(1);
  });
});

describe("an answer that nobody is there", () => {
  it.each<[string, (api: WriteApi) => Promise<unknown>]>([
    ["the list of people", (api) => api.people()],
    ["a rename", (api) => api.rename({ email: "ana@nova.agency", givenName: "Ana" })],
    ["a group that takes somebody in", (api) => api.addMembers("632", ["ana@nova.agency"])],
    ["an assignment that changes", (api) => api.updateAssignment("a", "r")],
  ])("is a failure where absence is no answer: %s", async (_, call) => {
    const { api } = connected(() => new Response(null, { status: 404 }));
    await expect(call(api)).rejects.toMatchObject({ status: 404, happened: "no" });
  });

  it.each([[401], [403], [500]])("is not a %d: that is doubt", async (status) => {
    const { api } = connected(() => new Response(null, { status }));
    await expect(api.person("ana@nova.agency")).rejects.toMatchObject({ status });
  });
});

describe("a family without a credential", () => {
  it.each<[string, (api: WriteApi) => Promise<unknown>, string[]]>([
    ["scim", (api) => api.people(), ["AMPLITUDE_ACME_SCIM_KEY"]],
    [
      "user-management",
      (api) => api.roles(),
      ["AMPLITUDE_ACME_ORG_API_KEY", "AMPLITUDE_ACME_ORG_SECRET_KEY"],
    ],
    [
      "audit-log",
      (api) => api.events("2026-11-01", "2026-11-02"),
      ["AMPLITUDE_ACME_ORG_API_KEY", "AMPLITUDE_ACME_ORG_SECRET_KEY"],
    ],
    ["developer", (api) => api.projects(), ["AMPLITUDE_ACME_TOKEN"]],
    [
      "management",
      (api) => api.members(),
      ["AMPLITUDE_ACME_MANAGEMENT_URL", "AMPLITUDE_ACME_ORG_API_KEY", "AMPLITUDE_ACME_ORG_SECRET_KEY"],
    ],
  ])("%s names its variables and sends nothing", async (family, call, missing) => {
    const env =
      family === "scim"
        ? { AMPLITUDE_ACME_TOKEN: "t" }
        : { AMPLITUDE_ACME_SCIM_KEY: "k", ...(family === "developer" ? {} : { AMPLITUDE_ACME_TOKEN: "t" }) };
    const { api, received } = connected(() => ok(), { credentials: "ACME", env });
    expect(api.families.has(family as never)).toBe(false);
    const failure = await failureOf(call(api));
    expect(failure).toBeInstanceOf(FamilyUnavailable);
    expect(failure).toMatchObject({ family, missing });
    expect(received).toEqual([]);
  });
});
