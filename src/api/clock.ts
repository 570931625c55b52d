/** Time as the client sees it. */
export interface Clock {
  /** Finds out what time it is; to be awaited before the first `now`. */
  start(): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** This machine's clock, or a test's. */
export function givenClock(now: () => number, sleep: (ms: number) => Promise<void>): Clock {
  return { start: () => Promise.resolve(), now, sleep };
}

/**
 * The emulator's clock: sleeping advances it, so that limits cost no time in tests and demo.
 * @param advance moves the emulator's clock on by whole seconds (0 only asks) and answers its time, milliseconds since 1970
 */
export function emulatorClock(advance: (seconds: number) => Promise<number>): Clock {
  let time = 0;
  let started: Promise<void> | undefined;
  const move = async (seconds: number): Promise<void> => {
    time = Math.max(time, await advance(seconds));
  };
  return {
    start: () => (started ??= move(0)),
    now: () => time,
    sleep: (ms) => move(Math.ceil(ms / 1000)),
  };
}
