import { createHash } from "node:crypto";
import {
  affectedBySync,
  affectedPeople,
  canonicalEmail,
  type Effect,
  type IdentityProvider,
  type Organization,
} from "../access";
import type { Family } from "../api";
import {
  isOfOthers,
  type Actor,
  type Facts,
  type Operation,
  type StepDraft,
  type Values,
} from "../resources";
import type { Place } from "./order/phase";

/** One atom of a plan. `id` says what it does, `facts` on what of the live organization that rests. */
export interface Step {
  /** Hash of operation and values: the same step keeps it while facts move. */
  readonly id: string;
  readonly operation: string;
  readonly actor: Actor;
  readonly family?: Family;
  readonly values: Values;
  readonly facts: Facts;
  readonly people: readonly string[];
  /** One line for people. */
  readonly text: string;
  /** How a person does it; given for steps that we do not carry out. */
  readonly how?: string;
  /** The declarations that it serves; empty for what a pattern owns. */
  readonly addresses: readonly string[];
  readonly because: readonly string[];
  /** RFC 3339: the step waits until then, unless the step of the id `unless` is confirmed before. Without a time it waits for that alone. */
  readonly notBefore?: string;
  readonly unless?: string;
  /** Where it stands in its plan, and why. */
  readonly place?: Place;
  /** E-mails that Amplitude will send an invitation to. */
  readonly invites: readonly string[];
}

/** Ids of the steps that must be done before others may do theirs. */
export function notBeforeOf({ actor, place }: Pick<Step, "actor" | "place">): readonly string[] {
  if (place === undefined || !isOfOthers(actor)) return [];
  return place.notBefore ?? (place.after === undefined ? [] : [place.after]);
}

/** A step with what carries it out and what it does to the model. Only `Step` is saved, shown and digested. */
export interface LiveStep {
  readonly step: Step;
  readonly operation: Operation;
  readonly effects: readonly Effect[];
  /** What is taken to be so already, because nobody could read it: a word on the step is a word on this. */
  readonly assumed?: readonly Effect[];
  /** A record that only completes other steps of its declaration: without them it says nothing. */
  readonly completes?: true;
  /** Ids of steps without which a record does not say the truth, beside those of its own declaration. */
  readonly awaits?: ReadonlySet<string>;
}

/** Gives a draft its identity. `available`: the families with credentials; a step of another one is done by hand. */
export function stepOf(
  draft: StepDraft,
  origin: { readonly address?: string; readonly because?: string },
  available: ReadonlySet<Family>,
  live: Organization,
): LiveStep {
  const { operation, values, facts, notBefore, unless } = draft;
  const byHand =
    (operation.actor === "write" || operation.actor === "invitee") &&
    operation.family !== undefined &&
    !available.has(operation.family);
  const actor: Actor = byHand ? "hand" : operation.actor;
  const effects = operation.effects(values, facts);
  const because = draft.because ?? origin.because;
  return {
    operation,
    effects,
    step: {
      id: stepId(operation.name, values),
      operation: operation.name,
      actor,
      ...(operation.family === undefined ? {} : { family: operation.family }),
      values,
      facts,
      people: operation.people(values),
      text: operation.text(values, facts),
      ...(actor === "write" || actor === "record" ? {} : { how: operation.how(values, facts) }),
      addresses: origin.address === undefined ? [] : [origin.address],
      because: because === undefined ? [] : [because],
      ...(notBefore === undefined ? {} : { notBefore }),
      ...(unless === undefined ? {} : { unless: stepId(unless.operation.name, unless.values) }),
      invites: effects.flatMap((effect) => invited(effect, live)),
    },
  };
}

/** Hash of what a step does: the same for the same operation and values, whenever it is planned. */
export function stepId(operation: string, values: Values): string {
  return createHash("sha256")
    .update(JSON.stringify([operation, identityOf(values)]))
    .digest("hex")
    .slice(0, 16);
}

/** Values that hold an e-mail, which is the same in any case. */
const EMAILS = new Set(["email", "principal", "to"]);

/** Values as they identify a step, in the order of their names. */
function identityOf(values: Values): [string, string][] {
  const identity: [string, string][] = [];
  for (const name of Object.keys(values).sort()) {
    const value = values[name];
    if (value === undefined) continue;
    identity.push([name, EMAILS.has(name) && value.includes("@") ? canonicalEmail(value) : value]);
  }
  return identity;
}

/** Whom Amplitude will send an invitation by an effect, whoever carries it out. */
function invited(effect: Effect, live: Organization): string[] {
  if (effect.type === "invite") return [effect.email];
  const joins = effect.type === "add_member" || effect.type === "idp_gain";
  return joins && live.person(effect.email) === undefined ? [effect.email] : [];
}

/** The same step asked for by several declarations is one step, with all their reasons. */
export function merged(steps: readonly LiveStep[]): LiveStep[] {
  const byId = new Map<string, LiveStep>();
  for (const next of steps) {
    const known = byId.get(next.step.id);
    byId.set(next.step.id, known === undefined ? next : joined(known, next));
  }
  return [...byId.values()];
}

function joined(a: LiveStep, b: LiveStep): LiveStep {
  const notBefore = [a.step.notBefore, b.step.notBefore]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
  return {
    ...a,
    step: {
      ...a.step,
      addresses: [...new Set([...a.step.addresses, ...b.step.addresses])].sort(),
      because: [...new Set([...a.step.because, ...b.step.because])].sort(),
      ...(notBefore === undefined ? {} : { notBefore }),
    },
  };
}

/** Everybody whose access some step may change, at once or with the provider's next sync. */
export function touchedPeople(
  steps: readonly LiveStep[],
  live: Organization,
  provider?: IdentityProvider,
): Set<string> {
  const people = new Set<string>();
  for (const { step, effects } of steps) {
    for (const email of step.people) people.add(canonicalEmail(email));
    for (const effect of effects) {
      for (const email of affectedPeople(live, effect)) people.add(email);
      if (provider !== undefined)
        for (const email of affectedBySync(live, effect, provider)) people.add(email);
    }
  }
  return people;
}
