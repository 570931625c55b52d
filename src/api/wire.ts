import * as z from "zod";

import { canonicalEmail } from "../schema";
import type { ApiFailure, Happened } from "./failure";

/** A success, or that there is no such object, where that is an answer. */
export interface Answer {
  readonly status: number;
  /** Parsed JSON; undefined where there was none, or no such object. */
  readonly body: unknown;
  /** It says that there is no such object, as far as the call's `absence` can tell. */
  readonly absent: boolean;
  /** An earlier sending of the same write may have taken effect. */
  readonly repeated: boolean;
  /** For whoever finds that the body is not what it should be. */
  failure(said: string): ApiFailure;
  /** For whoever finds that it did not tell the truth, in its own words. */
  contradicted(fact: string, happened: Happened): ApiFailure;
}

/** Ids arrive as numbers or as strings, sometimes both for one thing: https://amplitude.com/docs/apis/analytics/scim (groups). */
export const id = z.union([z.string().min(1), z.number()]).transform(String);

/** Text that may be missing or null. */
export const optionalText = z
  .string()
  .nullish()
  .transform((text) => (text === null || text === "" ? undefined : text));

/** A cursor list's other half: `nextCursor` (User Management), `next_cursor` (Developer API); null ends it. */
export const pagination = z.object({
  nextCursor: z.union([z.string(), z.number()]).nullish(),
  next_cursor: z.union([z.string(), z.number()]).nullish(),
  hasMore: z.boolean().nullish(),
  has_more: z.boolean().nullish(),
});

/**
 * What arrived, in the shape it must have.
 * @param meaning what follows when it is not, where that is more than a failed request
 * @throws ApiFailure that says where it differs
 */
export function arrived<T>(schema: z.ZodType<T>, answer: Answer, meaning?: string): T {
  const result = schema.safeParse(answer.body);
  if (result.success) return result.data;
  if (answer.body === undefined) throw answer.failure("its body is no JSON");
  const { path, message } = shapeProblem(result.error);
  const where = path.join(".") || "the body";
  const rest = meaning === undefined ? "" : `; ${meaning}`;
  throw answer.failure(`not in the documented shape: ${where}: ${message}${rest}`);
}

/** Where something differs from what it should be, and how. */
export function shapeProblem({ issues }: z.ZodError): {
  readonly path: readonly PropertyKey[];
  readonly message: string;
} {
  return deepest(issues);
}

/** Of the variants that were tried, the one that came furthest says best what is wrong. */
function deepest(issues: readonly z.core.$ZodIssue[]): {
  readonly path: readonly PropertyKey[];
  readonly message: string;
} {
  const found = issues.flatMap((issue) => {
    if (issue.code !== "invalid_union") return [issue];
    const inner = issue.errors.filter((errors) => errors.length > 0).map(deepest);
    return inner.map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
  });
  return found.reduce(
    (best, issue) => (issue.path.length > best.path.length ? issue : best),
    found[0] ?? { path: [], message: "unreadable" },
  );
}

/** A path's segment. @throws RangeError for what a URL would resolve away. */
export function segment(value: string): string {
  if (value === "" || value === "." || value === "..")
    throw new RangeError(`"${value}" cannot be part of an address.`);
  return encodeURIComponent(value);
}

/** An id as the number that Amplitude wants in a body. @throws RangeError for what is no id. */
export function numeric(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value <= 0)
    throw new RangeError(`"${text}" is not an id of Amplitude: a whole number is expected.`);
  return value;
}

/** JSON, or undefined for what is not. */
export function parseJson(text: unknown): unknown {
  if (typeof text !== "string" || text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two addresses are one person's. */
export function sameAddress(a: string, b: string): boolean {
  return canonicalEmail(a) === canonicalEmail(b);
}
