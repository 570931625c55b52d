import { z } from "zod";
import { kindOf } from "../../resources";
import { canonicalJson, digest, type Json } from "../../schema";
import { entrySchema, foundSchema, policySchema, type Base, type BaseEntry } from "./base";
import type { Policy } from "../desired/declaration";
import { fileProblem } from "./sealed-file";

/** What one finished step changes in the base. */
export interface BaseChange {
  readonly set: Readonly<Record<string, BaseEntry>>;
  readonly forget: readonly string[];
  /** Canonical e-mails of people whom we removed. */
  readonly removed: readonly string[];
  /** When we invited somebody, RFC 3339, by canonical e-mail. */
  readonly invited?: Readonly<Record<string, string>>;
  /** What is around declarations when the run begins. */
  readonly found?: Base["found"];
  /** Canonical e-mails of leavers who are there when the run begins. */
  readonly met?: readonly string[];
  readonly policy?: Policy;
  /** By subject; null for one that is no longer stated. */
  readonly facts?: Readonly<Record<string, Json>>;
}

/** The base after some changes, in their order. */
export function changed(base: Base, changes: readonly BaseChange[]): Base {
  if (changes.length === 0) return base;
  const entries = new Map(Object.entries(base.entries));
  const [present, removed] = [new Set(base.present), new Set(base.removed)];
  const spent = new Set(base.spent);
  const invited = new Map(Object.entries(base.invited ?? {}));
  let { policy, found } = base;
  const facts = new Map(Object.entries(base.facts ?? {}));
  for (const change of changes) {
    for (const address of change.forget) {
      const gone = entries.get(address);
      if (gone !== undefined && kindOf(gone.kind)?.rotation !== undefined)
        spent.add(`${gone.kind} ${gone.key}`);
      entries.delete(address);
    }
    for (const [address, entry] of Object.entries(change.set)) entries.set(address, entry);
    for (const email of change.met ?? []) present.add(email);
    for (const email of change.removed) removed.add(email);
    for (const [email, at] of Object.entries(change.invited ?? {})) invited.set(email, at);
    policy = change.policy ?? policy;
    found = change.found ?? found;
    for (const [subject, stated] of Object.entries(change.facts ?? {})) {
      if (stated === null) facts.delete(subject);
      else facts.set(subject, stated as never);
    }
  }
  return {
    ...base,
    ...(policy === undefined ? {} : { policy }),
    ...(found === undefined ? {} : { found }),
    ...(facts.size === 0 && base.facts === undefined ? {} : { facts: Object.fromEntries(facts) }),
    ...(invited.size === 0 ? {} : { invited: Object.fromEntries(invited) }),
    ...(spent.size === 0 ? {} : { spent: [...spent].sort() }),
    entries: Object.fromEntries(entries),
    present: [...present],
    removed: [...removed],
  };
}

const FORMAT = { what: "journal of the base", format: "amplitude-access/base-journal", version: 1 };

const changeSchema = z.strictObject({
  set: z.record(z.string(), entrySchema),
  forget: z.array(z.string()),
  removed: z.array(z.string()),
  invited: z.record(z.string(), z.iso.datetime()).optional(),
  found: foundSchema.optional(),
  met: z.array(z.string()).optional(),
  policy: policySchema.optional(),
  facts: z.record(z.string(), z.json()).optional(),
});
const lineSchema = z.strictObject({ digest: z.string(), change: changeSchema });

/** First line of a journal: which base it continues. */
export function journalHead(base: Base): string {
  return `${JSON.stringify({ format: FORMAT.format, version: FORMAT.version, base: digest(base as unknown as Json) })}\n`;
}

/** One line per finished step, with a digest of its own: a run that is killed loses at most the line that it was writing. */
export function journalLine(change: BaseChange): string {
  return `${JSON.stringify({ digest: digest(change as unknown as Json), change })}\n`;
}

/**
 * The base with what a killed run had done. A journal of another base is one whose run was completed: it says nothing new.
 *
 * @throws DiagnosticError when a line was edited
 */
export function replayed(base: Base, journal: string, file: string): Base {
  const lines = journal.split("\n");
  // What follows the last newline was being written when the run ended.
  lines.pop();
  const [head, ...rest] = lines;
  if (head === undefined || `${head}\n` !== journalHead(base)) return base;
  return changed(
    base,
    rest.map((line, index) => parsedLine(line, file, index + 2)),
  );
}

function parsedLine(line: string, file: string, number: number): BaseChange {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw fileProblem(FORMAT, file, `Line ${number} is not JSON: it was edited`);
  }
  const parsed = lineSchema.safeParse(json);
  if (!parsed.success || digest(parsed.data.change as unknown as Json) !== parsed.data.digest) {
    throw fileProblem(FORMAT, file, `Line ${number} does not match its digest: it was edited`);
  }
  const { policy, facts, found, met, invited, ...change } = parsed.data.change;
  return {
    ...change,
    ...(facts === undefined ? {} : { facts }),
    ...(found === undefined ? {} : { found }),
    ...(met === undefined ? {} : { met }),
    ...(invited === undefined ? {} : { invited }),
    ...(policy === undefined ? {} : { policy: JSON.parse(canonicalJson(policy)) as Policy }),
  };
}
