/** Undoes one change. */
export type Undo = () => void;

/** A map laid over a look-up that stays as it is. Every change leaves its undo in the journal, which overlays share. */
export class Overlay<K, V> {
  readonly #changed = new Map<K, V | undefined>();
  readonly #below: (key: K) => V | undefined;
  readonly #journal: Undo[];

  constructor(below: (key: K) => V | undefined, journal: Undo[]) {
    this.#below = below;
    this.#journal = journal;
  }

  /** Whether what lies below no longer holds for this key. */
  covers(key: K): boolean {
    return this.#changed.has(key);
  }

  get(key: K): V | undefined {
    return this.#changed.has(key) ? this.#changed.get(key) : this.#below(key);
  }

  /** undefined removes the key. */
  set(key: K, value: V | undefined): void {
    const covered = this.#changed.has(key);
    const previous = this.#changed.get(key);
    this.#changed.set(key, value);
    this.#journal.push(() => {
      if (covered) this.#changed.set(key, previous);
      else this.#changed.delete(key);
    });
  }

  /** Replaces a value by one that says the same (a private copy): nothing to undo. */
  substitute(key: K, value: V): void {
    this.#changed.set(key, value);
  }

  /** Values that were set and not removed since. */
  *added(): Iterable<V> {
    for (const value of this.#changed.values()) {
      if (value !== undefined) yield value;
    }
  }

  /** Keys that were set and not removed since. */
  *addedKeys(): Iterable<K> {
    for (const [key, value] of this.#changed) {
      if (value !== undefined) yield key;
    }
  }

  /** Both, of keys that were set and not removed since. */
  *addedEntries(): Iterable<readonly [K, V]> {
    for (const [key, value] of this.#changed) {
      if (value !== undefined) yield [key, value];
    }
  }
}
