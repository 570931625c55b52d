import { inspect } from "node:util";

import type { WriteApi } from "../../src/api/api";
import { connected, everyCredential, failureOf, lost, withManagement } from "./connected";

describe("secrets", () => {
  const values = [
    ...Object.values(everyCredential),
    btoa("org-api-value:org-secret-value"),
    btoa("scim-key-value"),
  ];
  const echoes = (request: { headers: Headers }): string =>
    `you sent ${request.headers.get("authorization") ?? ""} and ${values.join(" ")}`;

  it.each<[string, (api: WriteApi) => Promise<unknown>]>([
    ["scim", (api) => api.people()],
    ["user-management", (api) => api.roles()],
    ["audit-log", (api) => api.events("2026-11-01", "2026-11-02")],
    ["developer", (api) => api.projects()],
    ["management", (api) => api.members()],
    ["management, where a key is made", (api) => api.createApiKey({ type: "organization", label: "l" })],
  ])("are in no failure of %s, though the other side repeats them", async (_, call) => {
    for (const otherSide of [
      (request: { headers: Headers }) =>
        new Response(echoes(request), { status: 403, headers: { "x-request-id": values[0]! } }),
      (request: { headers: Headers }) =>
        Response.json({ error_code: "insufficient_permissions", detail: echoes(request) }, { status: 401 }),
      (request: { headers: Headers }) =>
        Response.json({ Resources: echoes(request), totalResults: 1, data: echoes(request) }),
      () => {
        throw lost("ECONNRESET");
      },
    ]) {
      const failure = await failureOf(call(connected(otherSide, { env: withManagement }).api));
      const shown = [
        failure.message,
        String(failure.stack),
        inspect(failure, { depth: 9, showHidden: true }),
        JSON.stringify(failure),
      ];
      for (const value of values) for (const text of shown) expect(text).not.toContain(value);
    }
  });

  it("are not in the connection, however it is printed", () => {
    const { api } = connected(() => new Response(null, { status: 204 }));
    const shown = inspect(api, { depth: 12, showHidden: true, getters: true }) + JSON.stringify(api);
    for (const value of values) expect(shown).not.toContain(value);
    expect(shown).toContain("people");
  });
});
