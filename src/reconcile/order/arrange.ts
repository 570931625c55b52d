import { Model, type Email, type Rights } from "../../access";
import type { Gap } from "./gap";
import { leastLoss, OpenGaps } from "./least-loss";
import { sequenceOf, type Sequence } from "./look-ahead";
import { Agenda, type Choice } from "./next";
import type { Bounds } from "./bounds";
import { Safety, everyRule, type Harm, type Rules } from "./safety";
import type { Way } from "./way";
import { touchedPeople, type LiveStep } from "../step";

/** Steps in an order of which every prefix is safe; and those for which there is none. */
export interface Arrangement {
  readonly order: readonly Choice[];
  readonly gaps: readonly Gap[];
  readonly stuck: readonly { readonly live: LiveStep; readonly harm: Harm | undefined }[];
}

/** How far to go for an order. Switched off only in tests of the tests. */
export interface Effort {
  readonly rules: Rules;
  /** Whether a dead end is looked for before it is walked into. */
  readonly looksAhead: boolean;
  /** Whether somebody may lose something for a while, where no order avoids it. */
  readonly mayOpenGaps: boolean;
}

export const everyEffort: Effort = { rules: everyRule, looksAhead: true, mayOpenGaps: true };

/** The agenda of a run from here: the same for a plan, which takes it that every step succeeds, and for an apply. */
export function agendaOf(
  steps: readonly LiveStep[],
  way: Way,
  rules: Rules = everyRule,
  sequence?: Sequence,
): Agenda {
  return new Agenda(safetyOf(way, rules), steps, way.mixed, sequence);
}

/**
 * Takes one safe step after the other, as if each succeeds. Where that ends with steps that nothing lets pass, their whole
 * neighbourhood is searched for an order; where there is none, the step that takes least for a while goes first, and that is told.
 */
export function arrange(steps: readonly LiveStep[], way: Way, effort: Effort = everyEffort): Arrangement {
  const first = walk(steps, way, { ...effort, mayOpenGaps: false });
  if (first.stuck.length === 0) return first;
  const stuck = first.stuck.map(({ live }) => live);
  const sequence = effort.looksAhead
    ? sequenceOf(stuck, steps, way, () => safetyOf(way, effort.rules))
    : undefined;
  if (sequence === undefined && !effort.mayOpenGaps) return first;
  return walk(steps, way, effort, sequence);
}

function walk(steps: readonly LiveStep[], way: Way, effort: Effort, sequence?: Sequence): Arrangement {
  const agenda = agendaOf(steps, way, effort.rules, sequence);
  const order: Choice[] = [];
  const gaps = new OpenGaps(agenda.safety.model);
  for (;;) {
    let choice = agenda.next();
    if (choice === undefined && effort.mayOpenGaps) {
      choice = leastLoss(agenda);
      if (choice?.harm !== undefined) gaps.open(choice.live, choice.harm);
    }
    if (choice === undefined) break;
    order.push(choice);
    agenda.done(choice.live);
    gaps.close(choice.live);
  }
  return {
    order,
    gaps: gaps.all(),
    stuck: agenda.remaining().map((live) => ({ live, harm: agenda.harm(live) })),
  };
}

/** What steps are judged by, from the beginning of a way. */
export function safetyOf(way: Way, rules: Rules = everyRule): Safety {
  return new Safety(new Model(way.before, way.unread), boundsOf(way), rules, way.gaps);
}

/** The same way for some of its steps only, in their order: nobody may gain on the way what only the others would have given. */
export function wayOf(steps: readonly LiveStep[], way: Way): Way {
  const after = new Model(way.before, way.unread);
  for (const { effects } of steps) after.apply(effects);
  after.sync(touchedPeople(steps, way.before, way.unread.provider));
  return { ...way, after };
}

/** What people hold at both ends, worked out once for whoever is asked about. */
function boundsOf({ before, after, whole, unread, administration }: Way): Bounds {
  const start = new Model(before, unread);
  const end = remembered((email) => after.rights(email));
  return {
    before: remembered((email) => start.rights(email)),
    after: end,
    whole: whole === after ? end : remembered((email) => whole.rights(email)),
    administration,
  };
}

function remembered(compute: (email: Email) => Rights): (email: Email) => Rights {
  const known = new Map<Email, Rights>();
  return (email) => {
    let rights = known.get(email);
    if (rights === undefined) known.set(email, (rights = compute(email)));
    return rights;
  };
}
