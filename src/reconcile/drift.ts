import { canonicalEmail, type Organization } from "../access";
import type { AuditEvent } from "../api";
import { canonicalConfig, keyOf, type Values } from "../lifecycle";
import { confirmAbsent, kinds } from "../resources";
import type { IdentityFinding } from "./identity-finding";
import type { Instance } from "./instance";
import type { Base, BaseEntry } from "./base/base";
import type { LedgerLine } from "./base/ledger";
import { declarationOf } from "./base/record";
import type { Decision } from "./decision";
import { declaredPeople } from "./desired/declared-people";
import type { Desired } from "./desired/desired";
import type { LivePlan } from "./live-plan";
import { attributionOf, latestAbout, type Attribution } from "./log/attribution";
import type { LiveStep, Step } from "./step";
import { aroundFindings, type AroundFinding } from "./watch/around-findings";
import { outsideChange, type OutsideChange } from "./watch/outside-change";
import { takenAway, type TakenAway } from "./watch/taken-away";

/** One difference, and the step that would undo or do it. */
export interface Finding {
  readonly address: string;
  readonly label: string;
  /** What is to be done about it, in words. */
  readonly step: Step;
  /** How it was, and how it is now. */
  readonly changed?: OutsideChange;
  readonly by?: Attribution;
}

/** How the organization differs from what code says, by cause. */
export interface Drift {
  /** In effect before, and different now: somebody changed it by other means. */
  readonly outside: readonly Finding[];
  /** Ended by its own date, and not yet taken away. */
  readonly ended: readonly Finding[];
  /** Around what is declared: added by hand, or there when it was first applied. */
  readonly around: readonly AroundFinding[];
  /** Whether the state says what was around when it was first applied. */
  readonly foundKnown: boolean;
  /** Declared, and never brought into effect. */
  readonly notApplied: readonly Finding[];
  /** Declared, and not simply there: renamed, made anew, archived, hidden; and no step says so. */
  readonly identities: readonly (IdentityFinding & { readonly by?: Attribution })[];
  /** The identity provider's part. */
  readonly identityProvider: readonly Finding[];
  /** People who are there since the last apply by other means: pushed by an identity provider, or let in by hand. */
  readonly arrived: readonly { readonly email: string; readonly by?: Attribution }[];
  /** Live, declared by nobody, and not ours: listed, never touched. */
  readonly unmanaged: {
    readonly people: readonly string[];
    readonly groups: readonly string[];
    readonly grants: readonly string[];
  };
}

/** Splits a plan by cause and names who did it. Events oldest first. */
export function driftOf(live: LivePlan, desired: Desired, events: readonly AuditEvent[], base?: Base): Drift {
  // What rests on lists that do not fit is not known to differ: the discrepancy is told instead.
  const doubtful = live.plan.guards.flatMap(({ guard, steps }) => (guard === "whole-read" ? steps : []));
  const left = new Set([...live.plan.confirmed.map(({ step }) => step.id), ...doubtful]);
  const findings = live.decisions.flatMap((decision) =>
    decision.steps
      .filter(({ step }) => step.actor !== "record" && !left.has(step.id))
      .map((step): DecidedStep => ({ decision, step })),
  );
  const toFinding = ({ decision, step: planned }: DecidedStep): Finding => {
    const changed = outsideChange(planned, live.live);
    const by = attributionOf(planned.step, live.live, events, changed.direction);
    const { address, label } = decision;
    return { address, label, step: planned.step, changed, ...(by === undefined ? {} : { by }) };
  };
  const [unread, read] = [findings.filter(isUnread), findings.filter((finding) => !isUnread(finding))];
  const idp = read.filter(({ step: { step } }) => step.actor === "idp");
  const isEnded = endedBy(live.instances);
  const over = read.filter((finding) => isEnded(finding));
  const ours = read.filter((finding) => finding.step.step.actor !== "idp" && !isEnded(finding));
  const isOutside = ({ decision: { address, inEffect } }: DecidedStep): boolean =>
    inEffect || !live.lines.has(address) || wasInEffect(live.lines.get(address), base?.entries[address]);
  const vanished = new Set(
    live.decisions
      .filter(({ steps }) => steps.some(({ step }) => step.values["what"] === "forget"))
      .map(({ address }) => address),
  );
  const outside = ours.filter((finding) => isOutside(finding) && !vanished.has(finding.decision.address));
  const isTold = new Set(outside);
  const taken = takenAway(live);
  const around = aroundFindings(live, desired, { events, found: base?.found, taken });
  return {
    outside: unique(outside.map(toFinding)),
    ended: unique(over.map(toFinding).map(({ by: _by, ...finding }) => finding)),
    around,
    foundKnown: base?.found !== undefined,
    notApplied: unique([
      ...ours
        .filter((finding) => !isTold.has(finding))
        .map(({ decision: { address, label }, step: { step } }) => ({ address, label, step })),
      ...unmetFindings(live),
    ]),
    identities: [
      ...identitiesOf(live, new Set([...ours, ...over].map(({ decision }) => decision.address)), events),
      ...new Map(unread.map((finding) => [finding.decision.address, unknownFinding(finding)])).values(),
    ],
    identityProvider: unique(idp.map(toFinding)),
    arrived: arrivedSince(live, desired, { base, events, taken }),
    unmanaged: unmanagedOf(live, desired, taken, new Set(around.map(({ id }) => id))),
  };
}

const isUnread = ({ decision }: DecidedStep): boolean => decision.inEffect && decision.assumed !== undefined;

/** What was in effect and cannot be read has not changed, as far as anybody knows. */
function unknownFinding({ decision: { address, label }, step: { step } }: DecidedStep): IdentityFinding {
  return {
    address,
    label,
    answer: "unknown",
    says: `${label}: unknown. It was in effect, and nobody could read whether it still is`,
    advice: `Look whether it is there (${step.how ?? step.text}), and confirm it: amplitude-access confirm ${step.id}`,
    subjects: [],
  };
}

/** A finding of which a step tells already is told once. */
function identitiesOf(
  { identities }: LivePlan,
  told: ReadonlySet<string>,
  events: readonly AuditEvent[],
): Drift["identities"] {
  return identities
    .filter(({ address }) => !told.has(address))
    .map((finding) => {
      const by = latestAbout(finding.subjects, events);
      return by === undefined ? finding : { ...finding, by };
    });
}

/** Lines of leavers that meet nobody, until somebody confirms them. */
function unmetFindings({ steps, decisions }: LivePlan): Finding[] {
  const labels = new Map(decisions.map(({ address, label }) => [address, label]));
  return steps
    .filter(({ step }) => step.operation === confirmAbsent.name)
    .flatMap(({ step }) =>
      step.addresses.map((address) => ({ address, label: labels.get(address) ?? address, step })),
    );
}

/** Whether a line was in effect before what it hangs on went away: the same words, of another object. */
function wasInEffect(line: LedgerLine | undefined, entry: BaseEntry | undefined): boolean {
  if (line === undefined || entry?.complete !== true) return false;
  const { kind } = line.instance.declaration;
  const words = (config: Values): string => declarationOf(kind, canonicalConfig(kind, config));
  return entry.kind === kind.type && words(entry.config) === words(line.instance.config);
}

/** A step of a decision. */
interface DecidedStep {
  readonly decision: Decision;
  readonly step: LiveStep;
}

/** Tells what has ended by its own date: a line, a part of one, or somebody whom only such lines name and a pattern owns. */
function endedBy(instances: readonly Instance[]): (finding: DecidedStep) => boolean {
  const people = new Set<string>();
  for (const { declaration, config, naming, current } of instances) {
    const now = new Set(current === undefined ? [] : naming.present.map(canonicalEmail));
    for (const email of declaration.kind.names(config as never).present.map(canonicalEmail))
      if (!now.has(email)) people.add(email);
  }
  return ({ decision: { ended = [], revokes }, step: { step } }) =>
    ended.includes(step.id) ||
    (revokes !== undefined && step.people.length > 0 && step.people.every((email) => people.has(email)));
}

/** Nothing is known of who was there before the first apply. */
function arrivedSince(
  { live, instances }: LivePlan,
  desired: Desired,
  {
    base,
    events,
    taken,
  }: { readonly base: Base | undefined; readonly events: readonly AuditEvent[]; readonly taken: TakenAway },
): Drift["arrived"] {
  if (base === undefined || base.present.length === 0) return [];
  const known = new Set([...base.present, ...declaredPeople(desired, instances), ...taken.people]);
  return [...live.people()]
    .filter(({ email }) => !known.has(canonicalEmail(email)))
    .map(({ email }) => {
      const by = latestAbout([[email]], events, "gained");
      return { email, ...(by === undefined ? {} : { by }) };
    });
}

function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [finding.step.id, finding])).values()];
}

function unmanagedOf(
  { live, instances }: LivePlan,
  desired: Desired,
  taken: TakenAway,
  around: ReadonlySet<string>,
): Drift["unmanaged"] {
  const named = new Set([...declaredPeople(desired, instances), ...taken.people]);
  const explained = (email: string): boolean =>
    named.has(canonicalEmail(email)) || live.groupsOf(email).some(({ writer }) => writer === "idp");
  const groups = [...live.groups()]
    .filter(({ id, writer }) => writer === "unknown" && !taken.groups.has(id))
    .map(({ name }) => name);
  const declared = new Set(instances.map(({ declaration: { kind }, key }) => `${kind.type} ${key}`));
  return {
    people: [...live.people()]
      .filter(({ email }) => !explained(email))
      .map(({ email }) => email)
      .sort(),
    groups: groups.sort(),
    grants: undeclaredGrants(live, taken, (id) => declared.has(id) || around.has(id)),
  };
}

/** Access that nobody wrote down, that is about nothing declared, and that no step takes away. */
function undeclaredGrants(live: Organization, taken: TakenAway, isTold: (id: string) => boolean): string[] {
  return kinds
    .filter((kind) => kind.isGrant === true)
    .flatMap((kind) =>
      [...kind.list(live)]
        .filter(
          (state) => !isTold(`${kind.type} ${keyOf(kind, state)}`) && !taken.takes(kind, state as Values),
        )
        .map((state) => {
          const { role } = state as { readonly role?: string };
          return kind.label(state, live) + (role === undefined ? "" : `: ${role}`);
        }),
    )
    .sort();
}
