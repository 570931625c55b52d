/** The emulator's time: the machine's, or one that moves only when it is told to. */
export interface Clock {
  readonly virtual: boolean;
  /** Milliseconds since 1970. */
  now(): number;
  /** RFC 3339 in UTC with milliseconds. */
  iso(): string;
  /** Moves a virtual clock forward; throws on a real one. */
  advance(seconds: number): void;
  /** Makes the clock a virtual one that stands at `at`. */
  set(at: number): void;
  /** Lets `milliseconds` pass: waits on a real clock; a virtual one moves by itself, so that nobody waits. */
  pass(milliseconds: number): Promise<void>;
}

/**
 * A clock; virtual from `start` (milliseconds since 1970) where that is given. `real` is where a real clock
 * reads the time.
 */
export function createClock(start: number | undefined, real: () => number = Date.now): Clock {
  let standing = start;
  const now = (): number => standing ?? real();
  return {
    get virtual() {
      return standing !== undefined;
    },
    now,
    iso: () => new Date(now()).toISOString(),
    advance(seconds) {
      if (standing === undefined) throw new Error("The clock is a real one: it cannot be advanced.");
      standing += Math.round(seconds * 1000);
    },
    set(at) {
      standing = at;
    },
    async pass(milliseconds) {
      if (standing !== undefined) standing += milliseconds;
      else await new Promise((resolve) => setTimeout(resolve, milliseconds));
    },
  };
}
