import { z } from "zod";
import { DiagnosticError, email, instant, instantOf, problem, type ValueType } from "../schema";

const FORMAT = "amplitude-access/baseline";
const VERSION = 1;

const typed = (type: ValueType<string>): z.ZodType<string> =>
  z.string().superRefine((value, context) => {
    const wrong = type.check(value);
    if (wrong !== undefined) context.addIssue({ code: "custom", message: wrong });
  });

const entrySchema = z.strictObject({
  /** Id of the finding, as `drift` prints it. */
  finding: z.string().regex(/^[0-9a-f]{16}$/, "is not the id of a finding, as drift prints it"),
  /** What was accepted, in words, so that a reviewer reads it. */
  what: z.string().min(1),
  reason: z.string().trim().min(1, "says nothing"),
  /** E-mail of who answers for it. */
  owner: typed(email),
  /** Until when: a date (the end of that day, UTC) or a time with an offset. */
  until: typed(instant),
});

const baselineSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  organization: z.string(),
  accepted: z.array(entrySchema),
});

/** Somebody answers, in a reviewed file, for a finding of `drift` until a day. */
export type Acceptance = z.infer<typeof entrySchema>;

/** Text of a baseline, one entry a finding, by id. */
export function baselineText(organization: string, accepted: readonly Acceptance[]): string {
  const sorted = [...accepted].sort((a, b) => (a.finding < b.finding ? -1 : 1));
  return `${JSON.stringify({ format: FORMAT, version: VERSION, organization, accepted: sorted }, undefined, 2)}\n`;
}

/**
 * Reads a baseline. It is written by hand, or by `accept`, and counts through its review.
 *
 * @throws DiagnosticError when it is not one, of a newer format, of another organization, or accepts a finding twice
 */
export function parseBaseline(text: string, file: string, organization: string): readonly Acceptance[] {
  const refused = (why: string): DiagnosticError =>
    new DiagnosticError([
      problem(`Cannot use the baseline ${file}`, `${why}. Nothing was accepted. Correct it, and run again.`),
    ]);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw refused(`It is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { version } = (typeof content === "object" ? (content ?? {}) : {}) as { readonly version?: unknown };
  if (typeof version === "number" && version > VERSION)
    throw refused(`It is of version ${version}, and this program reads version ${VERSION}`);
  const parsed = baselineSchema.safeParse(content);
  if (!parsed.success) throw refused(z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, " "));
  if (parsed.data.organization !== organization)
    throw refused(`It is of organization ${parsed.data.organization}, and this run is for ${organization}`);
  const seen = new Set<string>();
  for (const { finding } of parsed.data.accepted) {
    if (seen.has(finding)) throw refused(`It accepts the finding ${finding} twice`);
    seen.add(finding);
  }
  return parsed.data.accepted;
}

/** What a baseline comes to at one moment. */
export interface Accepted {
  /** What still counts as accepted, by the finding's id. */
  readonly valid: ReadonlyMap<string, Acceptance>;
  /** Entries that ended, and entries for nothing, in words. */
  readonly notes: readonly string[];
}

/**
 * What a baseline accepts now. An entry that has ended accepts nothing.
 *
 * @param found ids of everything that was found
 * @param whole whether everything was looked for: else nothing can be said of entries without a finding
 * @param now milliseconds since the epoch
 */
export function acceptedNow(
  baseline: readonly Acceptance[],
  {
    found,
    whole,
    now,
  }: { readonly found: ReadonlySet<string>; readonly whole: boolean; readonly now: number },
): Accepted {
  const valid = new Map<string, Acceptance>();
  const notes: string[] = [];
  for (const entry of baseline) {
    const { finding, what, owner, until } = entry;
    const ended = (instantOf(until) ?? 0) <= now;
    if (!found.has(finding)) {
      if (whole)
        notes.push(
          `The baseline accepts ${finding} (${what}), and there is no such finding. Remove the entry.`,
        );
    } else if (ended) {
      notes.push(`${what}: accepted by ${owner} until ${until}, which has passed. It counts again.`);
    } else valid.set(finding, entry);
  }
  return { valid, notes };
}
