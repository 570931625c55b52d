import type { Family } from "./records";
import type { Outcome } from "./retry";
import type { Received, Send } from "./send";
import { TunnelFailed } from "./tunnel";
import { isRecord, parseJson } from "./wire";
import { version } from "./version";

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
  /**
   * Which answer may say that the object is not there. `documented`: 404 with the body that Amplitude documents for it. Else statuses, where
   * errors are undocumented and a gateway's look the same: whoever asks holds such an answer against a whole list.
   */
  readonly absence?: "documented" | readonly number[];
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

/** No connection was made: `ECONNRESET` may mean sent, these cannot. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|ERR_TLS_CERT_ALTNAME_INVALID|CERT_.*|.*_CERT|.*_CERT_.*|UNABLE_TO_.*)$/;

/** Says what a request says, and hears what the other side answers. */
export function exchangeOf(timeoutMs: number, send: Send): Exchange {
  return async (base, call, authorization) => {
    const type = contentType(call);
    try {
      const received = await send({
        method: call.method,
        url: `${base}${call.path}${queryOf(call)}`,
        body: contentOf(call),
        headers: {
          Accept: "application/json",
          "User-Agent": `amplitude-access/${version}`,
          Authorization: authorization,
          ...(type === undefined ? {} : { "Content-Type": type }),
          ...(call.idempotencyKey === undefined ? {} : { "Idempotency-Key": call.idempotencyKey }),
        },
      });
      return answered(received, call.confidential === true);
    } catch (error) {
      return unanswered(error, timeoutMs);
    }
  };
}

function contentOf({ body, form }: Call): string | undefined {
  if (form !== undefined) return new URLSearchParams(form).toString();
  return body === undefined ? undefined : JSON.stringify(body);
}

function contentType({ body, form }: Call): string | undefined {
  if (form !== undefined) return "application/x-www-form-urlencoded";
  return body === undefined ? undefined : "application/json";
}

function answered({ status, text, header }: Received, confidential: boolean): Attempt {
  const body = parseJson(text);
  const fields = isRecord(body) ? body : {};
  const seconds = fields["retry_after_seconds"];
  const code = fields["error_code"];
  const words = [
    ...[code, fields["title"], fields["detail"], fields["message"], fields["error"]],
    ...messagesIn(fields["errors"]),
  ];
  const phrase = [...new Set(words.filter((word) => typeof word === "string" && word !== ""))].join(": ");
  const location = header("location");
  const everything = phrase || (location === undefined ? text : `redirects to ${location}`);
  // What was refused made no key; any other answer may tell one, wherever it likes.
  const refused = status >= 400 && status < 500 && status !== 408;
  const rest = confidential ? (refused ? phrase : "") : everything;
  return {
    outcome: {
      kind: "answer",
      status,
      retryAfter: header("retry-after"),
      retryAfterSeconds: typeof seconds === "number" ? seconds : undefined,
    },
    said: `answered ${status}${rest.trim() === "" ? "" : `: ${rest}`}`,
    reply: {
      status,
      text,
      body,
      code: typeof code === "string" ? code : undefined,
      requestId: header("x-request-id") ?? header("x-amzn-requestid"),
    },
  };
}

/** `errors: [{message}]`: https://amplitude.com/docs/apis/analytics/taxonomy. */
function messagesIn(errors: unknown): unknown[] {
  return Array.isArray(errors) ? errors.map((one) => (isRecord(one) ? one["message"] : undefined)) : [];
}

function unanswered(error: unknown, timeoutMs: number): Attempt {
  const causes = causesOf(error);
  const tunnel = causes.find((cause) => cause instanceof TunnelFailed);
  if (tunnel !== undefined) {
    return { outcome: { kind: "unreachable" }, said: `could not be reached: ${tunnel.message}` };
  }
  const code = codeOf(causes);
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

/** The socket's error may be wrapped, and the wrapping may have a name of its own. */
function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  for (let cause = error; cause instanceof Error && causes.length < 4; cause = cause.cause)
    causes.push(cause);
  return causes;
}

function codeOf(causes: readonly Error[]): string | undefined {
  const codes = causes.map((cause) => ("code" in cause ? cause.code : undefined));
  const named = codes.filter((code) => typeof code === "string");
  return named.find((code) => code !== "ERR_NETWORK") ?? named[0];
}

function queryOf(call: Call): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? "" : `?${query.toString()}`;
}
