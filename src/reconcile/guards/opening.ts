import { canonicalEmail } from "../../access";
import { someOf } from "../some-of";
import { isClosed } from "./closed";
import type { Guard, GuardName } from "./guard";

/** Somebody lets a guard's steps pass: this guard, at most these people, these steps. */
export interface Opening {
  readonly guard: GuardName;
  readonly subject?: string | undefined;
  /** Nobody else may be concerned. */
  readonly people: readonly string[];
  /** The largest number that it lets pass. */
  readonly count: number;
  /** Ids; no other step may be concerned. */
  readonly steps: readonly string[];
  /** Who says so: an address, or a file. */
  readonly by: string;
  readonly reason: string;
  /** RFC 3339. */
  readonly on?: string | undefined;
  /** RFC 3339; undefined: for this run. */
  readonly until?: string | undefined;
  /** Why it does not count. */
  readonly lacks?: string | undefined;
}

/** Guards with what openings let pass. What an opening does not cover stays closed, and the guard says why. */
export function opened(guards: readonly Guard[], openings: readonly Opening[], now: number): Guard[] {
  return guards.map((guard) => {
    if (guard.opens !== "approval" || !isClosed(guard)) return guard;
    const notes: string[] = [];
    for (const opening of openings) {
      if (opening.guard !== guard.guard || opening.subject !== guard.subject) continue;
      const lacks = lackOf(opening, guard, now);
      if (lacks === undefined) {
        const { by, reason, until } = opening;
        return {
          ...guard,
          verdict: "opened",
          opened: { by, reason, ...(until === undefined ? {} : { until }) },
        };
      }
      notes.push(`${opening.by}: ${lacks}`);
    }
    return notes.length === 0 ? guard : { ...guard, notes };
  });
}

/** Why an opening does not let a guard's steps pass; undefined when it does. */
function lackOf(opening: Opening, { found, people, steps }: Guard, now: number): string | undefined {
  const { on, until, count, lacks } = opening;
  if (lacks !== undefined) return lacks;
  if (until !== undefined && Date.parse(until) <= now) return `it ended ${until}`;
  // A clock that was set back would make what has ended count again.
  if (on !== undefined && Date.parse(on) > now)
    return `it was made ${on}, and now is ${new Date(now).toISOString()}: one of the clocks is wrong`;
  if (found > count) return `it is for at most ${count}, and ${found} are found`;
  const known = new Set(opening.people.map(canonicalEmail));
  const strangers = people.filter((email) => !known.has(email));
  if (strangers.length > 0) return `it does not name ${someOf(strangers, SHOWN)}`;
  const approved = new Set(opening.steps);
  const others = steps.filter((id) => !approved.has(id));
  return others.length > 0 ? `it does not name the steps ${someOf(others, SHOWN)}` : undefined;
}

/** Addresses or ids that are written out. */
const SHOWN = 5;
