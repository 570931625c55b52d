import type { FileHandle } from "node:fs/promises";
import {
  baseText,
  emptyBase,
  journalHead,
  journalLine,
  parseBase,
  replayed,
  type Base,
  type BaseChange,
} from "../reconcile";
import { takeLock } from "./lock-file";
import { OtherRun } from "./other-run";
import { openPrivate, readIfThere, removeFile, unusable, writePrivate } from "./private-file";

/** The base of one organization on disk: a sealed file, and beside it the journal of the run that is going on. */
export class BaseFile {
  readonly #path: string | undefined;
  #journal: FileHandle | undefined;
  /** Lets another run have the base. */
  #lock: (() => Promise<void>) | undefined;

  private constructor(
    path: string | undefined,
    readonly base: Base,
    /** Whether an earlier run left one: without it, deletions cannot be seen. */
    readonly isKnown: boolean,
  ) {
    this.#path = path;
  }

  /**
   * Reads the base, with what a run that was killed had done.
   *
   * @param path undefined where nothing is to be remembered
   * @throws DiagnosticError when a file is there and cannot be used
   */
  static async load(path: string | undefined, organization: Base["organization"]): Promise<BaseFile> {
    const text = path === undefined ? undefined : await readIfThere(path);
    if (path === undefined || text === undefined) return new BaseFile(path, emptyBase(organization), false);
    const journal = await readIfThere(journalOf(path));
    const base = parseBase(text, path, organization);
    return new BaseFile(path, journal === undefined ? base : replayed(base, journal, journalOf(path)), true);
  }

  /** Called before the first write to Amplitude: what cannot be remembered must not be done. Throws DiagnosticError. */
  async start(): Promise<void> {
    if (this.#path === undefined) return;
    this.#lock = await takeLock(`${this.#path}.lock`);
    // Another run may have gone by while this one was looked at.
    const now = await BaseFile.load(this.#path, this.base.organization);
    if (baseText(now.base) !== baseText(this.base)) throw movedBase(this.#path);
    await writePrivate(this.#path, baseText(this.base));
    const journal = journalOf(this.#path);
    try {
      this.#journal = await openPrivate(journal);
      await this.#journal.writeFile(journalHead(this.base));
      await this.#journal.sync();
    } catch (error) {
      throw unusable("write", journal, error);
    }
  }

  /** Remembers finished steps; they are on disk when it returns. */
  async append(changes: readonly BaseChange[]): Promise<void> {
    if (this.#journal === undefined || changes.length === 0) return;
    await this.#journal.writeFile(changes.map(journalLine).join(""));
    await this.#journal.sync();
  }

  /** The run is over: one file says it all. */
  async settle(base: Base): Promise<void> {
    if (this.#path === undefined) return;
    await writePrivate(this.#path, baseText(base));
    await this.#journal?.close();
    this.#journal = undefined;
    await removeFile(journalOf(this.#path));
  }

  async close(): Promise<void> {
    await this.#journal?.close();
    this.#journal = undefined;
    await this.#lock?.();
    this.#lock = undefined;
  }
}

const journalOf = (path: string): string => `${path}.journal`;

function movedBase(path: string): OtherRun {
  return new OtherRun(
    `The base ${path} was changed by another run`,
    "Nothing was written. Run again, and look at the plan that follows from it.",
  );
}
