import { affectedPeople, type Effect, type Organization } from "../access";
import type { Outcome } from "./run";
import type { LiveStep } from "./step";

/** Why a step must not run after what happened so far. */
export interface Hold {
  readonly outcome: Outcome;
  readonly said: string;
}

/** What steps that did not happen hold back: people whose access must not be touched further, groups that are not there. */
export class HeldBack {
  readonly #waiting = new Set<string>();
  readonly #failed = new Set<string>();
  readonly #missingGroups = new Map<string, Outcome>();
  readonly #live: Organization;
  readonly #leavers: ReadonlySet<string>;

  constructor(live: Organization, leavers: ReadonlySet<string>) {
    this.#live = live;
    this.#leavers = leavers;
  }

  /** A step that did not happen: what it was to give is not there, and what it was to take is not gone. */
  hold({ step, effects }: LiveStep, outcome: Outcome): void {
    if (step.actor === "idp") for (const email of step.people) this.#waiting.add(email);
    for (const effect of effects) {
      if (effect.type === "create_group")
        this.#missingGroups.set(effect.name, outcome === "waiting" ? "waiting" : "skipped");
      if (!gives(effect)) continue;
      for (const email of affectedPeople(this.#live, effect))
        (outcome === "waiting" ? this.#waiting : this.#failed).add(email);
    }
  }

  /** Why this step must not run now; undefined when it may. */
  reason(live: LiveStep): Hold | undefined {
    return this.#groupMissing(live) ?? this.#personWaits(live) ?? this.#wouldLose(live);
  }

  #groupMissing({ effects }: LiveStep): Hold | undefined {
    for (const effect of effects) {
      const name = newGroupOf(effect);
      const outcome = name === undefined ? undefined : this.#missingGroups.get(name);
      if (name !== undefined && outcome !== undefined)
        return { outcome, said: `the group ${name} is not there yet` };
    }
    return undefined;
  }

  /** All else of a leaver goes at once; only the person waits, or the next sync would bring them back. */
  #personWaits({ step, effects }: LiveStep): Hold | undefined {
    const removesPerson = effects.some(({ type }) => type === "remove_person");
    const email = step.people.find(
      (person) => this.#waiting.has(person) && (removesPerson || !this.#leavers.has(person)),
    );
    return email === undefined
      ? undefined
      : { outcome: "waiting", said: `the identity provider's step for ${email} comes first` };
  }

  /** Nobody who stays loses something while what they were to get instead is not there. */
  #wouldLose({ effects }: LiveStep): Hold | undefined {
    for (const effect of effects) {
      if (!takes(effect)) continue;
      for (const email of affectedPeople(this.#live, effect)) {
        if (this.#leavers.has(email)) continue;
        if (this.#failed.has(email))
          return { outcome: "skipped", said: `what ${email} was to get instead did not succeed` };
        if (this.#waiting.has(email))
          return { outcome: "waiting", said: `${email} would lose it before what comes instead is there` };
      }
    }
    return undefined;
  }
}

function gives({ type }: Effect): boolean {
  return type === "grant" || type === "add_member" || type === "invite" || type === "idp_gain";
}

function takes({ type }: Effect): boolean {
  return type === "revoke" || type === "remove_member" || type === "remove_person" || type === "delete_group";
}

/** The group that an effect needs and that had no id when the plan was made. */
function newGroupOf(effect: Effect): string | undefined {
  const group =
    "group" in effect
      ? effect.group
      : "principal" in effect && effect.principal.type === "group"
        ? effect.principal.group
        : undefined;
  return group?.id === undefined ? group?.name : undefined;
}
