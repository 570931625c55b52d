import type { CollectionName, ShownRows } from "../collections";
import type { Mapping, Organization } from "../access";
import type { Family, PropertyPlace, ReadApi } from "../api";
import type { Attributes, ConfigOf, Diagnostic, Referent, StateOf } from "../schema";
import { verified } from "./attributes";
import type { StepDraft } from "./operation";
import type { Ownership } from "./ownership";

/** One row of a collection, by its key (`lifecycle/live-reads.ts` says which); no key: all of them. */
export interface Row {
  readonly collection: CollectionName;
  readonly key?: string;
}

/** Names of the attributes around a value that is seen once. */
export interface SecretAttributes {
  /** Whom to encrypt it to: a public key. */
  readonly recipient: string;
  /** Whether the state may hold it in plain text. */
  readonly plainly: string;
  readonly value: string;
  readonly encrypted: string;
}

/** People whom one declaration names: who is to be there, who is not to be. */
export interface Naming {
  readonly present: readonly string[];
  readonly absent: readonly string[];
  /** Who may be invited again although somebody removed them outside. */
  readonly rejoins?: readonly string[];
}

/** Something that must be exchanged from time to time. */
export interface Rotation {
  /** How long one generation may last. */
  readonly days: number;
  /** When this one was made, RFC 3339; undefined where Amplitude does not show it. */
  readonly since: string | undefined;
  /** What a person changes in the line to exchange it: `generation: 2 -> 3`. */
  readonly change: string;
}

/** What a declaration states about a group. */
export interface DeclaredGroup {
  readonly name: string;
  /** Who writes the members. */
  readonly writer: "us" | "idp";
  /** Whether it states the whole set of members, one of them, or nothing about them. */
  readonly members: "all" | "one" | "unstated";
}

/** What an identity provider does for the people of one of its groups. */
export interface ProvidedGroup {
  readonly group: string;
  readonly mapping: Mapping;
  /** Whether somebody who is taken out of their last such group is taken out of the organization; undefined: nobody says. */
  readonly deprovisions: boolean | undefined;
}

/** One attribute that differs. `origin` says whether Amplitude sees it. */
export interface AttributeChange {
  readonly attribute: string;
  readonly origin: "amplitude" | "declared" | "computed";
  readonly before: unknown;
  readonly after: unknown;
}

export type Action = "create" | "update" | "delete" | "no-op";

/** What is to happen to one instance; `prior` is what is live, `config` what is declared (undefined: gone from the stack). */
export interface Change<A extends Attributes> {
  readonly action: Action;
  readonly prior: StateOf<A> | undefined;
  readonly config: ConfigOf<A> | undefined;
  readonly changes: readonly AttributeChange[];
}

/** What a kind may look at while it turns a change into steps. */
export interface Context {
  readonly live: Organization;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Amplitude's id of what code brought into effect under this address: what is live, else what the base knows. */
  readonly id?: string | undefined;
}

/** What else the stacks declare. */
export interface Declared {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What can be managed: one file per kind. Shared code reads these properties and never a kind's name. */
export interface KindDefinition<A extends Attributes> {
  /** Terraform's resource type. */
  readonly type: string;
  readonly description: string;
  readonly attributes: A;
  /** Natural key, in the order of an import id. */
  readonly key: readonly (keyof A & string)[];
  /** The family that carries out its writes. */
  readonly family: Family;
  readonly reads: readonly CollectionName[];
  /** `made`: we create and delete the object. `given`: it is taken over on create and forgotten on delete. */
  readonly nature: "made" | "given";
  /** What ids of its objects stand for in other kinds. */
  readonly referent?: Referent;
  /** Under which name `Created` has the id of one that was just made. Absent: `referent` and its name. */
  createdAs?(config: ConfigOf<A>): string | undefined;
  /** Attributes around a value that is seen once, when the object is made: in Terraform, the state is the only place there is for it. */
  readonly secret?: SecretAttributes;
  /** Two keys may be one live object: `email` and `gp:email`. Whether they are is looked up. */
  readonly aliased?: true;
  /** Whether a live object of it is access in itself: one that nobody declared is reported by `drift`. */
  readonly isGrant?: true;
  /**
   * Live objects that are access in themselves, as far as somebody can add one by hand: drift watches those that are about a person, a group or a
   * project that a stack declares.
   */
  around?(live: Organization): Iterable<StateOf<A>>;
  /** Whether a live object reaches every project: then it is about all that is declared. */
  reachesAll?(state: StateOf<A>): boolean;
  readonly can: { readonly create: boolean; readonly update: boolean; readonly delete: boolean };

  /** The live object of a key. Throws DiagnosticError when two match. Only `lifecycle/identity.ts` asks. */
  find(live: Organization, config: ConfigOf<A>): StateOf<A> | undefined;
  /** The live object of Amplitude's id, whatever its key is by now. Absent: its id is its key, or it has none. */
  findById?(live: Organization, id: string): StateOf<A> | undefined;
  /** Whether something else refers to the id: then a list that lacks it may only not show it. Absent: no list of it depends on who asks. */
  isReferredTo?(live: Organization, id: string): boolean;
  /** Whether the lists that answered tell of this object: another list may name it, and the one that is asked lack it. Absent: they do. */
  isTold?(live: Organization, config: ConfigOf<A>): boolean;
  /** The rows that `find` looks at, so that one instance can be read without every list. Absent: it needs all of `reads`. */
  rows?(config: ConfigOf<A>, id?: string): readonly Row[];
  /** Every live object of the kind, for import and for what nobody declared. */
  list(live: Organization): Iterable<StateOf<A>>;
  /** What there is, when a host's state says that this is: for a plan without a reading of the organization. Absent: nothing that access depends on. */
  shows?(state: StateOf<A>): ShownRows;
  /** Whether the object of an id is there, asked singly: the proof for what a list lacks. */
  isThere?(api: ReadApi, id: string): Promise<boolean>;
  /** Amplitude's id of an instance, where it has one apart from its key. */
  id(state: StateOf<A>): string | undefined;
  /** How people call an instance: `jo@nova.agency in agency-nova`. */
  label(config: ConfigOf<A>, live: Organization): string;
  names(config: ConfigOf<A>): Naming;
  /** The group whose members it states, and who writes them. */
  group?(config: ConfigOf<A>, live: Organization): DeclaredGroup;
  /** E-mails of everybody who knows what it keeps secret. The base keeps whoever ever did. */
  knownTo?(config: ConfigOf<A>): readonly string[];
  /** When it is to be exchanged for another one; `found`: what is live. */
  rotation?(config: ConfigOf<A>, found: StateOf<A> | undefined): Rotation;
  /** What it tells of the identity provider's group of that name: no API of Amplitude reads it. */
  provides?(config: ConfigOf<A>): ProvidedGroup | undefined;
  /** Computed values that will hold after an apply; where live differs, there is something to do. */
  predict?(config: ConfigOf<A>): StateOf<A>;
  /** What is left of a declaration at `now`; undefined when all of it has ended. Where absent, `expires_at` decides. */
  current?(config: ConfigOf<A>, now: number): ConfigOf<A> | undefined;
  /** Rules that a schema cannot say. */
  validate?(config: ConfigOf<A>): readonly Diagnostic[];
  /** Rules that need the live organization: an unknown role, a grant without its project. `declared`: what else the stacks say. */
  check?(config: ConfigOf<A>, live: Organization, declared?: readonly Declared[]): readonly Diagnostic[];
  /** The organization that it is of, where a declaration says so: it must be the provider block's. */
  organization?(config: ConfigOf<A>): string;
  /**
   * What `check` looks at, for a host that plans one instance at a time. Absent: such a host does not check, because what else is declared, and it
   * cannot see, may be what makes it right (a project whose add-on the same stack switches on).
   */
  readonly checks?: readonly CollectionName[];
  /** Whether a live object that nobody declared is ours to take away. Absent: never. */
  claims?(state: StateOf<A>, owns: Ownership, live: Organization): boolean;
  /**
   * A change as atoms, in the order in which one instance alone can be changed: Terraform runs them so, one after the other. A plan of the
   * command line orders the atoms of all instances anew. Which of them is needed was decided by the comparison, never here.
   */
  steps(change: Change<A>, context: Context): readonly StepDraft[];
  /** Whether those atoms need nothing of each other: where one fails, the others are carried out all the same. */
  readonly apart?: true;
  /** What must come true outside, whatever the comparison says: the identity provider's part. */
  awaits?(config: ConfigOf<A>, context: Context): readonly StepDraft[];
  /** What of a project's data it is read from. */
  place?(config: ConfigOf<A>): PropertyPlace | undefined;
  /** Drives docs, generated classes and the conformance tests. */
  readonly example: { readonly create: ConfigOf<A>; readonly update?: Partial<ConfigOf<A>> };
}

/** A kind as shared code sees it. */
export type Kind = KindDefinition<Attributes>;

/**
 * Erases a definition's attribute types; shared code only hands back what the kind itself produced. Whether Amplitude answered for it is asked
 * of every kind.
 */
export function defineKind<const A extends Attributes>(
  definition: KindDefinition<A>,
): Kind & { readonly attributes: A } {
  const attributes = { ...definition.attributes, verified };
  return { ...definition, attributes };
}

/** A lookup of something that exists: Terraform's data source. */
export interface LookupDefinition<A extends Attributes> {
  readonly type: string;
  readonly description: string;
  readonly attributes: A;
  /** The one attribute that a person writes. */
  readonly by: keyof A & string;
  readonly reads: readonly CollectionName[];
  /** undefined when nothing is called so; throws DiagnosticError when two are. Only `lifecycle/identity.ts` asks. */
  find(live: Organization, value: string, config?: ConfigOf<A>): StateOf<A> | undefined;
  /** What has Amplitude's id, whatever it is called by now. Absent: its id is its name. */
  findById?(live: Organization, id: string): StateOf<A> | undefined;
  /** Whether something else refers to the id: then a list that lacks it may only not show it. */
  isReferredTo?(live: Organization, id: string): boolean;
  /** What exists, for the message when nothing was found. */
  known(live: Organization): readonly string[];
}

export type Lookup = LookupDefinition<Attributes>;

export function defineLookup<const A extends Attributes>(definition: LookupDefinition<A>): Lookup {
  return definition as unknown as Lookup;
}
