import {
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import type { AddressInfo } from "node:net";
import type { Certificate } from "./certificate";
import { log } from "./log";

/** Answers the bytes of one request with the bytes of one response. */
export type Unary = (request: Buffer) => Promise<Buffer>;

/** What is answered, by path. */
export type Calls = ReadonlyMap<string, Unary>;

/** Where the server listens: a path, or the first free port of a range on 127.0.0.1. */
export type Place = { readonly path: string } | { readonly from: number; readonly to: number };

export interface GrpcServer {
  readonly network: "unix" | "tcp";
  /** A path, or `127.0.0.1:PORT`. */
  readonly address: string;
  /** Lets answers out, then ends every connection. */
  close(): Promise<void>;
}

export interface GrpcServerOptions {
  readonly place: Place;
  /** May come later than the first request: the socket is offered before they are loaded. */
  readonly calls: Promise<Calls>;
  /** Ours, and the one certificate that a client must show; undefined: plain text. */
  readonly tls?: { readonly certificate: Certificate; readonly client: string } | undefined;
}

/** Core keeps this stream open to hear what a provider prints; nothing ever comes. */
const QUIET_STREAM = "/plugin.GRPCStdio/StreamStdio";
const UNIMPLEMENTED = 12;
const INTERNAL = 13;
/** Core calls as many at once as `-parallelism` says. */
const settings = { maxConcurrentStreams: 10_000, initialWindowSize: 1 << 20 };
const largestRequest = 256 * 1024 * 1024;

/** gRPC over HTTP/2: unary calls, and the one quiet stream. */
export async function startGrpcServer({ place, calls, tls }: GrpcServerOptions): Promise<GrpcServer> {
  const server =
    tls === undefined
      ? createServer({ settings })
      : createSecureServer({
          key: tls.certificate.key,
          cert: tls.certificate.pem,
          ca: [tls.client],
          requestCert: true,
          rejectUnauthorized: true,
          minVersion: "TLSv1.2",
          ALPNProtocols: ["h2"],
          settings,
        });
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session: ServerHttp2Session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
    session.on("error", (error: Error) => log("debug", "a connection broke", { error: error.message }));
  });
  server.on("sessionError", () => undefined);
  server.on("tlsClientError", (error: Error) =>
    log("warn", "a client was refused", { error: error.message }),
  );
  server.on("stream", (stream: ServerHttp2Stream, headers) => answer(stream, headers[":path"] ?? "", calls));
  const address = await listen(server, place);
  return {
    network: "path" in place ? "unix" : "tcp",
    address,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const session of sessions) session.close();
        // Quiet streams never end by themselves.
        setTimeout(() => sessions.forEach((session) => session.destroy()), 50).unref();
      }),
  };
}

function answer(stream: ServerHttp2Stream, path: string, calls: Promise<Calls>): void {
  stream.on("error", () => undefined);
  if (path === QUIET_STREAM) {
    stream.respond({ ":status": 200, "content-type": "application/grpc" });
    stream.resume();
    return;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  stream.on("data", (chunk: Uint8Array) => {
    size += chunk.length;
    if (size <= largestRequest) chunks.push(chunk);
  });
  stream.on("end", () => {
    const framed = Buffer.concat(chunks);
    if (framed.length < 5 || framed[0] !== 0 || framed.readUInt32BE(1) !== framed.length - 5)
      return fail(stream, INTERNAL, "the request is compressed, cut off or too large");
    const answered = calls.then((known) => known.get(path)?.(framed.subarray(5)));
    answered.then(
      (body) =>
        body === undefined
          ? fail(stream, UNIMPLEMENTED, `${path} is not implemented`)
          : succeed(stream, body),
      (error: unknown) => {
        const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
        log("error", `${path} failed`, { error: told });
        fail(stream, INTERNAL, told);
      },
    );
  });
}

function succeed(stream: ServerHttp2Stream, body: Buffer): void {
  if (stream.destroyed) return;
  const frame = Buffer.allocUnsafe(5 + body.length);
  frame[0] = 0;
  frame.writeUInt32BE(body.length, 1);
  frame.set(body, 5);
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.end(frame);
}

function fail(stream: ServerHttp2Stream, code: number, text: string): void {
  if (stream.destroyed || stream.headersSent) return;
  stream.respond(
    {
      ":status": 200,
      "content-type": "application/grpc",
      "grpc-status": String(code),
      "grpc-message": percentEncoded(text.slice(0, 4000)),
    },
    { endStream: true },
  );
}

/** A header holds printable ASCII only; gRPC writes the rest in percents. */
function percentEncoded(text: string): string {
  return [...Buffer.from(text, "utf8")]
    .map((byte) =>
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .join("");
}

async function listen(server: Http2Server | Http2SecureServer, place: Place): Promise<string> {
  const attempt = (where: Parameters<Http2Server["listen"]>[0]): Promise<void> =>
    new Promise((done, failed) => {
      server.once("error", failed);
      server.listen(where, () => {
        server.removeListener("error", failed);
        done();
      });
    });
  if ("path" in place) {
    await attempt({ path: place.path });
    return place.path;
  }
  for (let port = place.from; ; port++) {
    try {
      await attempt({ port, host: "127.0.0.1" });
      return `127.0.0.1:${(server.address() as AddressInfo).port}`;
    } catch (error) {
      const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!taken || port >= place.to) throw error;
    }
  }
}
