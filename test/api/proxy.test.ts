import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as secureServer, get } from "node:https";
import { type AddressInfo, connect as plain, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { proxyFor } from "../../src/api/agents";
import { connect } from "../../src/api/connect";
import { ApiFailure } from "../../src/api/failure";
import { TunnelAgent } from "../../src/api/tunnel";
import { everyCredential } from "./connected";

const emptyLog = '{"events":[],"data":[],"nextCursor":null,"pagination":{"next_cursor":null}}';

const answer = (status: number, more = "", body = emptyLog): string =>
  `HTTP/1.1 ${status} X\r\ncontent-type: application/json\r\n${more}content-length: ${body.length}\r\n\r\n${body}`;

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A proxy: `talk` is what it does with a connection whose first bytes have come. */
async function proxied<T>(
  talk: (socket: Socket, first: string) => void,
  use: (url: string, heard: () => string) => Promise<T>,
): Promise<T> {
  const sockets = new Set<Socket>();
  let heard = "";
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (data) => (heard += data.toString("latin1")));
    socket.once("data", (data) => talk(socket, data.toString("latin1")));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await use(`http://127.0.0.1:${portOf(server)}`, () => heard);
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => server.close(closed));
  }
}

async function withProxy<T>(url: string, use: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, { HTTPS_PROXY: url, https_proxy: url, NO_PROXY: "", no_proxy: "" });
  try {
    return await use();
  } finally {
    for (const name of ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"]) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}

const amplitude = () =>
  connect({
    orgId: 36958,
    region: "us",
    env: everyCredential,
    sleep: () => Promise.resolve(),
    timeoutMs: 400,
  });

/** Every way in which an API is asked: a list, the audit log, one that may be absent, a write. */
const requests: readonly [string, () => Promise<unknown>][] = [
  ["people", () => amplitude().people()],
  ["a group that may be gone", () => amplitude().group("632")],
  ["the removal of somebody", () => amplitude().removePerson("ana@nova.agency")],
];

const talks: readonly [string, (socket: Socket) => void][] = [
  ...[200, 201, 203, 206, 299, 301, 302, 307, 400, 401, 403, 404, 407, 429, 500, 503].map(
    (status): [string, (socket: Socket) => void] => [
      `${status}, with words of its own`,
      (socket) => void socket.end(answer(status, status < 400 ? "location: https://amplitude.com/\r\n" : "")),
    ],
  ),
  ["204 and nothing more", (socket) => void socket.end("HTTP/1.1 204 X\r\n\r\n")],
  [
    "200, and answers in clear what is asked in the tunnel",
    (socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.on("data", () => void socket.end(answer(404, "", '{"detail":"no such person"}')));
    },
  ],
  ["200 and a closed connection", (socket) => void socket.end("HTTP/1.1 200 OK\r\n\r\n")],
  ["something that is not HTTP", (socket) => void socket.end("220 mail.example.com ESMTP\r\n")],
  ["nothing, and closes", (socket) => void socket.end()],
  ["nothing at all", () => undefined],
];

describe("a proxy that answers CONNECT itself", () => {
  it.each(talks)("is not Amplitude when it says %s", async (_, talk) => {
    for (const [, request] of requests) {
      await proxied(talk, async (url, heard) => {
        const failure = await withProxy(url, () => request().catch((error: unknown) => error));
        expect(failure).toBeInstanceOf(ApiFailure);
        expect(failure).toMatchObject({ happened: "no", status: undefined });
        expect((failure as ApiFailure).said).toMatch(
          /^core\.amplitude\.com could not be reached: .*the proxy 127\.0\.0\.1:\d+/,
        );
        expect((failure as ApiFailure).message).not.toContain("no such person");
        expect(heard()).toMatch(/^CONNECT core\.amplitude\.com:443 HTTP\/1\.1\r\n/);
        expect(heard()).not.toContain(everyCredential.AMPLITUDE_SCIM_KEY);
        expect(heard().toLowerCase()).not.toContain("\r\nauthorization:");
      });
    }
  });

  it("says so when the address of the proxy cannot be used", async () => {
    const failure = await withProxy("socks5://127.0.0.1:1", () =>
      amplitude()
        .people()
        .catch((error: unknown) => error),
    );
    expect((failure as ApiFailure).said).toContain("HTTPS_PROXY is no address of an HTTP proxy");
  });
});

describe("a proxy that opens the tunnel", () => {
  const folder = mkdtempSync(join(tmpdir(), "proxy-test-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string) => join(folder, name);

  it("is told its own password, and the host alone hears the request and answers", async () => {
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const made = ["-keyout", file("key"), "-out", file("cert"), "-days", "2", "-nodes"];
    const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
    execFileSync("openssl", ["req", "-x509", ...kind, ...made, ...subject], { stdio: "ignore" });
    const cert = readFileSync(file("cert"));
    const host = secureServer({ key: readFileSync(file("key")), cert }, (request, response) => {
      response.end(`heard ${request.url} ${request.headers["proxy-authorization"]}`);
    }).listen(0, "127.0.0.1");
    await once(host, "listening");
    const through = (socket: Socket) => {
      const way = plain(portOf(host), "127.0.0.1");
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      way.pipe(socket).pipe(way);
      socket.on("close", () => way.destroy());
    };
    const ask = (agent: TunnelAgent, name: string) =>
      new Promise<string>((done, failed) => {
        get({ host: name, port: portOf(host), path: "/scim", agent }, (response) => {
          response.setEncoding("utf8").on("data", done);
        }).on("error", failed);
      });
    try {
      await proxied(through, async (url, heard) => {
        const agent = new TunnelAgent(url.replace("//", "//ana:p%40ss@"), 2000, { ca: cert });
        expect(await ask(agent, "localhost")).toBe("heard /scim undefined");
        expect(heard()).toContain(`proxy-authorization: Basic ${btoa("ana:p@ss")}`);
        expect(heard()).not.toContain("/scim");
        agent.destroy();
      });
      await proxied(through, async (url) => {
        const other = new TunnelAgent(url, 2000, { ca: cert });
        await expect(ask(other, "amplitude.test")).rejects.toThrow(
          /nobody proved to be amplitude\.test:\d+ by TLS \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
        );
      });
    } finally {
      host.closeAllConnections();
      host.close();
    }
  });
});

describe("which proxy", () => {
  const at = new URL("https://core.amplitude.com/scim/1/Users");
  it.each([
    [{}, ""],
    [{ HTTPS_PROXY: "http://p:3128" }, "http://p:3128"],
    [{ https_proxy: "p:3128" }, "http://p:3128"],
    [{ ALL_PROXY: "https://p" }, "https://p"],
    [{ HTTP_PROXY: "http://p" }, ""],
    [{ HTTPS_PROXY: "http://p", NO_PROXY: "*" }, ""],
    [{ HTTPS_PROXY: "http://p", NO_PROXY: "localhost, amplitude.com" }, ""],
    [{ HTTPS_PROXY: "http://p", no_proxy: ".Amplitude.com:443" }, ""],
    [{ HTTPS_PROXY: "http://p", NO_PROXY: "*.amplitude.com" }, ""],
    [{ HTTPS_PROXY: "http://p", NO_PROXY: "amplitude.com:8443,plitude.com,eu.amplitude.com" }, "http://p"],
  ])("by %j is %j", (variables, proxy) => expect(proxyFor(at, variables)).toBe(proxy));
});
