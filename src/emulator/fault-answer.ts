import type { Family } from "./families";
import type { Fault } from "./faults";

/** A fault's answer, worded as an overloaded front of that family would. */
export function faultAnswer(fault: Extract<Fault, { type: "status" }>, family: Family | "unknown"): Response {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (fault.retryAfter !== undefined) headers["retry-after"] = String(fault.retryAfter);
  const body = fault.body ?? defaultBody(fault.status, family);
  return new Response(typeof body === "string" ? body : JSON.stringify(body), {
    status: fault.status,
    headers,
  });
}

function defaultBody(status: number, family: Family | "unknown"): unknown {
  const detail = "A fault that was ordered of the emulator.";
  if (family === "scim") {
    return { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: String(status), detail };
  }
  if (family === "taxonomy") return { success: false, errors: [{ message: detail }] };
  if (family === "audit-log" || family === "unknown") return { error: { code: status, message: detail } };
  const code =
    status === 429 ? (family === "developer" ? "rate_limit_exceeded" : "rate_limited") : "internal_error";
  return {
    type: `https://core.amplitude.com/problems/${code.replaceAll("_", "-")}`,
    title: "Fault",
    status,
    detail,
    instance: null,
    error_code: code,
    retryable: status === 429 || status >= 500,
  };
}

/** The same page with its last rows gone; total and cursor stay, so that the page contradicts itself. */
export async function shortened(response: Response, drop: number): Promise<Response> {
  // A page of a web host has no rows.
  if (response.headers.get("content-type")?.includes("json") !== true) return response;
  const text = await response.text();
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  const short = (rows: unknown): unknown =>
    Array.isArray(rows) ? rows.slice(0, Math.max(0, rows.length - drop)) : rows;
  const result =
    typeof body === "object" && body !== null && !Array.isArray(body)
      ? Object.fromEntries(
          Object.entries(body).map(([key, value]) => [
            key,
            ["Resources", "data", "events"].includes(key) ? short(value) : value,
          ]),
        )
      : short(body);
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(result === undefined ? null : JSON.stringify(result), {
    status: response.status,
    headers,
  });
}
