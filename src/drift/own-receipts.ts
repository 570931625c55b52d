import type { Receipt } from "../reconcile";
import { caselessName } from "../schema";
import type { Explains } from "./alerts/alert";
import type { DriftItem } from "./drift-item";

const MINUTE = 60 * 1000;
/** Amplitude's clock and ours may differ by as much before a step, and an entry may be written as much after it. */
const [EARLIER, LATER] = [2 * MINUTE, 10 * MINUTE];

/** What one of our runs did, and when. */
interface OwnAct {
  readonly words: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `POST /scim/1/Groups`: what was sent for it, and may have taken effect. */
  readonly requests: readonly string[];
}

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
        at: Date.parse(at),
        requests: requests.filter(tookEffect).map(({ request }) => request),
      }));
  }

  /**
   * Whether a run sent what brings about an entry of the audit log that a rule looks for, about the same thing at that time. One act
   * explains one entry: a second key of the same name is somebody else's.
   */
  readonly explains: Explains = ({ at, target }, { name, ownRequest }) => {
    const subject = caselessName(target);
    if (subject === "" || ownRequest === undefined) return false;
    const used = this.#used.get(name) ?? new Set();
    this.#used.set(name, used);
    const act = this.#about(Date.parse(at), (words) => mentions(words, subject)).find(
      (found) => !used.has(found) && found.requests.some((request) => ownRequest.test(request)),
    );
    if (act !== undefined) used.add(act);
    return act !== undefined;
  };

  /** The same of a finding: its words name what a run did, when the log says that it was changed. */
  explainsItem({ what, by }: Pick<DriftItem, "what" | "by">): boolean {
    const subjects = caselessName(what).split(/ (?:on|in) /);
    return (
      by !== undefined &&
      this.#about(Date.parse(by.at), (words) => subjects.every((subject) => mentions(words, subject)))
        .length > 0
    );
  }

  #about(time: number, speaks: (words: string) => boolean): readonly OwnAct[] {
    return this.#acts.filter(({ words, at }) => time >= at - EARLIER && time <= at + LATER && speaks(words));
  }
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
