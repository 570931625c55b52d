import type { Email, Organization } from "../../access";
import type { Snapshot } from "../../resources";
import type { Base } from "../base/base";
import type { Discrepancy } from "../consistency";
import type { Policy } from "../desired/declaration";
import type { Fingerprint } from "../fingerprint";
import type { Instance } from "../instance";
import type { PastLog } from "../log/past-log";
import type { Gap } from "../order/gap";
import type { LiveStep } from "../step";
import type { Told } from "../unread";

/** Every guard, in the order in which a plan shows them. */
export const guardNames = [
  "whole-read",
  "organization",
  "removals",
  "pending-removals",
  "group-removals",
  "removals-in-all",
  "groups-in-use",
  "projects-in-use",
  "invitations",
  "administrators",
  "break-glass",
  "operator",
  "single-sign-on",
  "returns",
  "gaps",
  "loosened-policy",
] as const;
/** `policy`: what a policy denies. Such a guard is in a plan only where one does. */
export type GuardName = (typeof guardNames)[number] | "policy";

/** What one guard found in a plan. There is at least one of every guard in every plan. */
export interface GuardFinding {
  /** The group or project that it is about, where a guard judges several. */
  readonly subject?: string;
  readonly found: number;
  /** What `found` is a part of: 20 members. */
  readonly of?: number;
  /** The largest `found` that passes, or the smallest for a guard that asks for a minimum; undefined: no limit is set. */
  readonly limit?: number;
  /** Number and limit in words: `9 of 20 members of agency-nova (45 %); limit 25 %, counted above 4`. */
  readonly text: string;
  /** Whether it holds its steps back. `unjudged`: what it takes to judge is not known, so it holds them back too. */
  readonly verdict: "passes" | "holds" | "unjudged";
  /** Whom it is about, canonical e-mails. */
  readonly people: readonly Email[];
  /** Ids of the steps that it is about: those it holds back, when it does. */
  readonly steps: readonly string[];
  /** What to do about it, where the rule's own advice is another. */
  readonly advice?: string;
}

/** A guard of a plan: a rule with a number and a limit, and what it found. */
export interface Guard extends Omit<GuardFinding, "verdict"> {
  readonly guard: GuardName;
  readonly verdict: GuardFinding["verdict"] | "opened";
  /** What lets its steps pass all the same: an approval, `--trust-organization`, nothing. */
  readonly opens: "approval" | "trust" | "never";
  /** What to do about it. */
  readonly advice: string;
  /** Who let the steps pass, and why. */
  readonly opened?: { readonly by: string; readonly reason: string; readonly until?: string };
  /** Why an approval that is there does not open it; a clause each. */
  readonly notes?: readonly string[];
}

/** What guards judge: the plan that will run, and what is known of the organization. */
export interface GuardFacts {
  /** In their order; what the plan refuses for other reasons is left out. */
  readonly steps: readonly LiveStep[];
  /** The organization now, with what is confirmed by hand. */
  readonly before: Organization;
  readonly snapshot: Snapshot;
  /** Lists that do not fit. */
  readonly discrepancies: readonly Discrepancy[];
  readonly fingerprint: Fingerprint;
  readonly base: Base;
  readonly instances: readonly Instance[];
  /** Canonical e-mails of everybody who must be absent. */
  readonly leavers: ReadonlySet<Email>;
  /** The policy of the stacks. */
  readonly policy: Policy;
  /** What no API shows of administrators. */
  readonly unread: Pick<Told, "admins" | "declared" | "promoted" | "anybody">;
  /** What no order avoids. */
  readonly gaps: readonly Gap[];
  /** Whether there is a state of an earlier apply; and what the audit log tells where there is none. */
  readonly baseKnown: boolean;
  readonly past: PastLog | undefined;
  /** Somebody at the command line says that it is the right organization. */
  readonly trusted: boolean;
}

/** One rule. Pure. */
export interface GuardRule {
  readonly name: GuardName;
  readonly opens: Guard["opens"];
  readonly advice: string;
  /** At least one finding, also where nothing is held back. */
  readonly judge: (facts: GuardFacts) => readonly GuardFinding[];
}
