import * as fc from "fast-check";
import { people } from "./world";

/** A fault that is armed; a timeout is made by the harness of the trial, so that nobody waits for it. */
export type Faulty = Readonly<Record<string, unknown>> & {
  readonly match: { readonly method: string; readonly path?: string };
  readonly times: number;
  readonly skip: number;
  readonly fault: Readonly<Record<string, unknown>> & { readonly type: string };
};

/** Somebody else does something before a request of ours. */
export interface Event {
  /** Before which request, or which write. */
  readonly at: number;
  readonly of: "requests" | "writes";
  /** Who is moved to where they belong, at the identity provider; nobody: its sync alone. */
  readonly moves?: string | undefined;
  readonly syncs: boolean;
}

/** Everything that happens around a run. */
export interface Trouble {
  readonly faults: readonly Faulty[];
  readonly events: readonly Event[];
  /** The process dies at these writes, before or after they take effect. */
  readonly crashes: readonly { readonly at: number; readonly after: boolean }[];
  /** Whether guards are opened from the beginning. */
  readonly opens: boolean;
  /** Whether the first runs wait for others, who do all of their part meanwhile. */
  readonly waits: boolean;
  /**
   * The first run alone, again after each death; or resumed under its approval once others have done something; or two at once, from two
   * machines with a base each.
   */
  readonly runs: "alone" | "resumed" | "together";
  /** Before it is resumed: whom the identity provider moves to where they belong, and whom away from there. */
  readonly between: { readonly moves: readonly string[]; readonly beyond: string | undefined };
  /** Only where the trial itself is tried: somebody takes them out by hand before it is resumed. */
  readonly takesOut?: string;
  /** Only where the trial itself is tried: the base is not written before a process ends. */
  readonly forgets?: true;
  /** Two at once: how long each request of theirs is held up, in turns, again and again. */
  readonly turns: readonly number[];
}

const when = fc.constantFrom("before", "after");
const fault: fc.Arbitrary<Faulty["fault"]> = fc.oneof(
  fc.constant({ type: "status", status: 429 }),
  fc.constant({ type: "status", status: 429, retryAfter: 7 }),
  when.map((moment) => ({ type: "status", status: 500, when: moment })),
  when.map((moment) => ({ type: "reset", when: moment })),
  when.map((moment) => ({ type: "timeout", when: moment })),
  fc.constant({ type: "short-page", drop: 1 }),
  fc.constantFrom(1, 2).map((writes) => ({ type: "stale-read", writes })),
  fc.constant({ type: "latency", ms: 2500 }),
);
const method = fc.constantFrom("*", "GET", "POST", "PATCH", "PUT", "DELETE");

export const trouble: fc.Arbitrary<Trouble> = fc.record({
  faults: fc.array(
    fc.record({
      match: fc.record({ method }),
      times: fc.constantFrom(1, 1, 1, 2, 5, 12),
      skip: fc.nat({ max: 12 }),
      fault,
    }),
    { maxLength: 3 },
  ),
  events: fc.array(
    fc.record({
      at: fc.nat({ max: 15 }),
      of: fc.constantFrom("requests", "writes", "writes"),
      moves: fc.option(fc.constantFrom(...people), { nil: undefined, freq: 3 }),
      syncs: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  crashes: fc.array(fc.record({ at: fc.nat({ max: 12 }), after: fc.boolean() }), { maxLength: 2 }),
  opens: fc.boolean(),
  waits: fc.boolean(),
  runs: fc.oneof(
    { weight: 6, arbitrary: fc.constant("alone" as const) },
    { weight: 1, arbitrary: fc.constant("resumed" as const) },
    { weight: 1, arbitrary: fc.constant("together" as const) },
  ),
  between: fc.record({
    moves: fc.subarray(people, { minLength: 2 }),
    beyond: fc.option(fc.constantFrom(...people), { nil: undefined, freq: 1 }),
  }),
  turns: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 8 }),
});

/** Nothing goes wrong. */
export const calm: Trouble = {
  faults: [],
  events: [],
  crashes: [],
  opens: true,
  waits: false,
  runs: "alone",
  between: { moves: [], beyond: undefined },
  turns: [0],
};
