import { DateTime, IANAZone } from "luxon";
import { date, instant, instantOf } from "../schema";
import { checked } from "./literal";
import { StackError, type Attempt } from "./stack-error";

/**
 * When something ends, as RFC 3339. A date is the whole day in the stack's time zone: it ends where the next one begins, which is not always
 * midnight. A time keeps its own offset.
 *
 * @param text `2027-03-31` or `2027-03-31T18:00:00+02:00`
 * @param timeZone an IANA name
 * @throws StackError when it is neither, as a time without an offset is
 */
export function endOf(attempt: Attempt, field: string, text: string, timeZone: string): string {
  checked(attempt, field, text, instant);
  if (date.check(text) !== undefined) return text;
  const end = DateTime.fromISO(text, { zone: timeZone })
    .plus({ days: 1 })
    .startOf("day")
    .toISO({ suppressMilliseconds: true });
  if (end === null)
    throw new StackError(
      attempt,
      `its ${field} ${text} has no end in ${timeZone}`,
      "Write a time with an offset.",
    );
  return end;
}

/** When something begins, as RFC 3339: a date is the start of that day in the stack's time zone. @throws StackError as `endOf` does */
export function startOf(attempt: Attempt, field: string, text: string, timeZone: string): string {
  checked(attempt, field, text, instant);
  if (date.check(text) !== undefined) return text;
  const start = DateTime.fromISO(text, { zone: timeZone })
    .startOf("day")
    .toISO({ suppressMilliseconds: true });
  if (start !== null) return start;
  throw new StackError(
    attempt,
    `its ${field} ${text} has no start in ${timeZone}`,
    "Write a time with an offset.",
  );
}

/** Whether the first end is after the second. */
export function isLater(a: string, b: string): boolean {
  return (instantOf(a) ?? NaN) > (instantOf(b) ?? NaN);
}

/** @throws StackError when there is no such IANA time zone */
export function checkedTimeZone(attempt: Attempt, name: string): string {
  if (IANAZone.isValidZone(name)) return name;
  throw new StackError(
    attempt,
    `there is no time zone ${JSON.stringify(name)}`,
    'Use an IANA name, such as "Europe/Berlin".',
  );
}
