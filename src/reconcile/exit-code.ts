/** What a run ended as. Several may hold; the first of this order decides the exit code. */
export const outcomes = [
  "error",
  "incomplete read",
  "moved facts",
  "refused",
  "waiting",
  "by hand",
  "changes",
] as const;
export type RunOutcome = (typeof outcomes)[number];

const codes: Readonly<Record<RunOutcome, number>> = {
  error: 1,
  "incomplete read": 5,
  "moved facts": 4,
  refused: 3,
  waiting: 7,
  "by hand": 6,
  changes: 2,
};

/** The exit code of a run: 0 when nothing holds. */
export function exitCodeOf(held: Iterable<RunOutcome>): number {
  const set = new Set(held);
  const first = outcomes.find((outcome) => set.has(outcome));
  return first === undefined ? 0 : codes[first];
}
