import { budgetOf, ourShare } from "../../src/api/budget";
import { givenClock } from "../../src/api/clock";

function virtual(limit: number) {
  let time = 1_000_000;
  const waits: string[] = [];
  const clock = givenClock(
    () => time,
    (ms) => {
      time += ms;
      return Promise.resolve();
    },
  );
  const budget = budgetOf("core.amplitude.com", limit, clock, (seconds, why) =>
    waits.push(`${seconds} s: ${why}`),
  );
  return { budget, waits, elapsed: () => time - 1_000_000, pass: (ms: number) => (time += ms) };
}

describe("the request budget of a host", () => {
  it.each([
    [0.3, 70],
    [0, 100],
    [0.42, 58],
    [0.999, 1],
  ])("leaves %d of SCIM's 100 a minute to the identity provider: %d are ours", (share, ours) => {
    expect(ourShare(share)).toBe(ours);
  });

  it("never starts more than the limit in any minute, however they come", async () => {
    const { budget, elapsed, pass } = virtual(7);
    const starts: number[] = [];
    for (let i = 0; i < 60; i++) {
      await budget.take();
      starts.push(elapsed());
      pass((i * 7919) % 11_000);
    }
    for (const start of starts) {
      expect(starts.filter((other) => other > start - 60_000 && other <= start).length).toBeLessThanOrEqual(
        7,
      );
    }
  });

  it("waits exactly until the oldest of a full minute is a minute old", async () => {
    const { budget, waits, elapsed, pass } = virtual(2);
    await budget.take();
    pass(20_000);
    await budget.take();
    await budget.take();
    expect(elapsed()).toBe(60_000);
    await budget.take();
    expect(elapsed()).toBe(80_000);
    expect(waits).toEqual([
      expect.stringContaining("40 s: core.amplitude.com: 2 requests a minute are ours"),
      expect.stringContaining("20 s: core.amplitude.com"),
    ]);
  });

  it("gives turns in the order in which they were asked for", async () => {
    const { budget } = virtual(2);
    const order: number[] = [];
    await Promise.all([0, 1, 2, 3, 4, 5, 6].map((n) => budget.take().then(() => order.push(n))));
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("gives nobody a turn while the other side asked for silence", async () => {
    const { budget, elapsed, waits } = virtual(70);
    budget.hold(5000);
    budget.hold(2000);
    await budget.take();
    expect(elapsed()).toBe(5000);
    expect(waits).toEqual(["5 s: core.amplitude.com asks to wait (429)"]);
  });

  it("goes on after somebody gave up waiting", async () => {
    let time = 0;
    let interrupted = true;
    const sleep = (ms: number): Promise<void> => {
      if (interrupted) return Promise.reject(new Error("interrupted"));
      time += ms;
      return Promise.resolve();
    };
    const budget = budgetOf(
      "h",
      1,
      givenClock(() => time, sleep),
      () => undefined,
    );
    await budget.take();
    await expect(budget.take()).rejects.toThrow("interrupted");
    interrupted = false;
    await expect(budget.take()).resolves.toBeUndefined();
    expect(time).toBe(60_000);
  });
});
