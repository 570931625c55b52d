import { mayHaveHappened, nextTry, type Outcome } from "../../src/api/retry";

const now = Date.parse("2026-11-23T12:00:00Z");
const first = { attempt: 1, method: "GET", reads: true, waitedMs: 0, now, random: 0 };
const write = { ...first, reads: false };
const answer = (status: number, rest: { retryAfter?: string; retryAfterSeconds?: number } = {}): Outcome => ({
  kind: "answer",
  status,
  ...rest,
});

describe("whether a request is sent again", () => {
  it.each([
    ["GET", answer(429), true],
    ["GET", answer(500), true],
    ["GET", answer(503), true],
    ["GET", { kind: "timeout" }, true],
    ["GET", { kind: "reset" }, true],
    ["GET", { kind: "unreachable" }, false],
    ["GET", answer(400), false],
    ["GET", answer(401), false],
    ["GET", answer(403), false],
    ["GET", answer(404), false],
    ["GET", answer(302), false],
    ["GET", answer(501), false],
    ["PUT", answer(502), true],
    ["PATCH", { kind: "reset" }, true],
    ["DELETE", { kind: "timeout" }, true],
    ["DELETE", answer(409), false],
    ["POST", answer(429), true],
    ["POST", answer(500), false],
    ["POST", answer(503, { retryAfter: "1" }), false],
    ["POST", answer(408), false],
    ["POST", { kind: "timeout" }, false],
    ["POST", { kind: "reset" }, false],
    ["POST", { kind: "unreachable" }, false],
  ] as const)("%s after %j: %s", (method, outcome, again) => {
    const next = nextTry({ ...write, method, outcome, reads: method === "GET" });
    expect(next !== "stop").toBe(again);
  });

  it("repeats the audit log's POST like the read that it is", () => {
    expect(nextTry({ ...first, method: "POST", outcome: { kind: "timeout" } })).not.toBe("stop");
  });
});

describe("how long it waits", () => {
  it.each([
    ["the header's seconds", { retryAfter: "7" }, 7000],
    ["the header's date", { retryAfter: "Mon, 23 Nov 2026 12:00:42 GMT" }, 42_000],
    ["not at all for a date that has passed", { retryAfter: "Mon, 23 Nov 2026 11:00:00 GMT" }, 0],
    ["the body's seconds where there is no header", { retryAfterSeconds: 12 }, 12_000],
    ["the header's seconds before the body's", { retryAfter: "3", retryAfterSeconds: 12 }, 3000],
    ["the body's seconds where the header is no time", { retryAfter: "-5", retryAfterSeconds: 2 }, 2000],
    ["a backoff where neither says anything", {}, 500],
    ["a backoff where the body says nonsense", { retryAfterSeconds: -1 }, 500],
  ])("%s", (_, said, retryAfterMs) => {
    expect(nextTry({ ...first, outcome: answer(429, said) })).toEqual({ retryAfterMs });
  });

  it("doubles the backoff up to 30 seconds, the upper half of each at random", () => {
    const range = (attempt: number): unknown[] =>
      [0, 0.999999].map((random) => nextTry({ ...first, attempt, random, outcome: answer(429) }));
    expect([1, 2, 3, 6, 9].map(range)).toEqual([
      [{ retryAfterMs: 500 }, { retryAfterMs: 1000 }],
      [{ retryAfterMs: 1000 }, { retryAfterMs: 2000 }],
      [{ retryAfterMs: 2000 }, { retryAfterMs: 4000 }],
      [{ retryAfterMs: 15_000 }, { retryAfterMs: 30_000 }],
      [{ retryAfterMs: 15_000 }, { retryAfterMs: 30_000 }],
    ]);
  });
});

describe("when it gives up", () => {
  it.each([
    ["the fourth attempt in doubt", { attempt: 4, outcome: answer(503) }],
    ["the tenth attempt at a limit", { attempt: 10, outcome: answer(429, { retryAfter: "0" }) }],
    ["a wait that is longer than its patience", { outcome: answer(429, { retryAfter: "301" }) }],
    [
      "waits that add up to more than five minutes",
      { waitedMs: 290_000, outcome: answer(429, { retryAfter: "11" }) },
    ],
  ])("%s", (_, state) => {
    expect(nextTry({ ...first, ...state })).toBe("stop");
  });

  it("does not while it is within them", () => {
    expect(
      nextTry({ ...first, attempt: 9, waitedMs: 290_000, outcome: answer(429, { retryAfter: "10" }) }),
    ).toEqual({ retryAfterMs: 10_000 });
  });
});

describe("whether a write that ended so may have happened", () => {
  it.each([
    [{ kind: "timeout" }, true],
    [{ kind: "reset" }, true],
    [{ kind: "unreachable" }, false],
    [answer(303), true],
    [answer(400), false],
    [answer(408), true],
    [answer(409), false],
    [answer(429), false],
    [answer(500), true],
  ] as const)("%j: %s", (outcome, maybe) => {
    expect(mayHaveHappened(outcome)).toBe(maybe);
  });
});
