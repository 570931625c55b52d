import type { Base } from "../reconcile";
import { DiagnosticError, problem } from "../schema";

/** Clocks of machines that keep time differ by less. */
const SLACK = 10 * 60_000;

/**
 * What has an end is given or taken away by the clock, so one that is known to be wrong decides nothing.
 *
 * @param now milliseconds since the epoch
 * @throws DiagnosticError when the last run ended later than now
 */
export function mustNotRunBackwards({ at }: Base, now: number): void {
  if (at === undefined || now >= Date.parse(at) - SLACK) return;
  throw new DiagnosticError([
    problem(
      `It is ${new Date(now).toISOString()} by this clock, and the last run ended ${at}`,
      "One of the two clocks is wrong, so nobody can say what has ended. Nothing was written. Set this machine's clock; if the other one was ahead, wait until then.",
    ),
  ]);
}
