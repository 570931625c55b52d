import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";

const itemSchema = z.strictObject({
  id: z.string(),
  sort: z.string(),
  what: z.string(),
  rule: z.string().optional(),
  actor: z.string().optional(),
  at: z.string().optional(),
  todo: z.string().optional(),
});

const recordSchema = z.strictObject({
  version: z.literal(1),
  alerts: z.array(z.strictObject({ id: z.string(), ticked: z.boolean(), item: itemSchema.optional() })),
  differences: z.strictObject({
    /** Of each sort, how many there were: more than are kept here. */
    counts: z.record(z.string(), z.int().nonnegative()),
    items: z.array(itemSchema),
  }),
});

/** One finding as an issue keeps it: shortened words, from which its line is made anew each time. */
export type IssueItem = z.infer<typeof itemSchema>;

/** What an issue knows, apart from what it shows. Alerts of which only the id is kept were counted, and not shown. */
export type IssueRecord = z.infer<typeof recordSchema>;

/** What the encoded record may take of the 65,536 characters of an issue. */
const MOST = 24_000;
/** What a record that we wrote may unpack to. */
const MOST_UNPACKED = 4 * 1024 * 1024;
const LINE = /^<!-- amplitude-access:record ([0-9a-f]{16}) ([\w-]+) -->\r?$/;

/** The record as one line of a comment that nothing in it can close, with at most so many findings of a kind. */
export function recordLine(record: IssueRecord): string {
  for (let most = 100; ; most = Math.floor(most / 2)) {
    const { alerts, differences } = record;
    const text = packed({
      ...record,
      alerts: alerts.map(({ item, ...rest }, place) => ({
        ...rest,
        ...(item === undefined || place >= most ? {} : { item }),
      })),
      differences: { ...differences, items: firstOfEach(differences.items, most) },
    });
    if (text.length <= MOST || most === 0)
      return `<!-- amplitude-access:record ${digestOf(text)} ${text} -->`;
  }
}

/**
 * The record of an issue that we wrote: its second line, whole, where no text from outside ever stands. undefined where somebody changed it:
 * what else the issue shows is then no source.
 */
export function recordIn(body: string): IssueRecord | undefined {
  const [, digest, text = ""] = LINE.exec(body.split("\n", 2)[1] ?? "") ?? [];
  if (digest === undefined || digestOf(text) !== digest) return undefined;
  try {
    const bytes = Uint8Array.from(Buffer.from(text, "base64url"));
    const content = inflateRawSync(bytes, { maxOutputLength: MOST_UNPACKED }).toString("utf8");
    return recordSchema.parse(JSON.parse(content));
  } catch {
    return undefined;
  }
}

function firstOfEach(items: readonly IssueItem[], most: number): IssueItem[] {
  const seen = new Map<string, number>();
  return items.filter(({ sort }) => {
    const count = (seen.get(sort) ?? 0) + 1;
    seen.set(sort, count);
    return count <= most;
  });
}

function packed(record: IssueRecord): string {
  return deflateRawSync(JSON.stringify(record)).toString("base64url");
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
