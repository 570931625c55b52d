import type { EffectiveAccess, Organization, Project } from "../access";
import type { Circumstances } from "./circumstances";
import type { Collaborator } from "./collaboration";

/** `deny` refuses a plan that brings it about, `warn` only says so, `off` does not look. */
export type Level = "deny" | "warn" | "off";

/** Everybody whom a rule looks at, one by one. */
export interface Holder {
  readonly email: string;
  readonly access: EffectiveAccess;
  readonly isServiceAccount: boolean;
  /** undefined for the client's own people. */
  readonly collaborator: Collaborator | undefined;
}

/** An organization as rules see it: before a plan, or after it. */
export interface View {
  readonly organization: Organization;
  readonly circumstances: Circumstances;
  /** A project by its id; one that no list names is called by it. */
  project(id: string): Pick<Project, "id" | "name" | "environment">;
}

/** One thing that a rule objects to. */
export interface Objection {
  /** What tells it from the rule's other ones, in ids: the same from run to run. */
  readonly subject: string;
  /** Where, in words: `jo@nova.agency on Client Production: Admin via group agency-nova`. */
  readonly path: string;
  readonly people: readonly string[];
  /** Names of the project and the groups that it speaks of, to find the steps that bring it about. */
  readonly project?: string;
  readonly groups?: readonly string[];
  /** Declarations that it speaks of, where they are known. */
  readonly addresses?: readonly string[];
  readonly reason: string;
  readonly fix: string;
}

/** Why a rule cannot judge, or judges from less than it would like to. */
export interface Unchecked {
  readonly judged: "in part" | "not";
  readonly why: string;
}

export type ParameterValue = number | boolean | string;
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** A parameter that a person may set. */
export interface Parameter<T extends ParameterValue = ParameterValue> {
  readonly value: T;
  readonly description: string;
  /** The only values that it may have; any of its type where it is left out. */
  readonly oneOf?: readonly T[];
}

/** One least-privilege rule of the playbook. */
export interface Rule<N extends string = string, P extends Parameters = Parameters> {
  /** `collaborator-organization-admin` */
  readonly name: N;
  readonly level: Level;
  /** What it objects to, in one sentence. */
  readonly description: string;
  /** The playbook's section, in its words. */
  readonly source: string;
  readonly parameters: { readonly [K in keyof P]: Parameter<P[K]> };
  /** What it cannot look at; undefined when it can look at all. */
  unchecked?(view: View, parameters: P): Unchecked | undefined;
  /** What it objects to in one person. */
  person?(holder: Holder, view: View, parameters: P): Iterable<Objection>;
  /** What it objects to in the organization as a whole. */
  organization?(view: View, parameters: P): Iterable<Objection>;
}

/** Widens a literal to what a person may set. */
type Settable<T> = T extends number
  ? number
  : T extends boolean
    ? boolean
    : T extends string
      ? string
      : never;

/** Keeps the name and the parameters of a rule as types. */
export function defineRule<const N extends string, D extends Readonly<Record<string, Parameter>>>(
  definition: Omit<Rule<N, { [K in keyof D]: Settable<D[K]["value"]> }>, "parameters"> & {
    readonly parameters: D;
  },
): Rule<N, { [K in keyof D]: Settable<D[K]["value"]> }> {
  return definition as unknown as Rule<N, { [K in keyof D]: Settable<D[K]["value"]> }>;
}
