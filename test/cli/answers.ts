import type { Emulator } from "../../src/emulator";
import { intercept } from "./interception";

/** JSON as an answer holds it. */
export type Body = Record<string, unknown>;
export type Row = Record<string, unknown>;

/** Changes what Amplitude answers to a read of this path: undefined leaves the answer as it is, a text is no JSON. */
export type Rewrite = (path: string, body: Body) => unknown;

/** A proxy in this process that rewrites what reads are answered. */
export function rewrite(emulator: Emulator, change: Rewrite): () => void {
  return intercept(emulator, async (request, answer) => {
    const response = await answer(request);
    const path = decodeURIComponent(new URL(request.url).pathname);
    if (request.method !== "GET" || path.startsWith("/_emulator")) return response;
    const text = await response.text();
    const { status, headers } = response;
    const changed = change(path, (text === "" ? {} : JSON.parse(text)) as Body);
    if (changed instanceof Response) return changed;
    if (changed === undefined) return new Response(text, { status, headers });
    return typeof changed === "string"
      ? new Response(changed, { status })
      : Response.json(changed, { status });
  });
}

/** Another answer in place of this path's. */
export const at =
  (path: string, change: (body: Body) => unknown): Rewrite =>
  (asked, body) =>
    asked === path ? change(body) : undefined;

/** A refusal in place of what every path of this beginning answers. */
export const refusing =
  (
    path: string,
    status: number,
    body: unknown = {},
    headers: Readonly<Record<string, string>> = {},
  ): Rewrite =>
  (asked) =>
    asked.startsWith(path) ? Response.json(body, { status, headers }) : undefined;

/** Rows of a list of SCIM, which then counts them. */
export const scimRows = (path: string, change: (row: Row, index: number) => unknown): Rewrite =>
  at(path, (body) => {
    const rows = (body["Resources"] as Row[]).flatMap((row, index) => change(row, index) ?? []);
    return { ...body, Resources: rows, totalResults: rows.length };
  });

/** Rows of a list that ends by a cursor. */
export const rows = (path: string, change: (row: Row, index: number) => unknown): Rewrite =>
  at(path, (body) => ({
    ...body,
    data: (body["data"] as Row[]).flatMap((row, index) => change(row, index) ?? []),
  }));

/** The same row without some of its fields. */
export function without(row: Row, ...names: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}

/** The same row with a field under another name. */
export function renamed(row: Row, from: string, to: string): Row {
  return { ...without(row, from), [to]: row[from] };
}

/** An answer of the other side, the line that people see, what is done all the same, and the exit code. */
export type AnswerCase = readonly [
  what: string,
  change: Rewrite,
  says: RegExp,
  done: string,
  exitCode: number,
];

/** Several changes at once: the first one that has an answer. */
export const both =
  (...changes: readonly Rewrite[]): Rewrite =>
  (path, body) =>
    changes.reduce<unknown>((found, change) => found ?? change(path, body), undefined);

/** An id of Amplitude's own in an address's place. */
export const byId = (address: unknown): string => `id-${String(address).replace(/\W/g, "")}`;

/** For rows of which nothing is to be said. */
export const anything = /./;
