import { beyond, missing, united, without, type Email, type Model, type Rights } from "../../access";
import type { Bounds } from "./bounds";

/** How far a state of the model is from what must hold on the way, for some people. */
export interface Standing {
  readonly now: ReadonlyMap<Email, Violations>;
  /** The same after a sync, for those about whom a sync has something to say. */
  readonly synced: ReadonlyMap<Email, Violations>;
  /** By how many administrators the minimum is missed, now or after a sync. */
  readonly deficit: number;
  /** Who of those that keep administration has it, now and after a sync. */
  readonly keeping: ReadonlySet<Email>;
}

interface Violations {
  /** What somebody holds and neither held before nor is to hold: after the steps that run, and after the whole plan (P2). */
  readonly extra: Rights;
  /** What somebody lacks that they held before and are to hold: after the steps that run, or after the whole plan (P3). */
  readonly lost: Rights;
}

/** What one step adds to the violations of one person. */
export interface Added {
  readonly email: Email;
  readonly rights: Rights;
  readonly synced: boolean;
}

/**
 * @param administers whether administration is in question
 * @param sync whether a sync is to be looked at, too
 */
export function standingOf(
  model: Model,
  bounds: Bounds,
  people: ReadonlySet<Email>,
  { administers, sync }: { readonly administers: boolean; readonly sync: boolean },
): Standing {
  const now = violationsOf(model, bounds, people);
  const administration = administrationOf(model, bounds, administers);
  const provided = sync ? [...people].filter((email) => model.isProvided(email)) : [];
  if (provided.length === 0) return { now, synced: nobody, ...administration };
  const mark = model.mark();
  model.sync(provided);
  const synced = violationsOf(model, bounds, provided);
  const later = administrationOf(model, bounds, administers);
  model.rollback(mark);
  return {
    now,
    synced,
    deficit: Math.max(administration.deficit, later.deficit),
    keeping: new Set([...administration.keeping].filter((email) => later.keeping.has(email))),
  };
}

/** Whether nothing is wrong with it, whatever was before. */
export function isSpotless({ now, synced, deficit, keeping }: Standing, kept: ReadonlySet<Email>): boolean {
  if (deficit > 0 || keeping.size < kept.size) return false;
  for (const violations of [now, synced])
    for (const { extra, lost } of violations.values()) if (extra.size > 0 || lost.size > 0) return false;
  return true;
}

/** What was not so before, and would not have been after a sync: `extra` or `lost`, person by person. */
export function* added(kind: keyof Violations, before: Standing, after: Standing): Iterable<Added> {
  for (const [synced, standing] of [
    [false, after.now],
    [true, after.synced],
  ] as const) {
    for (const [email, violations] of standing) {
      if (violations[kind].size === 0) continue;
      const known = united(
        before.now.get(email)?.[kind] ?? nothing,
        before.synced.get(email)?.[kind] ?? nothing,
      );
      const rights = without(violations[kind], known);
      if (rights.size > 0) yield { email, rights, synced };
    }
  }
}

function violationsOf(model: Model, bounds: Bounds, people: Iterable<Email>): Map<Email, Violations> {
  const found = new Map<Email, Violations>();
  for (const email of people) {
    const now = model.rights(email);
    const [before, after, whole] = [bounds.before(email), bounds.after(email), bounds.whole(email)];
    const part = { extra: beyond(now, before, after), lost: missing(now, before, after) };
    found.set(
      email,
      whole === after
        ? part
        : {
            extra: united(part.extra, beyond(now, before, whole)),
            lost: united(part.lost, missing(now, before, whole)),
          },
    );
  }
  return found;
}

function administrationOf(
  model: Model,
  { administration: { minimum, kept, candidates } }: Bounds,
  asked: boolean,
): Pick<Standing, "deficit" | "keeping"> {
  if (!asked) return { deficit: 0, keeping: new Set() };
  let count = 0;
  for (const email of candidates) if (model.canAdminister(email)) count += 1;
  return {
    deficit: Math.max(0, minimum - count),
    keeping: new Set([...kept].filter((email) => model.administers(email))),
  };
}

const nothing: Rights = new Map();
const nobody: ReadonlyMap<Email, Violations> = new Map();
