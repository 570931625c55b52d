import { open, readdir, stat, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { Sent } from "../api";
import {
  parseReceipt,
  ReceiptLines,
  type Receipt,
  type ReceiptEnd,
  type ReceiptHead,
  type Step,
  type StepResult,
} from "../reconcile";
import { DiagnosticError, problem } from "../schema";
import { makePrivateFolder, readNeeded, unusable } from "./private-file";

const SUFFIX = ".receipt.jsonl";

/** The receipt of one run: a line per finished step, on disk before the next request is sent. It proves nothing to anybody and carries no authority. */
export class Evidence {
  readonly #lines = new ReceiptLines();
  readonly #path: string;
  #file: FileHandle | undefined;
  /** Requests for several steps that were refused, by each of the steps. */
  readonly #shared = new Map<string, readonly Sent[]>();

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** Called before the first write to Amplitude: what leaves no evidence must not be done. Throws DiagnosticError. */
  static async start(folder: string, head: ReceiptHead): Promise<Evidence> {
    try {
      await makePrivateFolder(folder);
      const { path, file } = await create(folder, head);
      const evidence = new Evidence(path, file);
      try {
        await evidence.#write(evidence.#lines.head(head));
      } catch (error) {
        await evidence.close();
        throw error;
      }
      return evidence;
    } catch (error) {
      throw error instanceof DiagnosticError ? error : unusable("write", folder, error);
    }
  }

  /** What was sent for steps that have not ended by it. */
  keep(steps: readonly Step[], sent: readonly Sent[]): void {
    for (const { id } of steps) this.#shared.set(id, [...(this.#shared.get(id) ?? []), ...sent]);
  }

  /** Steps that have ended, with what was sent for them. */
  async add(results: readonly StepResult[], sent: readonly Sent[], at: string): Promise<void> {
    const lines = results.map(({ step, outcome, said }) => {
      const all = [...(this.#shared.get(step.id) ?? []), ...sent];
      const requests = all.map(({ at: _at, ...request }) => request);
      return this.#lines.step({
        step: step.id,
        text: step.text,
        outcome,
        ...(said === undefined ? {} : { said }),
        at: sent.at(-1)?.at ?? at,
        requests: step.actor === "write" && (outcome === "done" || outcome === "failed") ? requests : [],
      });
    });
    if (lines.length > 0) await this.#write(lines.join(""));
  }

  async end(end: ReceiptEnd): Promise<void> {
    await this.#write(this.#lines.end(end));
    await this.close();
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  async #write(text: string): Promise<void> {
    try {
      await this.#file?.writeFile(text);
      await this.#file?.sync();
    } catch (error) {
      throw unusable("write", this.#path, error);
    }
  }
}

async function create(
  folder: string,
  { startedAt, plan }: ReceiptHead,
): Promise<{ path: string; file: FileHandle }> {
  const name = `${startedAt.replaceAll(/[:.]/g, "-")}-${plan.slice(0, 12)}`;
  for (let count = 1; ; count++) {
    const path = join(folder, `${name}${count === 1 ? "" : `-${count}`}${SUFFIX}`);
    try {
      return { path, file: await open(path, "wx", 0o600) };
    } catch (error) {
      if ((error as { code?: unknown }).code !== "EEXIST") throw error;
    }
  }
}

/** A run that was killed before its first line was whole has done nothing. */
const isEmpty = (text: string): boolean => !text.includes("\n");

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Every receipt of an organization that can be believed, and what cannot, in words. No folder: nothing was done with evidence. */
export async function receiptsOf(
  folder: string,
  organization: ReceiptHead["organization"],
): Promise<{ readonly receipts: readonly Receipt[]; readonly notes: readonly string[] }> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    throw unusable("read", folder, error);
  }
  const receipts: Receipt[] = [];
  const notes: string[] = [];
  for (const name of names.filter((found) => found.endsWith(SUFFIX)).sort()) {
    const path = join(folder, name);
    try {
      const text = await readNeeded(path, "receipt");
      if (isEmpty(text)) continue;
      const receipt = parseReceipt(text, path);
      const { orgId, host } = receipt.head.organization;
      if (orgId === organization.orgId && host === organization.host) receipts.push(receipt);
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      notes.push(`IGNORED, nothing is explained by it: ${error.message}`);
    }
  }
  return { receipts, notes };
}

/** The latest receipt of an organization in a folder. Throws DiagnosticError when there is none, or it was edited. */
export async function latestReceipt(
  folder: string,
  organization: ReceiptHead["organization"],
): Promise<Receipt> {
  const names = await readdir(folder).catch(() => []);
  const receipts: { readonly receipt: Receipt; readonly writtenAt: number }[] = [];
  for (const name of names.filter((found) => found.endsWith(SUFFIX)).sort()) {
    const path = join(folder, name);
    const text = await readNeeded(path, "receipt");
    if (isEmpty(text)) continue;
    const receipt = parseReceipt(text, path);
    const { orgId, host } = receipt.head.organization;
    if (orgId === organization.orgId && host === organization.host)
      receipts.push({ receipt, writtenAt: (await stat(path)).mtimeMs });
  }
  // Of two that began in the same moment the one that was written last.
  const latest = receipts
    .sort((a, b) => byText(a.receipt.head.startedAt, b.receipt.head.startedAt) || a.writtenAt - b.writtenAt)
    .at(-1);
  if (latest !== undefined) return latest.receipt;
  throw new DiagnosticError([
    problem(
      `There is nothing to resume in ${folder}`,
      `It holds no receipt of organization ${organization.orgId} on ${organization.host}. Run apply with --evidence first.`,
    ),
  ]);
}
