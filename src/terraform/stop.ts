/** Core was asked to stop: what waits ends, what is in flight is finished, nothing new is sent. */
export class Stop {
  #asked = false;
  readonly #waiting = new Set<() => void>();

  get asked(): boolean {
    return this.#asked;
  }

  ask(): void {
    this.#asked = true;
    for (const end of this.#waiting) end();
  }

  /** Waits. Throws Stopped as soon as core asks to stop. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(stop);
        reject(new Stopped());
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(stop);
        resolve();
      }, ms);
      if (this.#asked) stop();
      else this.#waiting.add(stop);
    });
  }
}

/** A wait that was given up. */
export class Stopped extends Error {
  constructor() {
    super("Terraform was told to stop while this waited for its turn. Nothing was sent; run it again.");
    this.name = "Stopped";
  }
}
