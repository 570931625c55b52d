import { nextTry, type RetryRule } from "../../src/api/retry";
import { connected, type OtherSide } from "./connected";

type Asked = Parameters<RetryRule>[0];

/** Retry rules with one of them switched off: the property that stands on it must then fail. */
const without: Readonly<Record<string, RetryRule>> = {
  "a request that was told to wait is sent again": (state) => (isLimited(state) ? "stop" : nextTry(state)),
  "a create in doubt is not sent again": (state) =>
    nextTry(state.method === "POST" ? { ...state, method: "PUT" } : state),
  "a write that says what shall be is sent again": (state) => (state.reads ? nextTry(state) : "stop"),
  "what was refused is not sent again": (state) =>
    state.outcome.kind === "answer" && state.outcome.status === 403 && state.attempt < 3
      ? { retryAfterMs: 1000 }
      : nextTry(state),
  "it waits as long as it was told": (state) => {
    const next = nextTry(state);
    return next === "stop" ? next : { retryAfterMs: 1 };
  },
  "a request is given up": (state) => {
    const next = nextTry(state);
    return next === "stop" && state.attempt < 40 ? { retryAfterMs: 1000 } : next;
  },
};

const isLimited = ({ outcome }: Asked): boolean => outcome.kind === "answer" && outcome.status === 429;
const problem = (status: number, headers: Readonly<Record<string, string>> = {}): Response =>
  Response.json({ detail: "no" }, { status, headers });
const lost = (): never => {
  throw Object.assign(new TypeError("gone"), { code: "ECONNRESET" });
};

/** What one property looks at, on a client with some rule. */
async function seen(
  rule: RetryRule | undefined,
  otherSide: OtherSide,
  what: "invite" | "rename",
): Promise<{ done: boolean; sent: number; slept: number }> {
  const { api, received, slept } = connected(otherSide, rule === undefined ? {} : { retry: rule });
  const person = { email: "jo@nova.agency", givenName: "Jo" };
  const done = await (what === "invite" ? api.invite(person) : api.rename(person)).then(
    () => true,
    () => false,
  );
  const writes = received.filter(({ method }) => method !== "GET").length;
  return { done, sent: writes, slept: slept.reduce((sum, ms) => sum + ms, 0) };
}

const limitedOnce: OtherSide = (_, n) =>
  n === 1
    ? problem(429, { "Retry-After": "7" })
    : Response.json({ userName: "jo@nova.agency" }, { status: 201 });

describe("a retry rule", () => {
  it.each([
    [
      "a request that was told to wait is sent again",
      limitedOnce,
      "invite",
      { done: true, sent: 2, slept: 7000 },
    ],
    ["a create in doubt is not sent again", () => lost(), "invite", { done: false, sent: 1, slept: 0 }],
    [
      "a write that says what shall be is sent again",
      (_: unknown, n: number) => (n === 1 ? lost() : Response.json({ userName: "jo@nova.agency" })),
      "rename",
      { done: true, sent: 2 },
    ],
    ["what was refused is not sent again", () => problem(403), "rename", { done: false, sent: 1, slept: 0 }],
    ["it waits as long as it was told", limitedOnce, "invite", { done: true, sent: 2, slept: 7000 }],
    ["a request is given up", () => lost(), "rename", { done: false, sent: 4 }],
  ] as const)("%s; without it, that is seen", async (name, otherSide, what, expected) => {
    expect(await seen(undefined, otherSide, what)).toMatchObject(expected);
    expect(await seen(without[name], otherSide, what)).not.toMatchObject(expected);
  });
});
