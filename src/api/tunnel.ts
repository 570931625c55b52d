import { request as plainRequest, type RequestOptions } from "node:http";
import { Agent, type AgentOptions, request as secureRequest } from "node:https";
import type { Duplex } from "node:stream";
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";

/** The proxy opened no tunnel to the host: nothing was sent to it, and nothing that it answered was heard. */
export class TunnelFailed extends Error {
  readonly code = "ERR_PROXY_TUNNEL";
}

type Opened = (error: Error | null, socket?: TLSSocket) => void;

/**
 * Connections that go through an HTTP proxy. Only what comes out of the host's own TLS is an answer: whatever the proxy says
 * instead of opening a tunnel is an error. The agents at hand replay such words as the host's.
 */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;
  readonly #timeoutMs: number;

  /** @param timeoutMs how long the proxy and the handshake behind it may take together */
  constructor(proxy: string, timeoutMs: number, options: AgentOptions = {}) {
    super({ keepAlive: true, ...options });
    const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol))
      throw new TunnelFailed(
        "HTTPS_PROXY is no address of an HTTP proxy, like http://proxy.example.com:3128",
      );
    this.#proxy = url;
    this.#timeoutMs = timeoutMs;
  }

  /** Node calls this for every new connection. */
  createConnection(options: ConnectionOptions, opened: Opened): void {
    const host = options.host ?? "";
    const target = `${host.includes(":") ? `[${host}]` : host}:${options.port ?? 443}`;
    const proxy = `the proxy ${this.#proxy.host}`;
    let tls: TLSSocket | undefined;
    let ended = false;
    const end: Opened = (error, socket) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      if (error !== null) {
        asked.destroy();
        tls?.destroy();
      }
      opened(error, socket);
    };
    const fail = (why: string) => end(new TunnelFailed(why));
    const timer = setTimeout(
      () => fail(`${proxy} opened no tunnel to ${target} within ${Math.ceil(this.#timeoutMs / 1000)} s`),
      this.#timeoutMs,
    );
    const asked = this.#ask(target);
    asked.on("error", (error) => fail(`${proxy} gave no answer to CONNECT ${target} (${codeOf(error)})`));
    asked.on("connect", ({ statusCode = 0 }, socket: Duplex, first: Buffer) => {
      socket.on("error", () => undefined);
      if (ended || statusCode < 200 || statusCode > 299 || first.length > 0) {
        socket.destroy();
        const more = first.length > 0 ? " and went on talking itself" : "";
        fail(`${proxy} answered ${statusCode} to CONNECT ${target}${more}`);
        return;
      }
      tls = connect({ ...options, ...withoutPath, host, socket });
      tls.once("error", (error: Error) =>
        fail(`through ${proxy} nobody proved to be ${target} by TLS (${codeOf(error)})`),
      );
      tls.once("close", () => fail(`${proxy} closed the tunnel to ${target} before it was open`));
      tls.once("secureConnect", () => end(null, tls));
    });
    asked.end();
  }

  #ask(target: string) {
    const { protocol, hostname, port, username, password } = this.#proxy;
    const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const options: RequestOptions = {
      method: "CONNECT",
      host: hostname.replace(/^\[|\]$/g, ""),
      port: port === "" ? (protocol === "https:" ? 443 : 80) : port,
      path: target,
      agent: false,
      headers: {
        host: target,
        ...(username === ""
          ? {}
          : { "proxy-authorization": `Basic ${Buffer.from(login).toString("base64")}` }),
      },
    };
    return protocol === "https:" ? secureRequest(options) : plainRequest(options);
  }
}

/** Node puts the request's own path here, which TLS would take for a socket in the file system. */
const withoutPath = { path: undefined } as unknown as ConnectionOptions;

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
