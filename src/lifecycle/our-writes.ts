/** Our own writes, side by side: a list that they change while it is read is read again while they stand still. */
export class OurWrites {
  readonly #inFlight = new Set<Promise<unknown>>();
  #still: Promise<unknown> | undefined;
  /** Writes so far. */
  begun = 0;

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Writes as soon as nothing is read that it would change. */
  async run<T>(write: () => Promise<T>): Promise<T> {
    while (this.#still !== undefined) await this.#still;
    this.begun++;
    const writing = write();
    this.#inFlight.add(writing);
    try {
      return await writing;
    } finally {
      this.#inFlight.delete(writing);
    }
  }

  /** Reads when what is in flight has ended; no other write begins before that is done. */
  async still<T>(read: () => Promise<T>): Promise<T> {
    while (this.#still !== undefined) await this.#still;
    const reading = Promise.allSettled(this.#inFlight).then(read);
    const over = reading.then(
      () => undefined,
      () => undefined,
    );
    this.#still = over;
    try {
      return await reading;
    } finally {
      this.#still = undefined;
    }
  }
}
