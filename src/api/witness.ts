import { ApiFailure } from "./failure";
import type { Answer } from "./wire";

/** What it takes to tell one row of a list from another. */
export interface Witnessed<T> {
  /** What is listed, in words: `people`. */
  readonly name: string;
  readonly key: (row: T) => string;
  /** The whole list. @throws ApiFailure, NotWhole */
  readonly read: () => Promise<readonly T[]>;
}

/**
 * A whole list as the witness of an absence. Where errors are undocumented a gateway's 404 looks like Amplitude's own, so that an answer "no
 * such object" counts only where a whole list, read after it, lacks the object too. One list serves all doubts of a run.
 */
export class Witness<T> {
  readonly #list: Witnessed<T>;
  #rows: Promise<Map<string, T>> | undefined;
  #arrived = false;
  /** Keys that writes of ours have, or may have, changed since the list was read. */
  readonly #unsettled = new Set<string>();

  constructor(list: Witnessed<T>) {
    this.#list = list;
  }

  /**
   * The row that an answer says is not there. undefined: it is gone.
   * @throws ApiFailure where the list is older than the answer and has the row: nobody knows what it is now
   */
  async insteadOf(answer: Answer, key: string): Promise<T | undefined> {
    const listed = await this.#find(key);
    if (listed.row !== undefined && !listed.fresh) throw this.#contradiction(answer, key);
    return listed.row;
  }

  /**
   * Settles a deletion that was answered "no such object".
   * @throws ApiFailure unless the list lacks it too
   */
  async confirmGone(answer: Answer, key: string): Promise<void> {
    if (answer.repeated) this.wrote(key);
    const { row } = await this.#find(key).catch((error: unknown) => {
      const said = error instanceof Error ? error.message : String(error);
      throw answer.contradicted(
        `whether ${key} is gone is not known, the list of ${this.#list.name} could not be read (${said})`,
        "maybe",
      );
    });
    if (row !== undefined) throw this.#contradiction(answer, key);
    this.#unsettled.delete(key);
  }

  /** Whether the list lacks it. @throws ApiFailure, NotWhole */
  async lacks(key: string): Promise<boolean> {
    return (await this.#find(key)).row === undefined;
  }

  /** A newer whole list, read for another reason. */
  listed(rows: readonly T[]): void {
    if (this.#rows !== undefined) this.#rows = Promise.resolve(this.#byKey(rows));
    this.#unsettled.clear();
  }

  /** A write of ours has made it, or may have changed whether it is there. */
  wrote(key: string): void {
    this.#unsettled.add(key);
  }

  /** Runs a write that makes a row; a refusal leaves the list as true as it was. */
  async making<R>(keys: readonly string[], write: () => Promise<R>): Promise<R> {
    try {
      const made = await write();
      for (const key of keys) this.wrote(key);
      return made;
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.happened !== "no") for (const key of keys) this.wrote(key);
      throw error;
    }
  }

  async #find(key: string): Promise<{ readonly row: T | undefined; readonly fresh: boolean }> {
    if (this.#unsettled.has(key)) this.#rows = undefined;
    const fresh = this.#rows === undefined || !this.#arrived;
    if (this.#rows === undefined) {
      this.#unsettled.clear();
      this.#arrived = false;
      this.#rows = this.#list.read().then((rows) => this.#byKey(rows));
    }
    try {
      const rows = await this.#rows;
      this.#arrived = true;
      return { row: rows.get(key), fresh };
    } catch (error) {
      // What failed is asked again.
      this.#rows = undefined;
      throw error;
    }
  }

  #byKey(rows: readonly T[]): Map<string, T> {
    return new Map(rows.map((row) => [this.#list.key(row), row]));
  }

  #contradiction(answer: Answer, key: string): ApiFailure {
    return answer.contradicted(
      `the list of ${this.#list.name} has ${key} all the same, so that nobody knows whether Amplitude itself answered this`,
      "no",
    );
  }
}
