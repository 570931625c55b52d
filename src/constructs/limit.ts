import { isLater } from "./end";
import { StackError, type Attempt } from "./stack-error";

/** What something must not outlive. */
export interface Limit {
  /** RFC 3339; undefined: no end. */
  readonly until: string | undefined;
  /** For people: `its principal, who`. */
  readonly whose: string;
  /** Whose `until` would have to be longer: `the principal's`. */
  readonly possessive: string;
}

/**
 * The end that was written, or else the earliest of the limits.
 *
 * @param subject what ends, for people: `it`
 * @param until RFC 3339, as written; undefined: nothing is written
 * @throws StackError when what is written is after one of the limits
 */
export function endWithin(
  attempt: Attempt,
  subject: string,
  until: string | undefined,
  limits: readonly Limit[],
): string | undefined {
  let earliest = until;
  for (const { until: limit, whose, possessive } of limits) {
    if (limit === undefined) continue;
    if (until !== undefined && isLater(until, limit)) {
      throw new StackError(
        attempt,
        `${subject} ends ${until}, after ${whose} ends ${limit}`,
        `Shorten it, or lengthen ${possessive} \`until\`.`,
      );
    }
    if (earliest === undefined || isLater(earliest, limit)) earliest = limit;
  }
  return earliest;
}
