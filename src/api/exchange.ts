import axios, { type AxiosResponse, type CreateAxiosDefaults, isAxiosError } from "axios";

import type { Family } from "./api";
import { isLoopbackUrl } from "./hosts";
import type { Outcome } from "./retry";
import { isRecord, parseJson } from "./wire";
import { version } from "./version";

/** The other side of the wire, without a socket. */
export type Fetch = (request: Request) => Promise<Response>;

/** One request. */
export interface Call {
  readonly family: Family;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** From the host's root, every segment percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form, instead of a body. */
  readonly form?: Readonly<Record<string, string>>;
  /** Project whose credential it carries, where a family has one for each. */
  readonly project?: string;
  /** The Developer API wants one with a write, of 8 to 255 characters: https://amplitude.com/docs/apis/developer. */
  readonly idempotencyKey?: string;
  /** A 404 is an answer (nobody there), not a failure. */
  readonly mayBeAbsent?: boolean;
  /** The answer may hold a new key: of what the other side writes, only a refusal's own words are quoted. */
  readonly confidential?: boolean;
}

/** What the other side answered. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  /** The text's JSON; undefined where it is none. */
  readonly body: unknown;
  /** `error_code` of the body: https://amplitude.com/docs/apis/user-management. */
  readonly code: string | undefined;
  readonly requestId: string | undefined;
}

/** How one sending of one request ended; `said` may hold anything that the other side wrote. */
export interface Attempt {
  readonly outcome: Outcome;
  readonly said: string;
  /** undefined when no whole answer came. */
  readonly reply?: Reply | undefined;
}

/** Sends once, whatever comes of it. Never rejects. */
export type Exchange = (base: string, call: Call, authorization: string) => Promise<Attempt>;

/** 40,000 memberships are about 4 MB; nothing that Amplitude answers honestly is larger than this. */
const largestAnswer = 64 * 1024 * 1024;
const largestBody = 10 * 1024 * 1024;

/** No connection was made: `ECONNRESET` may mean sent, these cannot. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|ERR_TLS_CERT_ALTNAME_INVALID|CERT_.*|.*_CERT|.*_CERT_.*|UNABLE_TO_.*)$/;

/** One request over axios: no redirect followed, every status an answer, the text left for us to parse. */
export function exchangeOf(timeoutMs: number, fetch: Fetch | undefined): Exchange {
  const http = axios.create({
    responseType: "text",
    transformRequest: (data: unknown) => data,
    transformResponse: (data: unknown) => data,
    validateStatus: () => true,
    maxRedirects: 0,
    timeout: timeoutMs,
    transitional: { clarifyTimeoutError: true },
    maxContentLength: largestAnswer,
    maxBodyLength: largestBody,
    ...(fetch === undefined ? { adapter: "http" } : fetchAdapter(fetch)),
  });

  return async (base, call, authorization) => {
    try {
      const response = await http.request<unknown>({
        method: call.method,
        url: `${base}${call.path}${queryOf(call)}`,
        data: contentOf(call),
        headers: {
          Accept: "application/json",
          "User-Agent": `amplitude-access/${version}`,
          Authorization: authorization,
          "Content-Type": contentType(call),
          ...(call.idempotencyKey === undefined ? {} : { "Idempotency-Key": call.idempotencyKey }),
        },
        ...(isLoopbackUrl(base) ? { proxy: false as const } : {}),
      });
      return answered(response, call.confidential === true);
    } catch (error) {
      return unanswered(error, timeoutMs);
    }
  };
}

function contentOf({ body, form }: Call): string | undefined {
  if (form !== undefined) return new URLSearchParams(form).toString();
  return body === undefined ? undefined : JSON.stringify(body);
}

function contentType({ body, form }: Call): string | null {
  if (form !== undefined) return "application/x-www-form-urlencoded";
  return body === undefined ? null : "application/json";
}

/** Makes axios hand its requests to a function (`env.fetch`, in axios' README under the fetch adapter). */
export function fetchAdapter(fetch: Fetch): Pick<CreateAxiosDefaults, "adapter" | "env"> {
  return {
    adapter: "fetch",
    env: { fetch: (input) => fetch(input instanceof Request ? input : new Request(input)) },
  };
}

function answered(response: AxiosResponse<unknown>, confidential: boolean): Attempt {
  const { status } = response;
  const text = typeof response.data === "string" ? response.data : "";
  const body = parseJson(text);
  const fields = isRecord(body) ? body : {};
  const seconds = fields["retry_after_seconds"];
  const code = fields["error_code"];
  const words = [
    ...[code, fields["title"], fields["detail"], fields["message"], fields["error"]],
    ...messagesIn(fields["errors"]),
  ];
  const phrase = [...new Set(words.filter((word) => typeof word === "string" && word !== ""))].join(": ");
  const location = header(response, "location");
  const everything = phrase || (location === undefined ? text : `redirects to ${location}`);
  // What was refused made no key; any other answer may tell one, wherever it likes.
  const refused = status >= 400 && status < 500 && status !== 408;
  const rest = confidential ? (refused ? phrase : "") : everything;
  return {
    outcome: {
      kind: "answer",
      status,
      retryAfter: header(response, "retry-after"),
      retryAfterSeconds: typeof seconds === "number" ? seconds : undefined,
    },
    said: `answered ${status}${rest.trim() === "" ? "" : `: ${rest}`}`,
    reply: {
      status,
      text,
      body,
      code: typeof code === "string" ? code : undefined,
      requestId: header(response, "x-request-id") ?? header(response, "x-amzn-requestid"),
    },
  };
}

/** `errors: [{message}]`: https://amplitude.com/docs/apis/analytics/taxonomy. */
function messagesIn(errors: unknown): unknown[] {
  return Array.isArray(errors) ? errors.map((one) => (isRecord(one) ? one["message"] : undefined)) : [];
}

function unanswered(error: unknown, timeoutMs: number): Attempt {
  const code = codeOf(error);
  if (code === "ETIMEDOUT" || code === "ECONNABORTED") {
    return { outcome: { kind: "timeout" }, said: `did not answer within ${Math.ceil(timeoutMs / 1000)} s` };
  }
  if (code !== undefined && neverSent.test(code)) {
    return { outcome: { kind: "unreachable" }, said: `could not be reached (${code})` };
  }
  const tooLarge = error instanceof Error && error.message.includes("maxContentLength");
  const why = tooLarge ? "the answer is too large" : (code ?? "no code");
  return { outcome: { kind: "reset" }, said: `ended the connection without a whole answer (${why})` };
}

function codeOf(error: unknown): string | undefined {
  // A fetch wraps the socket's error; axios names the wrapping.
  for (let cause = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth++) {
    const code = "code" in cause ? cause.code : undefined;
    if (typeof code === "string" && code !== "ERR_NETWORK") return code;
  }
  return isAxiosError(error) ? error.code : undefined;
}

function queryOf(call: Call): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? "" : `?${query.toString()}`;
}

function header(response: AxiosResponse<unknown>, name: string): string | undefined {
  const value: unknown = response.headers[name];
  return typeof value === "string" ? value : undefined;
}
