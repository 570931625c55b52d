import {
  accessDifference,
  applyEffects,
  canonicalEmail,
  Draft,
  type Organization,
  type PersonDifference,
} from "../access";
import { liveOrganization } from "../resources";
import { digest, type Json } from "../schema";
import { addressNotes } from "./address-notes";
import { acceptanceSteps, afterAdministrators, policyDuring } from "./acceptance";
import { confirm, type ConfirmedStep } from "./approval/confirmation";
import { discrepanciesOf } from "./consistency";
import { decide } from "./decide";
import type { Decision } from "./decision";
import { declaredFacts, policyJson } from "./desired/desired";
import { earlyAccess } from "./desired/engagement-rules";
import { limitsOf } from "./desired/limits";
import { fingerprintOf } from "./fingerprint";
import { guardedCourse, without } from "./order/guarded-course";
import {
  archivedRefusals,
  emailFindings,
  identityFindings,
  identityNote,
  lookupFindings,
} from "./identity-finding";
import {
  emailChanges,
  namingOld,
  readdressedBase,
  readdressedDesired,
  readdressing,
  asSaid,
} from "./email-change";
import { lookAlikeRefusals, lookAlikes } from "./look-alike";
import { declaredPeople } from "./desired/declared-people";
import { invitedFirst } from "./invited-first";
import { instancesOf } from "./instances";
import { irreversible, notChecked, placesNeeded } from "./plan-remarks";
import { keyMemory, keysMadeBefore, withHandOvers } from "./keys/key-rotation";
import { dueNotes, keysDue } from "./keys/keys-due";
import type { LedgerLine } from "./base/ledger";
import { memoryOf } from "./base/memory";
import { ordered } from "./order/preference";
import { policySteps } from "./policy-steps";
import { unlistedProjectsOf, unlistedText } from "./unlisted-project";
import { planNameRemarks } from "./name-remarks";
import { premisesOf } from "./premises/premises";
import { keptAdministrators, letGoAndOwned, missingStacks, stillNamed } from "./refusal";
import { notHeldAgainst, takenFrom } from "./second-list";
import { signInNotes, signInSteps } from "./single-sign-on";
import { merged, touchedPeople, type LiveStep } from "./step";
import { openLeavers, unmetLeavers } from "./unmet";
import { unknownAccess } from "./unread-access";
import { administrationOf, toldOf, type Told } from "./unread";
import type { PlanInput, PlannedChange, Plan, LivePlan } from "./live-plan";

/** Makes the plan. Pure. Throws DiagnosticError with every problem of the model. */
export function makePlan(given: PlanInput): LivePlan {
  const live = liveOrganization(given.snapshot, declaredFacts(given.desired, given.base));
  const emails = emailChanges(given.base, live).map((change) => ({
    ...change,
    addresses: namingOld(given.desired, change),
  }));
  const input = emails.length === 0 ? given : inAddressesOfNow(given, emails);
  const { desired, snapshot, base, now } = input;
  const families = new Set(snapshot.families);
  const { instances, lookups } = instancesOf(desired, live, { base, families, now, unread: snapshot.unread });
  const shown = instances.filter(({ declaration }) => isShown(declaration, input.only));
  const memory = memoryOf(instances, base);
  const decided = decide({ desired, instances, base, live, families, now }, memory);
  const decisions = invitedFirst(decided.filter((decision) => isShown(decision, input.only)));
  const leavers = new Set(instances.flatMap(({ naming }) => naming.absent).map(canonicalEmail));
  const rotation = { live, base, memory: keyMemory(memory, base, input.only), families, now };
  const changing = decisions.flatMap(({ steps }) => steps);
  const during = policyDuring(changing, live, { base, policy: desired.policy });
  const told = (confirmed: readonly ConfirmedStep[]): Told =>
    toldOf({ policy: during }, instances, base, { ...input, confirmed });
  const { administrators: minimum } = limitsOf(base.policy, desired.policy);
  const accepting = acceptanceSteps(changing, live, told([]), { minimum, families });
  const stating = afterAdministrators(policySteps(input, live), changing, base);
  const declared = [...changing, ...stating];
  const signing = signInSteps(changing, live, desired, { leavers, families });
  const alike = lookAlikes(base, live, {
    there: declaredPeople(desired, instances),
    left: new Set(openLeavers(instances, base).map(({ email }) => email)),
  });
  const unmet = unmetLeavers({ instances: shown, live, base, families, alike });
  const asked = merged([...declared, ...accepting, ...signing, ...unmet]);
  const all = merged(withHandOvers(asked, rotation));
  const again = keysMadeBefore(all, rotation);
  const words = (input.confirmations ?? []).filter(
    (word) => !again.some((r) => r.steps?.includes(word.step)),
  );
  const { steps: done, open, confirmed, notes } = confirm(all, words, now);
  const keys = keysDue({ ...rotation, desired, instances, leavers, done, confirmed });
  const preferred = ordered(open, live, leavers);
  const shownLookups = lookups.filter(({ declaration }) => isShown(declaration, input.only));
  const identities = [
    ...identityFindings(shown, live),
    ...lookupFindings(shownLookups),
    ...emailFindings(emails, alike, leavers),
  ];
  const unlisted = unlistedProjectsOf(live, snapshot);
  const refused = [
    ...lookAlikeRefusals(preferred, alike),
    ...archivedRefusals(identities, shown, live),
    ...missingStacks(base, desired, input.retired),
    ...stillNamed(desired, instances, preferred, leavers),
    ...letGoAndOwned(decisions),
    ...again,
    ...keptAdministrators(desired, preferred),
  ];
  // What is confirmed is part of what is, and so is what was in effect and cannot be read.
  const before = new Draft(live);
  for (const { assumed = [] } of decisions) for (const effect of assumed) applyEffects(before, [effect]);
  for (const { effects } of done) applyEffects(before, effects);
  const { policy, orgId, region, credentials } = desired;
  // Whom the guard names is not shut out by an order: it blocks that step until each of them is confirmed.
  const signsInLater = new Set(signing.flatMap(({ step }) => step.people));
  const [unread, administration] = [
    { ...told(confirmed), signsIn: signsInLater },
    administrationOf({ policy: during }, before, preferred),
  ];
  const fingerprint = fingerprintOf(snapshot, base);
  const discrepancies = discrepanciesOf(snapshot, desired.roleIds);
  const course = guardedCourse(
    {
      preferred,
      runs: without(preferred, refused),
      before,
      unread,
      administration,
      leavers,
    },
    {
      snapshot,
      discrepancies,
      fingerprint,
      base,
      instances,
      policy,
      unread,
      baseKnown: input.baseKnown,
      past: input.past,
      trusted: input.trusted === true,
    },
    { rules: input.guards, openings: input.openings ?? [], now },
  );
  const { steps, runs, way, seen, guards, gaps } = course;
  const after = way.after.organization;
  const refusals = [...refused, ...course.refusals];
  const people = peopleDifferences(
    before,
    seen.way.after.organization,
    touchedPeople(seen.runs, before, unread.provider),
  );
  const organization = {
    orgId,
    region,
    host: input.host,
    ...(credentials === undefined ? {} : { credentials }),
  };
  const invitations = [...new Set(seen.runs.flatMap(({ step }) => step.invites))].sort();
  const unsure = unknownAccess(seen.runs, before, snapshot);
  const plain = seen.steps.map(({ step }) => step);
  const plan: Plan = {
    organization,
    stacks: desired.stacks.map(({ name }) => name),
    policy,
    plannedAt: new Date(now).toISOString(),
    proofs: snapshot.proofs,
    families: snapshot.families,
    ...(snapshot.unread === undefined ? {} : { failed: snapshot.unread.map(({ family }) => family) }),
    discrepancies: discrepancies.map(({ doubt: _, ...told }) => told),
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
      ...identities.filter(({ answer }) => answer !== "archived").map(identityNote),
      ...signInNotes(preferred, { runs, way }),
      ...planNameRemarks(desired, instances, lookups, snapshot),
      ...addressNotes({ invitations, steps: preferred, refusals, live, base }),
      ...earlyAccess(runs, instances, desired.engagements, now),
    ],
    people,
    ...(unsure === undefined ? {} : { unknownAccess: unsure }),
    invitations,
    irreversible: irreversible(seen.runs, live),
    unlistedProjects: unlisted,
    notChecked: [
      ...notChecked(snapshot, input.baseKnown),
      ...unlistedText(unlisted),
      ...(input.unreadLog === undefined ? [] : [input.unreadLog]),
      ...(families.has("user-management") ? [] : notHeldAgainst(takenFrom(written(runs), { live, leavers }))),
    ],
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
    // As the stack says it: the old address with the id that stayed is what shows the change.
    lines.set(instance.declaration.address, {
      instance: asSaid(instance, emails),
      sameObject: entry !== undefined,
    });
  }
  return {
    plan,
    baseKnown: input.baseKnown,
    ...(input.past === undefined ? {} : { past: input.past }),
    steps,
    done,
    instances,
    live,
    before,
    after,
    way,
    decisions,
    lines,
    leavers,
    keys,
    identities,
    emailChanges: emails,
    lookAlikes: alike,
    lookups,
  };
}

/** Whoever has another address by now is who they were: the plan is made in the addresses of now. */
function inAddressesOfNow(input: PlanInput, changes: LivePlan["emailChanges"]): PlanInput {
  const readdress = readdressing(changes);
  return {
    ...input,
    desired: readdressedDesired(input.desired, readdress),
    base: readdressedBase(input.base, readdress),
  };
}

const written = (steps: readonly LiveStep[]): LiveStep[] =>
  steps.filter(({ step }) => step.actor === "write");

function isShown({ address }: Pick<Decision, "address">, only: ReadonlySet<string> | undefined): boolean {
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
