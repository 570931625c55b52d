import type { Effect, Organization } from "../access";
import type { Family, ReadApi, WriteApi } from "../api";
import type { Json, Referent } from "../schema";
import type { KeySink, PendingKey } from "./key-sink";
import type { Unexpected } from "./unexpected";

/** What a step says in words that do not change while it waits: natural names, from and to. Its identity. */
export type Values = Readonly<Record<string, string | undefined>>;
/** What the step takes from the live organization: ids, the values it replaces. When a fact moves, its approval lapses. */
export type Facts = Readonly<Record<string, Json | undefined>>;

/** A step that rests on no live fact. */
export type NoFacts = Readonly<Record<string, never>>;

/**
 * Who carries a step out: we do, the identity provider's administrator does, whoever was invited does, a person does by hand, or nobody has
 * to (our own record).
 */
export type Actor = "write" | "idp" | "invitee" | "hand" | "record";

/** Whether others carry a step out, whenever they like. */
export function isOfOthers(actor: Actor): boolean {
  return actor === "idp" || actor === "invitee" || actor === "hand";
}

/** One atom of a change: what it is, what it does to the organization, and how it is carried out. */
export interface Operation<V extends Values = Values, F extends Facts = Facts> {
  readonly name: string;
  readonly actor: Actor;
  /** The family that carries it out; without its credentials the step becomes a manual one. */
  readonly family?: Family;
  effects(values: V, facts: F): readonly Effect[];
  /** Whose access it is about, as canonical e-mails: what waits for one of them waits for all steps of theirs. */
  people(values: V): readonly string[];
  /** One line for people: `agency-nova gains jo@nova.agency`. */
  text(values: V, facts: F): string;
  /** How a person does it where we cannot, through Amplitude's pages or at the identity provider. */
  how(values: V, facts: F): string;
  /** Entries with the same text are carried out with one request. Only neighbours in the plan are merged. */
  readonly batch?: (values: V) => string;
  /**
   * Reads what it is to change right before it is written: one request more. Undefined where that can only be as planned or as wanted (a
   * member, a module), where nobody read it, and where it is to go whatever it is by now (a leaver's).
   */
  readonly look?: (values: V, facts: F) => Look | undefined;
  /** Not documented by Amplitude: a 4xx means that this Amplitude does not do it, and a person must. */
  readonly undocumented?: (values: V) => boolean;
  /** An act happens once, so that its confirmation does not expire; a state can be changed back. */
  readonly confirms?: "act";
  /** It makes a key, whose value is seen once: not begun without somewhere to put it, and written down before it begins. */
  readonly seenOnce?: (values: V, facts: F) => PendingKey;
  /**
   * One step that does this one and others that are written with it, where the API has one request for them.
   * @param others effects of everything that is written in the same plan
   */
  readonly unites?: (values: V, others: readonly Effect[], live: Organization) => StepDraft | undefined;
  /**
   * Carries out a batch. Throws what the API threw, or Unexpected; where Amplitude's answer tells, one Unexpected for each entry that is not
   * as it was written.
   */
  perform?(
    api: WriteApi,
    entries: readonly Entry<V, F>[],
    created: Created,
    sink: KeySink,
  ): Promise<void> | Promise<readonly (Unexpected | undefined)[]>;
}

export interface Entry<V extends Values = Values, F extends Facts = Facts> {
  readonly values: V;
  readonly facts: F;
}

/** Ids of what this run made: `group eng`, `project Web`. */
export type Created = Map<string, string>;

/**
 * Reads, once, what a write is about to change, and tells what it should not meet. What is as it was wanted is no reason not to write: a
 * reading may be older than what somebody did since.
 */
export type Look = (api: ReadApi) => Promise<Unexpected | undefined>;

/** A step before it has a place: an operation with its values, and why it is there. */
export interface StepDraft {
  readonly operation: Operation;
  readonly values: Values;
  readonly facts: Facts;
  /** Why, in words: `SEC-311`, `ended 2027-03-31`. */
  readonly because?: string;
  /** Not before this instant (RFC 3339), unless the step `unless` is confirmed before. */
  readonly notBefore?: string;
  readonly unless?: StepDraft;
}

/** Makes the typed maker of an operation's drafts beside the operation itself. */
export function defineOperation<V extends Values, F extends Facts>(
  operation: Operation<V, F>,
): Operation<V, F> & {
  draft(values: V, facts: F, more?: Pick<StepDraft, "because" | "notBefore" | "unless">): StepDraft;
} {
  // The erasure is safe: drafts are only ever made here, with the operation's own values.
  const erased = operation as unknown as Operation;
  return { ...operation, draft: (values, facts, more) => ({ operation: erased, values, facts, ...more }) };
}

/** The id of a group or project of that name: a live one's, or one that this run made. */
export function idIn(created: Created, what: Referent, name: string, known: string | undefined): string {
  const id = known ?? created.get(`${what} ${name}`);
  if (id === undefined) {
    throw new Error(
      `The ${what} ${name} has no id yet: the step that creates it has not succeeded. Run plan again.`,
    );
  }
  return id;
}
