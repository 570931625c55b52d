import { Model, type Email, type Organization, type Rights, type Unread } from "../access";
import { Agenda, type Choice } from "./next";
import { Safety, everyRule, type Administration, type Bounds, type Harm, type Rules } from "./safety";
import { touchedPeople, type LiveStep } from "./step";

/** From where to where, and what keeps the way safe. */
export interface Way {
  /** The organization when the run begins. */
  readonly before: Organization;
  /** The same with every step done, then synced. */
  readonly after: Model;
  /** The same with what is not approved, too; where that is nothing, `after`. Nobody loses on the way what the whole plan lets them keep. */
  readonly whole: Model;
  readonly unread: Unread;
  readonly administration: Administration;
  /** Whose steps can get in each other's way, over all steps of the plan. */
  readonly mixed: ReadonlySet<Email>;
}

/** Steps in an order of which every prefix is safe; and those for which there is none. */
export interface Arrangement {
  readonly order: readonly Choice[];
  readonly stuck: readonly { readonly live: LiveStep; readonly harm: Harm | undefined }[];
}

/** The agenda of a run from here: the same for a plan, which takes it that every step succeeds, and for an apply. */
export function agendaOf(steps: readonly LiveStep[], way: Way, rules: Rules = everyRule): Agenda {
  const safety = new Safety(new Model(way.before, way.unread), boundsOf(way), rules);
  return new Agenda(safety, steps, way.mixed);
}

/** Takes one safe step after the other, as if each succeeds. */
export function arrange(steps: readonly LiveStep[], way: Way, rules: Rules = everyRule): Arrangement {
  const agenda = agendaOf(steps, way, rules);
  const order: Choice[] = [];
  for (let choice = agenda.next(); choice !== undefined; choice = agenda.next()) {
    order.push(choice);
    agenda.done(choice.live);
  }
  return { order, stuck: agenda.remaining().map((live) => ({ live, harm: agenda.harm(live) })) };
}

/** The same way for some of its steps only, in their order: nobody may gain on the way what only the others would have given. */
export function wayOf(steps: readonly LiveStep[], way: Way): Way {
  const after = new Model(way.before, way.unread);
  for (const { effects } of steps) after.apply(effects);
  after.sync(touchedPeople(steps, way.before));
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
