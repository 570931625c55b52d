import {
  addressesOf,
  agree,
  isOurs,
  stepWent,
  went,
  type Direction,
  type Finding,
  type Receipt,
} from "../reconcile";
import { caselessName } from "../schema";
import type { Explains } from "./alerts/alert";

const MINUTE = 60 * 1000;
/** Amplitude's clock and ours may differ by as much before a step, and an entry may be written as much after it. */
const [EARLIER, LATER] = [2 * MINUTE, 10 * MINUTE];

/** What one of our runs did, and when. */
interface OwnAct {
  readonly words: string;
  readonly direction: Direction;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `POST /scim/1/Groups`: what was sent for it, and may have taken effect. */
  readonly requests: readonly string[];
}

/** A change as it is found: what it is about, how it was and is, and who did it, where the log says so. */
export type FoundChange = Pick<Finding, "changed" | "by"> & {
  readonly step: Pick<Finding["step"], "values">;
};

/**
 * What receipts say that our own runs did. They only take away from what drift tells as others' doing: they prove nothing to anybody, and
 * nothing is approved by them.
 */
export class OwnActs {
  readonly #acts: readonly OwnAct[];
  /** Acts that have explained an entry, by the rule that asked. */
  readonly #used = new Map<string, Set<OwnAct>>();

  constructor(receipts: readonly Pick<Receipt, "steps">[]) {
    this.#acts = receipts
      .flatMap(({ steps }) => steps)
      // What was there already when it was asked for is somebody else's act.
      .filter(({ outcome, requests }) => outcome === "done" && requests.some(tookEffect))
      .map(({ text, at, requests }) => ({
        words: caselessName(text),
        direction: stepWent(text),
        at: Date.parse(at),
        requests: requests.filter(tookEffect).map(({ request }) => request),
      }))
      .sort((a, b) => a.at - b.at);
  }

  /**
   * Whether a run sent what brings about an entry of the audit log that a rule looks for: by our client with a key, the same way, about all that
   * the entry names, at that time. One act explains one entry: a second key of the same name is somebody else's.
   */
  readonly explains: Explains = (event, { name, ownRequest }) => {
    const about = [event.target, ...addressesOf(event)].map(caselessName);
    const subjects = about.filter((subject) => subject !== "");
    if (subjects.length === 0 || ownRequest === undefined) return false;
    if (!isOwn({ actor: event.actor, through: event.userAgent })) return false;
    const used = this.#used.get(name) ?? new Set();
    this.#used.set(name, used);
    const act = this.#acts.find(
      (found) =>
        !used.has(found) &&
        isNear(found, Date.parse(event.at)) &&
        agree(found.direction, went(event)) &&
        found.requests.some((request) => ownRequest.test(request)) &&
        subjects.every((subject) => mentions(found.words, subject)),
    );
    if (act !== undefined) used.add(act);
    return act !== undefined;
  };

  /**
   * Whether a run brought about what is there now: the last that our runs did about it is just that. A state that differs from it is somebody
   * else's, whenever it came.
   */
  broughtAbout({ step: { values }, changed, by }: FoundChange): boolean {
    if (changed === undefined) return false;
    const subjects = SUBJECTS.flatMap((name) =>
      values[name] === undefined ? [] : [caselessName(values[name])],
    );
    const last = this.#acts.findLast(({ words }) => subjects.every((subject) => mentions(words, subject)));
    if (last === undefined || subjects.length === 0 || !agree(last.direction, changed.direction))
      return false;
    const value = changed.direction === "lost" ? changed.before : changed.after;
    const isOfValue = VALUES.some((name) => values[name] !== undefined);
    // Of a change, what is behind the arrow is what it came to.
    if (isOfValue && !mentions(last.words.split("→").at(-1) ?? "", caselessName(value))) return false;
    return by === undefined || (isOwn(by) && isNear(last, Date.parse(by.at)));
  }
}

/** Names of a step's values that say what it is about, and what it makes of that. */
const SUBJECTS = ["group", "email", "principal", "project", "property", "setting", "label"] as const;
const VALUES = ["role", "value"] as const;

/** Our client, with a key: whoever writes as a person is not it. */
function isOwn({
  actor,
  through,
}: {
  readonly actor: string;
  readonly through?: string | undefined;
}): boolean {
  return isOurs({ userAgent: through }) && !actor.includes("@");
}

function isNear({ at }: OwnAct, time: number): boolean {
  return time >= at - EARLIER && time <= at + LATER;
}
/** Whether a request may have changed something: one whose answer was lost may have. */
function tookEffect({ status = 0 }: { readonly status?: number }): boolean {
  return status < 400;
}

/** Whole words only: `jo@x.com` is not in `anjo@x.com`. */
function mentions(words: string, subject: string): boolean {
  const place = words.indexOf(subject);
  if (place < 0) return false;
  const outside = /[\p{L}\p{N}@._+-]/u;
  const [before, after] = [words[place - 1] ?? "", words[place + subject.length] ?? ""];
  return !outside.test(before) && !outside.test(after);
}
