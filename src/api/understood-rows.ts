import type { z } from "zod";

import { type Collection, readWhole, type Reading } from "./pages";
import type { Listing } from "./records";
import type { UnknownRow } from "./unknown-row";
import { type Answer, isRecord, shapeProblem } from "./wire";

/** Rows of one page, each by itself: one that is not understood leaves the others as they are. */
interface Understood<T> {
  readonly rows: readonly T[];
  readonly unknown: readonly UnknownRow[];
}

/**
 * Reads the rows of one page.
 * @throws ApiFailure where no row has the documented fields: then it is the answer that is not understood
 */
function understoodRows<T>(
  schema: z.ZodType<T>,
  arrived: readonly unknown[],
  answer: Answer,
  isConfidential: boolean,
): Understood<T> {
  const rows: T[] = [];
  const unknown: UnknownRow[] = [];
  let firstLacking: string | undefined;
  let lacking = 0;
  for (const row of arrived) {
    const parsed = schema.safeParse(row);
    if (parsed.success) {
      rows.push(parsed.data);
      continue;
    }
    const { path, message } = shapeProblem(parsed.error);
    const why = `${path.join(".") || "the row"}: ${message}`;
    if (isLacking(row, path)) {
      lacking++;
      firstLacking ??= `data.${rows.length + unknown.length}.${why}`;
    }
    unknown.push(
      isConfidential ? withoutValues(row, why) : { says: shortened(row), why, mentions: leaves(row) },
    );
  }
  if (firstLacking !== undefined && lacking === arrived.length)
    throw answer.failure(`not in the documented shape: ${firstLacking}`);
  return { rows, unknown };
}

/** A whole list, with the rows of it that are not understood. */
export async function readUnderstood<T>(
  collection: Collection,
  read: (
    understood: <R>(schema: z.ZodType<R>, arrived: readonly unknown[], answer: Answer) => readonly R[],
  ) => Promise<Reading<T>>,
  isConfidential = false,
): Promise<Listing<T>> {
  let unknownRows: UnknownRow[] = [];
  const listing = await readWhole(collection, () => {
    unknownRows = [];
    return read((schema, arrived, answer) => {
      const { rows, unknown } = understoodRows(schema, arrived, answer, isConfidential);
      unknownRows.push(...unknown);
      return rows;
    });
  });
  return unknownRows.length === 0 ? listing : { ...listing, unknownRows };
}

/** Whether a field that is documented is not there, by that name. */
function isLacking(row: unknown, path: readonly PropertyKey[]): boolean {
  if (!isRecord(row)) return true;
  const [field] = path;
  return typeof field !== "string" || !(field in row);
}

/** Its fields, where one of them may hold a key. */
function withoutValues(row: unknown, why: string): UnknownRow {
  const fields = isRecord(row) ? row : {};
  const ids = ["id", "project_id"].flatMap((name) => leaves(fields[name]));
  return { says: `a row with the fields ${Object.keys(fields).sort().join(", ")}`, why, mentions: ids };
}

const LONGEST = 200;

function shortened(row: unknown): string {
  const text = JSON.stringify(row);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Texts and numbers anywhere in it, as texts. */
function leaves(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return [...new Set(Object.values(value).flatMap(leaves))];
}
