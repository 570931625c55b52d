import { z } from "zod";
import { digest, type Json } from "../../schema";
import type { ApprovedSteps, SeenStep } from "../approval/approval";
import { shownTo } from "../approval/consequence";
import { fileProblem, type FileFormat } from "../base/sealed-file";

const FORMAT: FileFormat = { what: "receipt", format: "amplitude-access/receipt", version: 1 };

const headSchema = z.strictObject({
  format: z.literal(FORMAT.format),
  version: z.literal(FORMAT.version),
  organization: z.strictObject({ orgId: z.string(), host: z.string() }),
  stacks: z.array(z.string()),
  /** Digest of the plan that this run made, and those of the plans that were approved. */
  plan: z.string(),
  approvedPlans: z.array(z.string()),
  /** Digest of the organization as it was read before the first write. */
  before: z.string(),
  startedAt: z.string(),
  /** Guards that were opened, by whom and why. */
  opened: z.array(z.record(z.string(), z.unknown())),
  /** What may run, with the facts that were seen: a resumed run goes on with it. */
  approved: z.array(
    z.strictObject({
      id: z.string(),
      actor: z.enum(["write", "idp", "invitee", "hand", "record"]),
      text: z.string(),
      facts: z.record(z.string(), z.unknown()),
      notBefore: z.string().optional(),
    }),
  ),
  /** What of people's access was shown with it; left out where several plans were approved. */
  shown: z.array(z.record(z.string(), z.json())).optional(),
});

/** First line of a receipt. */
export type ReceiptHead = Omit<z.infer<typeof headSchema>, "format" | "version">;

/** One step, when it has ended. */
export interface ReceiptStep {
  readonly step: string;
  readonly text: string;
  readonly outcome: string;
  readonly said?: string;
  /** RFC 3339. */
  readonly at: string;
  /** What was sent for it, or for the request that it shared. */
  readonly requests: readonly {
    readonly request: string;
    readonly status?: number;
    readonly requestId?: string;
  }[];
}

/** Last line: how the run ended. */
export interface ReceiptEnd {
  readonly endedAt: string;
  /** Digest of the organization as it was read at the end. */
  readonly after: string;
  readonly left: readonly string[];
  readonly exitCode: number;
}

/** Receipt lines, one JSON text each; every line has a digest over itself and the line before it, so that none can be changed or left out alone. */
export class ReceiptLines {
  #previous = "";

  head(head: ReceiptHead): string {
    return this.#line({ format: FORMAT.format, version: FORMAT.version, ...head });
  }

  step(step: ReceiptStep): string {
    return this.#line(step);
  }

  end(end: ReceiptEnd): string {
    return this.#line(end);
  }

  #line(content: object): string {
    const plain = JSON.parse(JSON.stringify(content)) as Json;
    this.#previous = digest({ previous: this.#previous, content: plain });
    return `${JSON.stringify({ content: plain, digest: this.#previous })}\n`;
  }
}

/** What a receipt says. A run that was killed leaves no end, and perhaps half a line, which is dropped. */
export interface Receipt {
  readonly head: ReceiptHead;
  readonly steps: readonly ReceiptStep[];
  readonly end?: ReceiptEnd;
}

const lineSchema = z.strictObject({ content: z.record(z.string(), z.json()), digest: z.string() });

/** Reads a receipt. Throws DiagnosticError when a line was edited or left out. */
export function parseReceipt(text: string, file: string): Receipt {
  const lines = text.split("\n");
  // What follows the last newline was being written when the run ended.
  lines.pop();
  let previous = "";
  const contents = lines.map((line, index) => {
    const parsed = lineSchema.safeParse(jsonOf(line));
    if (!parsed.success) throw fileProblem(FORMAT, file, `Line ${index + 1} was edited`);
    const { content, digest: stated } = parsed.data;
    previous = digest({ previous, content });
    if (previous !== stated)
      throw fileProblem(FORMAT, file, `Line ${index + 1} does not match its digest: it was edited`);
    return content;
  });
  const [first, ...rest] = contents;
  const head = headSchema.safeParse(first);
  if (!head.success) throw fileProblem(FORMAT, file, "It has no first line that says what it is");
  const { format: _format, version: _version, ...said } = head.data;
  const last = rest.at(-1);
  const isEnd = last !== undefined && "endedAt" in last;
  return {
    head: said,
    steps: (isEnd ? rest.slice(0, -1) : rest) as unknown as ReceiptStep[],
    ...(isEnd ? { end: last as unknown as ReceiptEnd } : {}),
  };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Steps as a receipt keeps them. */
export function receiptSteps(approved: ApprovedSteps): ReceiptHead["approved"] {
  return [...approved.values()].flat().map(({ id, actor, text, facts, notBefore }) => ({
    id,
    actor,
    text,
    facts: JSON.parse(JSON.stringify(facts)) as Record<string, unknown>,
    ...(notBefore === undefined ? {} : { notBefore }),
  }));
}

/** What of people's access was shown with them, as a receipt keeps it. */
export function receiptShown(approved: ApprovedSteps): Pick<ReceiptHead, "shown"> {
  const shown = shownTo(approved);
  return shown === undefined
    ? {}
    : { shown: JSON.parse(JSON.stringify(shown)) as NonNullable<ReceiptHead["shown"]> };
}

/** What the run of a receipt was approved for. */
export function approvedInReceipt({ approved, shown: people }: ReceiptHead): ApprovedSteps {
  const shown = people as SeenStep["shown"];
  const steps = new Map<string, SeenStep[]>();
  for (const step of approved)
    steps.set(step.id, [...(steps.get(step.id) ?? []), { ...(step as SeenStep), shown }]);
  return steps;
}
