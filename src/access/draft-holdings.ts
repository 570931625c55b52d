import { principalKey, type Principal } from "./organization";
import { Overlay, type Undo } from "./overlay";

/** What lies below a draft's rows. */
export interface HoldingsBelow<T> {
  all(): Iterable<T>;
  of(principal: Principal): readonly T[];
}

/** The rows of a draft that somebody holds on a project: its grants, its modules. */
export class DraftHoldings<T extends { readonly principal: Principal; readonly projectId: string }> {
  readonly #below: HoldingsBelow<T>;
  readonly #rows: Overlay<string, readonly T[]>;

  constructor(below: HoldingsBelow<T>, journal: Undo[]) {
    this.#below = below;
    // What is not covered is asked for by `of`, which knows the principal.
    this.#rows = new Overlay<string, readonly T[]>(() => undefined, journal);
  }

  *all(): Iterable<T> {
    for (const row of this.#below.all()) {
      if (!this.#rows.covers(principalKey(row.principal))) yield row;
    }
    for (const rows of this.#rows.added()) yield* rows;
  }

  of(principal: Principal): readonly T[] {
    const key = principalKey(principal);
    return this.#rows.covers(key) ? (this.#rows.get(key) ?? []) : this.#below.of(principal);
  }

  /** Adds a row; the principal's rows that it replaces are given. */
  put(row: T, replaces: (other: T) => boolean): void {
    const others = this.of(row.principal).filter((other) => !replaces(other));
    this.#rows.set(principalKey(row.principal), [...others, row]);
  }

  /** Drops the principal's rows of which this is true. */
  drop(principal: Principal, gone: (row: T) => boolean): void {
    const rows = this.of(principal);
    const others = rows.filter((row) => !gone(row));
    if (others.length < rows.length) this.#rows.set(principalKey(principal), others);
  }
}
