import type { WriteApi } from "../../src/api/api";
import { connect, type ConnectOptions } from "../../src/api/connect";

/** A request as it arrived at the other side. */
export interface Received {
  readonly method: string;
  readonly host: string;
  /** As sent, still percent-encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal;
}

/** The other side of the wire: answers the n-th request (from 1). */
export type OtherSide = (request: Received, n: number) => Response | Promise<Response>;

export const everyCredential = {
  AMPLITUDE_SCIM_KEY: "scim-key-value",
  AMPLITUDE_ORG_API_KEY: "org-api-value",
  AMPLITUDE_ORG_SECRET_KEY: "org-secret-value",
  AMPLITUDE_TOKEN: "token-value",
};

/** The same, and a host for the management family, which Amplitude has none for. */
export const withManagement = {
  ...everyCredential,
  AMPLITUDE_MANAGEMENT_URL: "https://management.acme.com",
  AMPLITUDE_ALLOWED_HOSTS: "management.acme.com",
};

/** What the file of project keys holds. */
export const projectKeys = {
  288501: { api_key: "project-api-value", secret_key: "project-secret-value" },
};

/** The same, and a file of project keys. */
export const everyFamily = { ...withManagement, AMPLITUDE_PROJECT_KEYS_FILE: "keys.json" };

/** Noon of a day on which nothing happens. */
export const noon = Date.parse("2026-11-23T12:00:00Z");

/** A client whose wire, clock and chance are the test's: sleeping moves the clock on and costs nothing. */
export function connected(
  otherSide: OtherSide,
  options: Partial<ConnectOptions> = {},
): { api: WriteApi; received: Received[]; slept: number[]; waits: string[]; now: () => number } {
  const received: Received[] = [];
  const slept: number[] = [];
  const waits: string[] = [];
  let time = noon;
  const api = connect({
    orgId: 36958,
    region: "us",
    env: everyCredential,
    fetch: async (request) => {
      const url = new URL(request.url);
      const text = await request.text();
      const arrived: Received = {
        method: request.method,
        host: url.host,
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body: contentOf(request.headers.get("content-type"), text),
        signal: request.signal,
      };
      received.push(arrived);
      return otherSide(arrived, received.length);
    },
    readText: () => ({ text: JSON.stringify(projectKeys) }),
    now: () => time,
    sleep: (ms) => {
      slept.push(ms);
      time += ms;
      return Promise.resolve();
    },
    random: () => 0,
    onWait: (seconds, why) => waits.push(`${seconds} s: ${why}`),
    ...options,
  });
  return { api, received, slept, waits, now: () => time };
}

/** JSON, or the fields of a form. */
function contentOf(type: string | null, text: string): unknown {
  if (text === "") return undefined;
  if (type?.startsWith("application/x-www-form-urlencoded") === true)
    return Object.fromEntries(new URLSearchParams(text));
  return JSON.parse(text);
}

/** A connection that the other side ends, as `fetch` reports it. */
export function lost(code: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error("socket"), { code }) });
}

/** What a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("It did not fail.");
}

/** A SCIM list as Amplitude documents it. */
export function scimList(rows: readonly unknown[], total: number, startIndex = 1): Response {
  return Response.json({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    startIndex,
    itemsPerPage: 100,
    totalResults: total,
    Resources: rows,
  });
}

/** A SCIM user as Amplitude documents it. */
export function scimUser(
  email: string,
  names: { givenName?: string; familyName?: string } = {},
): Record<string, unknown> {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    id: email,
    userName: email,
    name: { givenName: "Ana", familyName: "Lima", ...names },
    active: true,
    emails: [{ value: email, primary: true }],
    meta: { resourceType: "User" },
  };
}
