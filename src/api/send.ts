import { agentsOf } from "./agents";

/** The other side of the wire, without a socket. */
export type Fetch = (request: Request) => Promise<Response>;

/** One request as it goes out. */
export interface Message {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** One answer as it came in. */
export interface Received {
  readonly status: number;
  readonly text: string;
  /** @param name in lower case */
  readonly header: (name: string) => string | undefined;
}

/** Sends once: no redirect followed, every status an answer. Rejects where no whole answer came. */
export type Send = (message: Message) => Promise<Received>;

/** 40,000 memberships are about 4 MB; nothing that Amplitude answers honestly is larger than this. */
const largestAnswer = 64 * 1024 * 1024;
const largestBody = 10 * 1024 * 1024;

async function axiosClient(timeoutMs: number) {
  const { default: axios } = await import("axios");
  return axios.create({
    adapter: "http",
    responseType: "text",
    transformRequest: (data: unknown) => data,
    transformResponse: (data: unknown) => data,
    validateStatus: () => true,
    maxRedirects: 0,
    timeout: timeoutMs,
    transitional: { clarifyTimeoutError: true },
    maxContentLength: largestAnswer,
    maxBodyLength: largestBody,
    // Its own handling of proxies takes what a proxy says for the host's answer.
    proxy: false,
  });
}

/** Over a socket, through a proxy where the environment names one. */
export function overSocket(timeoutMs: number): Send {
  // Terraform also starts the provider for what asks nobody, and this takes as long to load as most of the rest.
  let client: ReturnType<typeof axiosClient> | undefined;
  const agentOf = agentsOf(process.env, timeoutMs);
  return async ({ method, url, headers, body }) => {
    const { status, data, ...response } = await (
      await (client ??= axiosClient(timeoutMs))
    ).request<unknown>({
      method,
      url,
      data: body,
      // axios would give a body without a type one of its own.
      headers: { "Content-Type": null, ...headers },
      httpsAgent: agentOf(url),
    });
    return {
      status,
      text: typeof data === "string" ? data : "",
      header(name) {
        const value: unknown = response.headers[name];
        return typeof value === "string" ? value : undefined;
      },
    };
  };
}

/** To a function: the emulator in this process. */
export function inProcess(timeoutMs: number, fetch: Fetch): Send {
  return async ({ url, ...init }) => {
    const patience = new AbortController();
    const timer = setTimeout(() => {
      patience.abort();
    }, timeoutMs);
    try {
      const request = new Request(url, { ...init, redirect: "manual", signal: patience.signal });
      const response = await fetch(request);
      const text = await response.text();
      return {
        status: response.status,
        text,
        header: (name) => response.headers.get(name) ?? undefined,
      };
    } catch (error) {
      if (!patience.signal.aborted) throw error;
      throw Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" });
    } finally {
      clearTimeout(timer);
    }
  };
}
