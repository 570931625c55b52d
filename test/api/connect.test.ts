import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

import { connect } from "../../src/api/connect";
import { CredentialsRefused } from "../../src/api/failure";
import { connected, everyCredential, failureOf, scimList, scimUser } from "./connected";

/** A server on a socket of this machine, for as long as `use` runs. */
async function served(answer: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

const at = (url: string, rest: Record<string, string> = {}) =>
  connect({
    orgId: 36958,
    region: "us",
    env: { ...everyCredential, AMPLITUDE_BASE_URL: url, ...rest },
    sleep: () => Promise.resolve(),
    timeoutMs: 300,
  });

describe("connecting", () => {
  it("refuses credentials with every reason at once", async () => {
    const refused = await failureOf(
      Promise.resolve().then(() =>
        connect({ orgId: "acme", region: "us", env: { AMPLITUDE_ORG_API_KEY: "a" } }),
      ),
    );
    expect(refused).toBeInstanceOf(CredentialsRefused);
    expect(refused).toMatchObject({
      problems: [
        expect.stringContaining('org_id is "acme"') as unknown,
        expect.stringContaining("AMPLITUDE_ORG_SECRET_KEY is not set") as unknown,
      ],
    });
  });

  it.each([[1], [-0.1], [Number.NaN]])("refuses an identity provider's share of %d", (idpShare) => {
    expect(() => connect({ orgId: 1, region: "us", env: everyCredential, idpShare })).toThrow(RangeError);
  });

  it("sends nothing by itself", () => {
    expect(connected(() => scimList([], 0)).received).toEqual([]);
  });
});

describe("over a socket", () => {
  it("reads and writes", async () => {
    const seen: string[] = [];
    await served(
      (request, response) => {
        seen.push(`${request.method ?? ""} ${request.url ?? ""} ${request.headers.authorization ?? ""}`);
        if (request.method === "GET") {
          response.setHeader("content-type", "application/scim+json");
          response.end(JSON.stringify({ totalResults: 1, Resources: [scimUser("ana@nova.agency")] }));
        } else response.writeHead(204).end();
      },
      async (url) => {
        const api = at(url);
        expect((await api.people()).items).toHaveLength(1);
        await api.removePerson("ana@nova.agency");
      },
    );
    expect(seen).toEqual([
      "GET /scim/1/Users?startIndex=1&itemsPerPage=100 Bearer scim-key-value",
      "DELETE /scim/1/Users/ana%40nova.agency Bearer scim-key-value",
    ]);
  });

  it.each<[string, RequestListener, object]>([
    [
      "nobody answers",
      () => undefined,
      { happened: "maybe", said: expect.stringContaining("did not answer within 1 s") as unknown },
    ],
    [
      "the connection ends before the answer",
      (request) => request.socket.destroy(),
      {
        happened: "maybe",
        said: expect.stringContaining("ended the connection without a whole answer") as unknown,
      },
    ],
    [
      "the connection ends in the middle of the answer",
      (request, response) => {
        response.writeHead(200, { "content-length": "100" });
        response.write('{"id":', () => request.socket.destroy());
      },
      {
        happened: "maybe",
        said: expect.stringContaining("ended the connection without a whole answer") as unknown,
      },
    ],
    [
      "the answer is a redirect",
      (_, response) => response.writeHead(307, { location: "/elsewhere" }).end(),
      { happened: "maybe", status: 307 },
    ],
  ])("a write fails when %s", async (_, answer, failure) => {
    let requests = 0;
    await served(
      (request, response) => {
        requests++;
        answer(request, response);
      },
      async (url) => {
        await expect(at(url).createGroup("agency-nova", [])).rejects.toMatchObject(failure);
      },
    );
    expect(requests).toBe(1);
  });

  it("never goes through a proxy on loopback, where a credential has no business leaving the machine", async () => {
    const before = process.env["http_proxy"];
    process.env["http_proxy"] = "http://127.0.0.1:1";
    try {
      await served(
        (_, response) => response.writeHead(204).end(),
        (url) => at(url).deleteGroup("632"),
      );
    } finally {
      if (before === undefined) delete process.env["http_proxy"];
      else process.env["http_proxy"] = before;
    }
  });

  it("a write to nobody did not happen", async () => {
    let closed = "";
    await served(
      () => undefined,
      (url) => {
        closed = url;
        return Promise.resolve();
      },
    );
    await expect(at(closed).createGroup("agency-nova", [])).rejects.toMatchObject({
      happened: "no",
      said: expect.stringContaining("could not be reached (ECONNREFUSED)") as unknown,
    });
  });
});

describe("the emulator's clock", () => {
  it("is advanced instead of sleeping, and tells the time", async () => {
    let time = Date.parse("2026-11-23T09:00:00Z");
    const advanced: unknown[] = [];
    let limited = true;
    const { api, slept } = connected(
      ({ path, host, body }) => {
        if (path === "/_emulator/clock/advance") {
          advanced.push([host, body]);
          time += (body as { seconds: number }).seconds * 1000;
          return Response.json({ now: new Date(time).toISOString() });
        }
        if (limited) {
          limited = false;
          return new Response(null, { status: 429, headers: { "Retry-After": "59.5" } });
        }
        return scimList([], 0);
      },
      {
        env: { ...everyCredential, AMPLITUDE_BASE_URL: "http://localhost:9", AMPLITUDE_EMULATOR_CLOCK: "1" },
      },
    );
    const { proof } = await api.people();
    expect(advanced).toEqual([
      ["localhost:9", { seconds: 0 }],
      ["localhost:9", { seconds: 60 }],
    ]);
    expect(proof).toMatchObject({
      startedAt: "2026-11-23T09:00:00.000Z",
      endedAt: "2026-11-23T09:01:00.000Z",
    });
    expect(slept).toEqual([]);
  });

  it("says what is wrong when there is no such clock", async () => {
    const { api } = connected(() => new Response("The clock is a real one", { status: 409 }), {
      env: { ...everyCredential, AMPLITUDE_BASE_URL: "http://localhost:9", AMPLITUDE_EMULATOR_CLOCK: "1" },
    });
    expect((await failureOf(api.people())).message).toContain(
      "needs an emulator with a virtual clock at that address",
    );
  });
});
