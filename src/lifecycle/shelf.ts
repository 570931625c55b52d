import { NotWhole } from "../api";
import { OurWrites } from "./our-writes";

/** Where the rows of one collection come from. */
export interface Source<T> {
  /** All of them. Awaits `pace` before every page but the first. */
  readonly list: (pace: () => Promise<void>) => Promise<readonly T[]>;
  /** A row's key; without it, and without `one`, rows are only ever read together. */
  readonly key?: (row: T) => string;
  /** @param proof the whole list, for an absence that is to be proved; `unproved`: none is needed */
  readonly one?: (key: string, proof: Proof<T>) => Promise<T | undefined>;
}

/** What an absence rests on where one answer proves none: `SingleOptions` of the API says when. */
export type Proof<T> = "unproved" | (() => Promise<readonly T[]>);

interface Waiting<T> {
  readonly key: string;
  readonly proof: Proof<T>;
  readonly resolve: (rows: readonly T[]) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * One collection, read as cheaply as can be said beforehand: nobody knows how many rows will be asked for, nor how many pages the list has. So every
 * row that is read singly allows one more page of the list to be read beside it; once the list is whole, it answers everything. Neither
 * ever costs more than the other, so the two never cost more than twice the cheaper one.
 */
export class Shelf<T> {
  readonly #source: Source<T>;
  readonly #writes: OurWrites;
  #whole: ReadonlyMap<string, T> | undefined;
  #rows: readonly T[] | undefined;
  #listing: Promise<void> | undefined;
  #permits: (() => void)[] = [];
  #allowed = 0;
  #unpaced = false;
  #listFails = false;
  #single = new Map<string, Promise<readonly T[]>>();
  /** Rows that were written since the list was read. */
  #stale = new Set<string>();
  #waiting: Waiting<T>[] = [];
  #pumping = false;
  #reads = 0;

  constructor(source: Source<T>, writes = new OurWrites()) {
    this.#source = source;
    this.#writes = writes;
  }

  /** Every row. `asListed`: as they were when they were listed, although some have been written since. */
  async all(asListed = false): Promise<readonly T[]> {
    if (!asListed && this.#rows !== undefined && this.#stale.size > 0) this.#drop();
    this.#unpaced = true;
    this.#permits.splice(0).forEach((go) => go());
    const { begun, inFlight } = this.#writes;
    try {
      await this.#list();
    } catch (error) {
      // What of ours was in flight, or has begun since, has changed it.
      if (!(error instanceof NotWhole) || (inFlight === 0 && begun === this.#writes.begun)) throw error;
      await this.#writes.still(() => this.#list());
    }
    return this.#rows ?? [];
  }

  /** The row of a key, or none. `unproved`: whoever asks is about to make it, and Amplitude refuses a second one. */
  async one(key: string, unproved = false): Promise<readonly T[]> {
    if (this.#source.one === undefined || this.#source.key === undefined) return this.all();
    if (!this.#stale.has(key) && this.#whole !== undefined) return this.#onShelf(key);
    const known = this.#single.get(key);
    if (known !== undefined) return known;
    const proof: Proof<T> = unproved ? "unproved" : () => this.all();
    const read =
      this.#stale.has(key) || this.#whole !== undefined
        ? this.#read(key, proof)
        : new Promise<readonly T[]>((resolve, reject) => {
            this.#waiting.push({ key, proof, resolve, reject });
            void this.#pump();
          });
    this.#single.set(key, read);
    const forget = (): void => void this.#single.delete(key);
    // What failed is asked again, and so is what nothing proved.
    read.then((rows) => {
      if (unproved && rows.length === 0) forget();
    }, forget);
    return read;
  }

  /** A row was written, or, without a key, any of them. */
  forget(key: string | undefined): void {
    if (key === undefined) return this.#drop();
    this.#single.delete(key);
    this.#stale.add(key);
  }

  #drop(): void {
    this.#whole = undefined;
    this.#rows = undefined;
    this.#listing = undefined;
    this.#single.clear();
    this.#stale.clear();
  }

  #onShelf(key: string): readonly T[] {
    const row = this.#whole?.get(key);
    return row === undefined ? [] : [row];
  }

  async #read(key: string, proof: Proof<T>): Promise<readonly T[]> {
    this.#reads++;
    const row = await this.#source.one?.(key, proof);
    return row === undefined ? [] : [row];
  }

  /** One row singly and one page of the list, and again, until nobody waits. */
  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    // Calls that arrive together are one round.
    await Promise.resolve();
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (this.#whole !== undefined && !this.#stale.has(next.key)) {
        next.resolve(this.#onShelf(next.key));
        continue;
      }
      const page = this.#reads > 0 || this.#waiting.length > 0 ? this.#nextPage() : undefined;
      const { key, proof, resolve, reject } = next;
      await Promise.all([this.#read(key, proof).then(resolve, reject), page]);
    }
    this.#pumping = false;
  }

  /** Lets the list go on by one page. Settles when that has arrived, or when the list has ended in whatever way. */
  async #nextPage(): Promise<void> {
    if (this.#listFails) return;
    this.#allowed++;
    const arrived = new Promise<void>((resolve) => (this.#pageArrived = resolve));
    const listing = this.#list().catch(() => {
      // Whoever needs all of it is told why; single rows are still to be had.
      this.#listFails = true;
    });
    this.#permits.shift()?.();
    await Promise.race([arrived, listing]);
  }

  #pageArrived: () => void = () => undefined;

  async #list(): Promise<void> {
    this.#listing ??= this.#readList();
    try {
      await this.#listing;
    } catch (error) {
      this.#listing = undefined;
      throw error;
    }
  }

  async #readList(): Promise<void> {
    let pages = 1;
    const rows = await this.#source.list(async () => {
      pages++;
      this.#pageArrived();
      if (this.#unpaced || pages <= this.#allowed) return;
      await new Promise<void>((go) => this.#permits.push(go));
    });
    const { key } = this.#source;
    this.#rows = rows;
    this.#whole = new Map(key === undefined ? [] : rows.map((row) => [key(row), row]));
  }
}
