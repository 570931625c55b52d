import {
  accessDifference,
  applyEffects,
  canonicalEmail,
  Draft,
  type Organization,
  type PersonDifference,
} from "../access";
import type { Family, Proof } from "../api";
import type { Action, AttributeChange, Snapshot } from "../resources";
import { liveOrganization } from "../resources";
import { digest, type Json } from "../schema";
import type { Base } from "./base/base";
import type { Way } from "./order/arrange";
import { acceptanceSteps, policyDuring } from "./acceptance";
import { confirm, type Confirmation, type ConfirmedStep } from "./approval/confirmation";
import { decide, type Decision } from "./decide";
import type { Policy } from "./desired/declaration";
import { declaredFacts, policyJson, type Desired } from "./desired/desired";
import { earlyAccess } from "./desired/engagement-rules";
import { limitsOf } from "./desired/limits";
import { fingerprintOf, type Fingerprint } from "./fingerprint";
import type { Gap } from "./order/gap";
import { guardedCourse, without } from "./order/guarded-course";
import type { Guard, GuardRule, Opening } from "./guards";
import type { Instance } from "./instance";
import { instancesOf } from "./instances";
import { irreversible, notChecked, placesNeeded, type Irreversible } from "./plan-remarks";
import { keyMemory, keysMadeBefore, withHandOvers } from "./keys/key-rotation";
import { dueNotes, keysDue, type DueKey } from "./keys/keys-due";
import type { LedgerLine } from "./base/ledger";
import { memoryOf } from "./base/memory";
import { ordered } from "./order/preference";
import type { PolicyFinding, PolicyOutcome } from "./policy-finding";
import { policySteps } from "./policy-steps";
import type { Premise } from "./premises/premise";
import { premisesOf } from "./premises/premises";
import {
  keptAdministrators,
  letGoAndOwned,
  missingStacks,
  stillNamed,
  unknownGroupIds,
  type Refusal,
} from "./refusal";
import { merged, touchedPeople, type LiveStep, type Step } from "./step";
import { administrationOf, toldOf, type Told } from "./unread";

/** What a plan is made of. */
export interface PlanInput {
  readonly desired: Desired;
  readonly snapshot: Snapshot;
  readonly base: Base;
  /** Whether there was a base file: without one, deletions cannot be seen. */
  readonly baseKnown: boolean;
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
  /** Who will be sent an invitation e-mail, by whomever. */
  readonly invitations: readonly string[];
  readonly irreversible: readonly Irreversible[];
  /** What could not be checked, in words. */
  readonly notChecked: readonly string[];
  /** What order and guards rest on beside the lists that were read, each with its source. */
  readonly premises: readonly Premise[];
  readonly digest: string;
}

/** A plan with what is needed to run it. Only `plan` is saved. */
export interface LivePlan {
  readonly plan: Plan;
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
  /** What is exchanged from time to time, and when. */
  readonly keys: readonly DueKey[];
}

/** Makes the plan. Pure. Throws DiagnosticError with every problem of the model. */
export function makePlan(input: PlanInput): LivePlan {
  const { desired, snapshot, base, now } = input;
  const live = liveOrganization(snapshot, declaredFacts(desired));
  const instances = instancesOf(desired, live, base, now);
  const families = new Set(snapshot.families);
  const memory = memoryOf({ instances, base, live });
  const decisions = decide({ desired, instances, base, live, families, now }, memory).filter((decision) =>
    isShown(decision, input.only),
  );
  const leavers = new Set(instances.flatMap(({ naming }) => naming.absent).map(canonicalEmail));
  const rotation = { live, base, memory: keyMemory(memory, base, input.only), families, now };
  const changing = decisions.flatMap(({ steps }) => steps);
  const during = policyDuring(changing, live, { base, policy: desired.policy });
  const told = (confirmed: readonly ConfirmedStep[]): Told =>
    toldOf({ policy: during }, instances, base, { ...input, confirmed });
  const { administrators: minimum } = limitsOf(base.policy, desired.policy);
  const accepting = acceptanceSteps(changing, live, told([]), { minimum, families });
  const stating = policySteps(input, live).filter(
    // As long as somebody is waited for, the base must not forget whom they follow.
    ({ step }) => accepting.length === 0 || step.values["what"] !== "policy",
  );
  const declared = [...changing, ...stating];
  const asked = merged([...declared, ...accepting]);
  const all = merged(withHandOvers(asked, rotation));
  const again = keysMadeBefore(all, rotation);
  const words = (input.confirmations ?? []).filter(
    (word) => !again.some((r) => r.steps?.includes(word.step)),
  );
  const { steps: done, open, confirmed, notes } = confirm(all, words, now);
  const keys = keysDue({ ...rotation, desired, instances, leavers, done, confirmed });
  const preferred = ordered(open, live, leavers);
  const refused = [
    ...missingStacks(base, desired, input.retired),
    ...stillNamed(desired, instances, preferred, leavers),
    ...letGoAndOwned(decisions),
    ...again,
    ...keptAdministrators(desired, preferred),
    ...unknownGroupIds(preferred, snapshot.userManagementGroupIds),
  ];
  // What is confirmed is part of what is.
  const before = new Draft(live);
  for (const { effects } of done) applyEffects(before, effects);
  const { policy, orgId, region, credentials } = desired;
  const [unread, administration] = [told(confirmed), administrationOf({ policy: during }, before, preferred)];
  const fingerprint = fingerprintOf(snapshot, base);
  const course = guardedCourse(
    {
      preferred,
      runs: without(preferred, refused),
      before,
      unread,
      administration,
      leavers,
    },
    { snapshot, fingerprint, base, instances, policy, unread, trusted: input.trusted === true },
    { rules: input.guards, openings: input.openings ?? [], now },
  );
  const { steps, runs, way, seen, guards, gaps } = course;
  const after = way.after.organization;
  const refusals = [...refused, ...course.refusals];
  const people = peopleDifferences(before, seen.way.after.organization, touchedPeople(seen.runs, before));
  const organization = {
    orgId,
    region,
    host: input.host,
    ...(credentials === undefined ? {} : { credentials }),
  };
  const plain = seen.steps.map(({ step }) => step);
  const plan: Plan = {
    organization,
    stacks: desired.stacks.map(({ name }) => name),
    policy,
    plannedAt: new Date(now).toISOString(),
    proofs: snapshot.proofs,
    families: snapshot.families,
    fingerprint,
    changes: decisions.map(plannedChange),
    steps: plain,
    refusals,
    findings: [],
    policyOutcomes: [],
    guards,
    gaps,
    confirmed,
    notes: [
      ...[...notes, ...placesNeeded(runs, credentials), ...dueNotes(keys)],
      ...earlyAccess(runs, instances, desired.engagements, now),
    ],
    people,
    invitations: [...new Set(seen.runs.flatMap(({ step }) => step.invites))].sort(),
    irreversible: irreversible(seen.runs, live),
    notChecked: notChecked(snapshot, input.baseKnown),
    premises: premisesOf({
      steps: preferred,
      before,
      told: unread,
      administration,
      policy,
      snapshot,
      confirmed,
    }),
    digest: planDigest({ organization, policy, steps: plain, people }),
  };
  const lines = new Map<string, LedgerLine>();
  for (const [instance, entry] of memory) {
    lines.set(instance.declaration.address, { instance, sameObject: entry !== undefined });
  }
  return { plan, steps, done, instances, live, before, after, way, decisions, lines, leavers, keys };
}

function isShown({ address }: Decision, only: ReadonlySet<string> | undefined): boolean {
  return only === undefined || only.has(address.slice(0, address.indexOf("/")));
}

/** Access before and after, for everybody whom a step touches. */
function peopleDifferences(
  live: Organization,
  after: Organization,
  touched: Iterable<string>,
): PersonDifference[] {
  return accessDifference(live, after, touched).filter(
    ({ equal, projects, presentBefore, presentAfter }) =>
      !equal || projects.length > 0 || presentBefore !== presentAfter,
  );
}

function plannedChange(decision: Decision): PlannedChange {
  const { address, label, kind, constructPath, action, changes, inEffect } = decision;
  const path = constructPath === undefined ? {} : { constructPath };
  const steps = decision.steps.map(({ step }) => step.id);
  return { address, label, kind, ...path, action, changes, inEffect, steps };
}

/** What an approval holds for: the steps with the facts they rest on, gain and loss as shown, policy and organization. */
export function planDigest(content: Pick<Plan, "organization" | "policy" | "steps" | "people">): string {
  const { organization, policy, steps, people } = content;
  return digest({
    organization: { ...organization },
    policy: policyJson(policy),
    steps: steps.map(({ id, facts, actor, notBefore = "" }) => [id, facts as Json, actor, notBefore]),
    people: people as unknown as Json,
  });
}
