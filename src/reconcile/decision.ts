import type { Effect, Organization } from "../access";
import type { Family } from "../api";
import type { Action, AttributeChange } from "../resources";
import type { Base } from "./base/base";
import type { Desired } from "./desired/desired";
import type { Instance } from "./instance";
import type { LiveStep } from "./step";

/** What is to happen to one instance, before order: its change and its steps. */
export interface Decision {
  readonly address: string;
  readonly label: string;
  readonly kind: string;
  readonly constructPath?: string;
  readonly action: Action;
  readonly changes: readonly AttributeChange[];
  /** Whether what it says is in effect already since an earlier run: then a difference was made outside. */
  readonly inEffect: boolean;
  readonly steps: readonly LiveStep[];
  /** It was in effect, and nobody could read whether it still is: what is taken to hold until somebody confirms or revokes it. */
  readonly assumed?: readonly Effect[];
  /** Ids of steps that are there because the declaration, or a part of it, has ended by its own date. */
  readonly ended?: readonly string[];
  /** Kind and key of what goes: what a pattern owns, or no stack declares any more. */
  readonly revokes?: string;
  /** Kind and key of what a `removed` block lets go. */
  readonly letGo?: string;
}

export interface DecisionInput {
  readonly desired: Desired;
  readonly instances: readonly Instance[];
  readonly base: Base;
  readonly live: Organization;
  readonly families: ReadonlySet<Family>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}
