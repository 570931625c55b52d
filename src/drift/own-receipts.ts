import type { AuditEvent } from "../api";
import type { Receipt } from "../reconcile";
import { caselessName } from "../schema";
import type { DriftItem } from "./drift-item";

const MINUTE = 60 * 1000;
/** Amplitude's clock and ours may differ by as much before a step, and an entry may be written as much after it. */
const [EARLIER, LATER] = [2 * MINUTE, 10 * MINUTE];

/** What one of our runs did, and when. */
interface OwnAct {
  readonly words: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * What receipts say that our own runs did. They only take away from what drift tells as others' doing: they prove nothing to anybody, and
 * nothing is approved by them.
 */
export class OwnActs {
  readonly #acts: readonly OwnAct[];

  constructor(receipts: readonly Pick<Receipt, "steps">[]) {
    this.#acts = receipts
      .flatMap(({ steps }) => steps)
      // What was there already when it was asked for is somebody else's act.
      .filter(({ outcome, requests }) => outcome === "done" && requests.some(tookEffect))
      .map(({ text, at }) => ({ words: caselessName(text), at: Date.parse(at) }));
  }

  /** Whether a run did something to what an entry of the audit log is about, at that time. */
  explains({ at, target }: Pick<AuditEvent, "at" | "target">): boolean {
    const subject = caselessName(target);
    return subject !== "" && this.#about(Date.parse(at), (words) => mentions(words, subject));
  }

  /** The same of a finding: its words name what a run did, when the log says that it was changed. */
  explainsItem({ what, by }: Pick<DriftItem, "what" | "by">): boolean {
    const subjects = caselessName(what).split(/ (?:on|in) /);
    return (
      by !== undefined &&
      this.#about(Date.parse(by.at), (words) => subjects.every((subject) => mentions(words, subject)))
    );
  }

  #about(time: number, speaks: (words: string) => boolean): boolean {
    return this.#acts.some(({ words, at }) => time >= at - EARLIER && time <= at + LATER && speaks(words));
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
