import type { Organization, PersonDifference } from "../access";
import type { Family, Proof } from "../api";
import type { Action, AttributeChange, Snapshot } from "../resources";
import type { Base } from "./base/base";
import type { Way } from "./order/way";
import type { Confirmation, ConfirmedStep } from "./approval/confirmation";
import type { Discrepancy } from "./consistency";
import type { Decision } from "./decision";
import type { Policy } from "./desired/declaration";
import type { Desired } from "./desired/desired";
import type { Fingerprint } from "./fingerprint";
import type { PastLog } from "./log/past-log";
import type { Gap } from "./order/gap";
import type { Guard, GuardRule } from "./guards/guard";
import type { Opening } from "./guards/opening";
import type { IdentityFinding } from "./identity-finding";
import type { EvaluatedLookup } from "./desired/evaluate";
import type { EmailChange } from "./email-change";
import type { LookAlike } from "./look-alike";
import type { Instance } from "./instance";
import type { Irreversible } from "./plan-remarks";
import type { DueKey } from "./keys/keys-due";
import type { LedgerLine } from "./base/ledger";
import type { PolicyFinding, PolicyOutcome } from "./policy-finding";
import type { Premise } from "./premises/premise";
import type { UnlistedProject } from "./unlisted-project";
import type { Refusal } from "./refusal";
import type { LiveStep, Step } from "./step";

/** What a plan is made of. */
export interface PlanInput {
  readonly desired: Desired;
  readonly snapshot: Snapshot;
  readonly base: Base;
  /** Whether there was a base file: without one, deletions cannot be seen. */
  readonly baseKnown: boolean;
  /** Where there was none: what the audit log tells of the time before. */
  readonly past?: PastLog;
  /** Stacks whose whole effect is to be taken away. */
  readonly retired: ReadonlySet<string>;
  /** Stacks to show and apply; undefined: all. The model is always whole. */
  readonly only?: ReadonlySet<string>;
  /** Reviewed files that say which steps by hand were done. */
  readonly confirmations?: readonly Confirmation[];
  /** What somebody who may lets pass of what guards hold back. */
  readonly openings?: readonly Opening[];
  /** When somebody has logged in since they were invited, RFC 3339, by canonical e-mail. */
  readonly logins?: ReadonlyMap<string, string>;
  /** Somebody at the command line says that it is the right organization. */
  readonly trusted?: boolean;
  /** Every guard, where it is left out. */
  readonly guards?: readonly GuardRule[];
  /** What the audit log was to tell and could not, in words, with why. */
  readonly unreadLog?: string;
  /** Where Amplitude is: `core.amplitude.com`. */
  readonly host: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What is to happen to one declaration. */
export interface PlannedChange {
  readonly address: string;
  readonly label: string;
  readonly kind: string;
  readonly constructPath?: string;
  readonly action: Action;
  readonly changes: readonly AttributeChange[];
  readonly inEffect: boolean;
  readonly steps: readonly string[];
}

/** A plan: computed without a side effect, printed, digested, saved, then executed. */
export interface Plan {
  readonly organization: {
    readonly orgId: string;
    readonly region: string;
    readonly host: string;
    readonly credentials?: string;
  };
  readonly stacks: readonly string[];
  readonly policy: Policy;
  /** RFC 3339. */
  readonly plannedAt: string;
  readonly proofs: readonly Proof[];
  readonly families: readonly Family[];
  /** Families with credentials that did not answer as documented: the read is not complete. Absent where there is none. */
  readonly failed?: readonly Family[];
  /** Lists that do not fit, and what is in doubt because of it. What rests on it is held back by the guard `whole-read`. */
  readonly discrepancies: readonly Omit<Discrepancy, "doubt">[];
  readonly fingerprint: Fingerprint;
  readonly changes: readonly PlannedChange[];
  /** In the order in which they will run once what an approval can open is opened. */
  readonly steps: readonly Step[];
  readonly refusals: readonly Refusal[];
  /** What policies object to; empty until they have looked at the plan. */
  readonly findings: readonly PolicyFinding[];
  readonly policyOutcomes: readonly PolicyOutcome[];
  /** Every guard, with its number and its limit, whether it holds something back or not. */
  readonly guards: readonly Guard[];
  /** What somebody loses for a while in every order: each needs an approval. */
  readonly gaps: readonly Gap[];
  /** Steps by hand that need no more attention, and who says so. */
  readonly confirmed: readonly ConfirmedStep[];
  /** What is to be known of confirmations, in words. */
  readonly notes: readonly string[];
  /** Everybody whose access a step touches. */
  readonly people: readonly PersonDifference[];
  /** Whose access may change otherwise than `people` says, because nobody could read what their groups give; a sentence. */
  readonly unknownAccess?: string;
  /** Who will be sent an invitation e-mail, by whomever. */
  readonly invitations: readonly string[];
  readonly irreversible: readonly Irreversible[];
  /** Projects that somebody holds something on and no list shows: the list of projects is not whole. */
  readonly unlistedProjects: readonly UnlistedProject[];
  /** What could not be checked, in words. */
  readonly notChecked: readonly string[];
  /** What order and guards rest on beside the lists that were read, each with its source. */
  readonly premises: readonly Premise[];
  readonly digest: string;
}

/** A plan with what is needed to run it. Only `plan` is saved. */
export interface LivePlan {
  readonly plan: Plan;
  /** Whether a state of earlier runs is there. */
  readonly baseKnown: boolean;
  /** What the audit log tells of the time of which no state is there, where it was read. */
  readonly past?: PastLog;
  readonly steps: readonly LiveStep[];
  readonly instances: readonly Instance[];
  readonly live: Organization;
  /** Steps by hand that are confirmed. */
  readonly done: readonly LiveStep[];
  /** The same with what is confirmed by hand. */
  readonly before: Organization;
  /** The organization when everything that is not refused is done. */
  readonly after: Organization;
  /** What an apply finds its next step from. */
  readonly way: Way;
  readonly decisions: readonly Decision[];
  /** What a run writes into the base, by address. */
  readonly lines: ReadonlyMap<string, LedgerLine>;
  /** Canonical e-mails of everybody who must be absent. */
  readonly leavers: ReadonlySet<string>;
  /** Declared things whose live objects are not simply there, and no step says so. */
  readonly identities: readonly IdentityFinding[];
  /** Whom Amplitude shows under another address by now, and the declarations that still say the old one. */
  readonly emailChanges: readonly (EmailChange & { readonly addresses: readonly string[] })[];
  /** What the stacks look up, and what it means. */
  readonly lookups: readonly EvaluatedLookup[];
  /** Whoever is new and may be somebody who is gone. */
  readonly lookAlikes: readonly LookAlike[];
  /** What is exchanged from time to time, and when. */
  readonly keys: readonly DueKey[];
}
