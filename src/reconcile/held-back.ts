import {
  affectedPeople,
  applyEffects,
  Draft,
  effectiveAccess,
  opaqueRights,
  type Effect,
  type Organization,
  type Refusal,
} from "../access";
import type { Outcome } from "./run";
import type { LiveStep } from "./step";

/** Why a step must not run after what happened so far. */
export interface Hold {
  readonly outcome: Outcome;
  readonly said: string;
}

/**
 * What steps that did not happen hold back, judged on the organization as the run has really left it: a step that lacks what
 * it needs, and a step that would take from somebody what they hold before and after the whole plan.
 */
export class HeldBack {
  readonly #before: Organization;
  readonly #after: Organization;
  readonly #now: Draft;
  /** Outcomes of the steps that did not happen; while there is none, everything goes as the plan was made. */
  readonly #open: { readonly live: LiveStep; readonly outcome: Outcome }[] = [];

  /**
   * @param before the organization when the run began
   * @param after the organization when all of the plan is done
   */
  constructor(before: Organization, after: Organization) {
    this.#before = before;
    this.#after = after;
    this.#now = new Draft(before);
  }

  done({ effects }: LiveStep): void {
    // The run has seen it succeed: what the model says against it is beside the point.
    applyEffects(this.#now, effects);
  }

  hold(live: LiveStep, outcome: Outcome): void {
    this.#open.push({ live, outcome });
  }

  /** Why this step must not run now; undefined when it may. */
  reason({ effects }: LiveStep): Hold | undefined {
    if (this.#open.length === 0) return undefined;
    const idp = this.#heldByIdp(effects);
    if (idp !== undefined) return idp;
    const people = new Set(effects.flatMap((effect) => [...affectedPeople(this.#now, effect)]));
    const held = new Map([...people].map((email) => [email, rightsOf(this.#now, email)]));
    const mark = this.#now.mark();
    try {
      const refusal = applyEffects(this.#now, effects);
      if (refusal !== undefined && refusal.code !== "person_present") return this.#lacking(refusal);
      for (const [email, before] of held) {
        const lost = this.#lostForNow(email, before);
        if (lost)
          return this.#because(
            email,
            `${email} would lose what they are to keep, because a step before this one is not done`,
          );
      }
      return undefined;
    } finally {
      this.#now.rollback(mark);
    }
  }

  /** The next sync would bring back whoever is removed while the identity provider still has them. */
  #heldByIdp(effects: readonly Effect[]): Hold | undefined {
    for (const effect of effects) {
      if (effect.type !== "remove_person") continue;
      const group = this.#now.groupsOf(effect.email).find(({ writer }) => writer === "idp");
      if (group !== undefined)
        return {
          outcome: "waiting",
          said: `the identity provider still has ${effect.email} in ${group.name}`,
        };
    }
    return undefined;
  }

  /** Whether somebody holds less than before this step, of what they hold both before and after the plan. */
  #lostForNow(email: string, held: ReadonlySet<string>): boolean {
    const left = rightsOf(this.#now, email);
    const [before, after] = [rightsOf(this.#before, email), rightsOf(this.#after, email)];
    return [...held].some((right) => !left.has(right) && before.has(right) && after.has(right));
  }

  #lacking({ reason }: Refusal): Hold {
    const waiting = this.#open.some(({ outcome }) => outcome === "waiting");
    return { outcome: waiting ? "waiting" : "skipped", said: reason };
  }

  #because(email: string, said: string): Hold {
    const waits = this.#open.some(
      ({ live, outcome }) => outcome === "waiting" && live.step.people.includes(email),
    );
    return { outcome: waits ? "waiting" : "skipped", said };
  }
}

/** Everything that somebody may do, and that they are there: one text each. Custom roles are opaque, so each is a right of its own. */
function rightsOf(organization: Organization, email: string): Set<string> {
  const { present, projects } = effectiveAccess(organization, email);
  const rights = new Set(present ? ["present"] : []);
  for (const access of projects.values()) {
    for (const capability of access.capabilities) rights.add(`${access.projectId} ${capability}`);
    for (const right of opaqueRights(access).keys()) rights.add(`${access.projectId} ${right}`);
  }
  return rights;
}
