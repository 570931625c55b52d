import {
  affectedBySync,
  affectedKeys,
  affectedPeople,
  canonicalEmail,
  groupOf,
  isRefusal,
  organizationRoleNamed,
  principalOf,
  projectIdOf,
  united,
  without,
  type Effect,
  type Email,
  type Model,
  type Refusal,
  type Rights,
} from "../../access";
import type { Bounds } from "./bounds";
import type { Gap } from "./gap";
import { harmText } from "./harm-text";
import { leaverOn } from "./opened-project";
import { added, isSpotless, standingOf, type Standing } from "./standing";
import type { LiveStep } from "../step";

/** What must not come about on the way from before to after; which one is switched off only in tests of the tests. */
export interface Rules {
  /** Administration is kept by whom it must be kept, and by enough. */
  readonly P1: boolean;
  /** Nobody holds what they hold neither before nor after. */
  readonly P2: boolean;
  /** Nobody loses what they hold both before and after. */
  readonly P3: boolean;
  /** No sync undoes what was written. */
  readonly P4: boolean;
  /** The same holds after a sync. */
  readonly sync: boolean;
  /** The same holds whatever others have done of their part. */
  readonly others: boolean;
  /** What is refused does not happen: who is to stay or to get something by the stack is judged by all of it. */
  readonly refused: boolean;
}

export const everyRule: Rules = {
  P1: true,
  P2: true,
  P3: true,
  P4: true,
  sync: true,
  others: true,
  refused: true,
};

/** Why a step must not be done now. */
export interface Harm {
  readonly rule: "P1" | "P2" | "P3" | "P4" | "refused" | "dead end";
  /** The first whom it would harm; undefined where it is the organization. */
  readonly email?: Email;
  /** What each of them would lose for a while (P3). */
  readonly losses?: ReadonlyMap<Email, Rights>;
  /** `ana@nova.agency would lose Viewer on Mobile`. */
  readonly text: string;
  readonly refusal?: Refusal;
  /** The step that has to come first (dead end). */
  readonly earlier?: LiveStep;
}

/** Beyond this many steps of others about one person, only each of them alone is tried, not every set. */
const TRIED_TOGETHER = 6;

const nobody: ReadonlySet<Email> = new Set();

/**
 * Whether a step can be done now: the model accepts it, and after it, and again after a sync, and whatever others have done of their
 * part, it has added nothing of what must not come about. What was already so never blocks a step that does not worsen it.
 */
export class Safety {
  readonly model: Model;
  readonly #bounds: Bounds;
  readonly #rules: Rules;
  readonly #gaps: ReadonlySet<string>;

  /** @param gaps what may be lost for a while: somebody approved it */
  constructor(model: Model, bounds: Bounds, rules: Rules = everyRule, gaps: readonly Gap[] = []) {
    this.model = model;
    this.#bounds = bounds;
    this.#rules = rules;
    this.#gaps = new Set(gaps.map(({ from, email }) => `${from} ${email}`));
  }

  /** Whose access a step touches now; keys are among them. */
  touched({ effects }: LiveStep): Set<Email> {
    const holders = new Set<Email>();
    const { organization } = this.model;
    for (const effect of effects) {
      for (const email of affectedPeople(organization, effect)) holders.add(email);
      for (const email of affectedBySync(organization, effect, this.model.provider)) holders.add(email);
      for (const key of affectedKeys(organization, effect)) holders.add(key);
    }
    return holders;
  }

  /**
   * Why the step must not be done now; undefined when it may.
   *
   * @param movesOf steps of others about a person that are not seen done
   * @param coming whom it would touch, too, once others have done their part
   */
  harm(
    step: LiveStep,
    people: ReadonlySet<Email>,
    movesOf: (email: Email) => readonly LiveStep[],
    coming: Iterable<Email> = [],
  ): Harm | undefined {
    const here = this.#harmHere(step, people);
    if (here !== undefined || !this.#rules.others) return here;
    for (const email of new Set([...people, ...coming])) {
      const moves = movesOf(email).filter((move) => move !== step);
      const found = moves.length === 0 ? undefined : this.#harmAmid(step, email, moves);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Whether what is lost is given back by the steps that run: what is refused does not happen, and then it would be lost for good. */
  comesBack(losses: ReadonlyMap<Email, Rights>): boolean {
    return (
      !this.#rules.refused ||
      [...losses].every(([email, rights]) => without(rights, this.#bounds.after(email)).size === 0)
    );
  }

  /** Why Amplitude would refuse it now; that somebody who is to be invited is there is no refusal. */
  refusal({ effects }: LiveStep): Refusal | undefined {
    const mark = this.model.mark();
    const refusal = this.model.apply(effects);
    if (refusal === undefined) this.model.rollback(mark);
    return refusal?.code === "person_present" ? undefined : refusal;
  }

  /** Tries every set of others' steps that can have been done by now: each of them harmless when it was its turn. */
  #harmAmid(step: LiveStep, email: Email, moves: readonly LiveStep[]): Harm | undefined {
    const person = new Set([email]);
    const tried = new Set<number>();
    const deepest = moves.length <= TRIED_TOGETHER ? moves.length : 1;
    const beyondThese = (done: number, depth: number): Harm | undefined => {
      for (const [index, move] of moves.entries()) {
        const next = done | (1 << index);
        if (next === done || tried.has(next) || depth === deepest) continue;
        if (this.#harmHere(move, this.touched(move)) !== undefined) continue;
        tried.add(next);
        const mark = this.model.mark();
        this.model.apply(move.effects);
        const harm = this.#harmHere(step, person) ?? beyondThese(next, depth + 1);
        this.model.rollback(mark);
        if (harm !== undefined) return { ...harm, text: `${harm.text}, once ${move.step.text}` };
      }
      return undefined;
    };
    return beyondThese(0, 0);
  }

  #harmHere(step: LiveStep, people: ReadonlySet<Email>): Harm | undefined {
    const look = { administers: this.isAboutAdministration(step, people), sync: this.#rules.sync };
    const mark = this.model.mark();
    const refusal = this.model.apply(step.effects);
    if (refusal !== undefined)
      return refusal.code === "person_present"
        ? undefined
        : { rule: "refused", text: refusal.reason.replace(/\.$/, ""), refusal };
    const after = standingOf(this.model, this.#bounds, people, look);
    const leaver = this.#rules.P2 ? leaverOn(this.model, this.#bounds, step, people) : undefined;
    const undone = this.#rules.P4 && step.step.actor !== "idp" ? this.#undoneBySync(step, people) : undefined;
    this.model.rollback(mark);
    if (leaver !== undefined) {
      const { email, project } = leaver;
      return { rule: "P2", email, text: `${email} leaves, and still has a role on ${project}` };
    }
    // Only what is wrong afterwards is held against what was wrong before.
    const { kept } = this.#bounds.administration;
    if (undone !== undefined || isSpotless(after, look.administers ? kept : nobody)) return undone;
    return this.#worse(step, standingOf(this.model, this.#bounds, people, look), after);
  }

  /** Whether somebody's administration, or whether they can log in for it, is in question. */
  isAboutAdministration(step: LiveStep, people: ReadonlySet<Email> = this.touched(step)): boolean {
    const { candidates } = this.#bounds.administration;
    if (step.effects.some(({ type }) => type === "setting")) return true;
    for (const email of people) if (candidates.has(email)) return true;
    return false;
  }

  /** The gravest rule that is newly broken. */
  #worse(step: LiveStep, before: Standing, after: Standing): Harm | undefined {
    if (this.#rules.P1) {
      const lost = [...before.keeping].find((email) => !after.keeping.has(email));
      if (lost !== undefined) return { rule: "P1", email: lost, text: `${lost} would lose administration` };
      const { minimum } = this.#bounds.administration;
      if (after.deficit > before.deficit) {
        const text = `${minimum - after.deficit} who can administer would be left, and the minimum is ${minimum}`;
        return { rule: "P1", text };
      }
    }
    const { model } = this;
    if (this.#rules.P2) {
      for (const extra of added("extra", before, after)) {
        const text = harmText({ model, step, rule: "P2", ...extra });
        return { rule: "P2", email: extra.email, text };
      }
    }
    if (!this.#rules.P3) return undefined;
    const [first, ...others] = [...added("lost", before, after)].filter(
      ({ email, rights }) =>
        !this.#gaps.has(`${step.step.id} ${email}`) || !this.comesBack(new Map([[email, rights]])),
    );
    if (first === undefined) return undefined;
    const losses = new Map([[first.email, first.rights]]);
    for (const { email, rights } of others) losses.set(email, united(losses.get(email) ?? new Map(), rights));
    return { rule: "P3", email: first.email, losses, text: harmText({ model, step, rule: "P3", ...first }) };
  }

  /** What a sync would set back of what the step wrote. */
  #undoneBySync({ effects }: LiveStep, people: ReadonlySet<Email>): Harm | undefined {
    const provided = [...people].filter((email) => this.model.isProvided(email));
    if (provided.length === 0) return undefined;
    const mark = this.model.mark();
    this.model.sync(provided);
    const undone = effects.find((effect) => !holds(this.model, effect));
    this.model.rollback(mark);
    if (undone === undefined) return undefined;
    const [email = ""] = provided;
    return { rule: "P4", email, text: `the next sync of the identity provider would undo it` };
  }
}

/** Whether what an effect did is still so. */
export function holds({ organization: live }: Model, effect: Effect): boolean {
  if (effect.type === "invite") return live.person(effect.email) !== undefined;
  if (effect.type === "remove_person") return live.person(effect.email) === undefined;
  if (effect.type === "set_organization_role")
    return live.person(effect.email)?.organizationRole === organizationRoleNamed(effect.role);
  if (effect.type === "add_member" || effect.type === "remove_member") {
    const group = groupOf(live, effect.group);
    return (
      isRefusal(group) || group.members.has(canonicalEmail(effect.email)) === (effect.type === "add_member")
    );
  }
  if ((effect.type !== "grant" && effect.type !== "revoke") || effect.principal.type === "group") return true;
  const [principal, project] = [principalOf(live, effect.principal), projectIdOf(live, effect.projectId)];
  if (isRefusal(principal) || isRefusal(project)) return true;
  const held = live.grant(principal, project.id);
  return effect.type === "revoke" ? held === undefined : held?.roleId === effect.roleId;
}
