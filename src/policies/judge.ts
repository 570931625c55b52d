import { createHash } from "node:crypto";
import {
  canonicalEmail,
  effectiveAccess,
  everyonesAccess,
  type EffectiveAccess,
  type Organization,
} from "../access";
import type { Desired, LivePlan, PolicyFinding, PolicyOutcome, Step, Verdict } from "../reconcile";
import { circumstancesOf, type Circumstances, type ReadLog } from "./circumstances";
import type { PlaybookPolicy } from "./policy";
import type { Holder, Objection, Rule, View } from "./rule";
import { rules } from "./rules";

/** What is judged. */
export interface Case {
  readonly live: Pick<LivePlan, "plan" | "instances" | "before" | "after" | "keys">;
  readonly desired: Desired;
  /** What was read of the audit log, where it was. */
  readonly log?: ReadLog;
}

/**
 * The playbook's policies over a plan: what each objects to when the plan is done, and whether it did so before. Where only some
 * people's access changes, only these are looked at before: everybody else is as they were.
 */
export function judge({ live, desired, log }: Case, policies: readonly PlaybookPolicy[]): Verdict {
  const { plan, before, after } = live;
  const circumstances = circumstancesOf(live, desired, log);
  const holders = (accesses: readonly EffectiveAccess[]): Holder[] =>
    accesses.map((access) => holderOf(access, circumstances));
  const touched = new Set(plan.people.map(({ email }) => email));
  const alike = surroundings(before) === surroundings(after);
  const people = {
    before: holders(
      alike ? [...touched].map((email) => effectiveAccess(before, email)) : everyonesAccess(before),
    ),
    after: holders(everyonesAccess(after)),
  };
  const isUntouched = ({ people: [email] }: Objection, rule: Rule): boolean =>
    alike && rule.person !== undefined && email !== undefined && !touched.has(email);
  const views = {
    // A key's line is as new as its steps are.
    before: viewOf(before, {
      ...circumstances,
      organizationKeys: circumstances.organizationKeys.filter(({ changes }) => !changes),
    }),
    after: viewOf(after, circumstances),
  };
  const findings: PolicyFinding[] = [];
  const outcomes: PolicyOutcome[] = [];
  for (const { name, level, parameters } of policies) {
    const rule = rules.find((known) => known.name === name) as Rule | undefined;
    if (rule === undefined || level === "off") continue;
    const known = objections(rule, views.before, people.before, parameters);
    const found = objections(rule, views.after, people.after, parameters);
    const was = new Set(known.map(({ subject }) => subject));
    for (const objection of found) if (isUntouched(objection, rule)) was.add(objection.subject);
    const unchecked = rule.unchecked?.(views.after, parameters);
    findings.push(
      ...found.map((objection) =>
        findingOf({ rule: name, level }, objection, was.has(objection.subject), plan.steps),
      ),
    );
    outcomes.push({
      rule: name,
      level,
      before: was.size,
      after: found.length,
      judged: unchecked?.judged ?? "whole",
      ...(unchecked === undefined ? {} : { unchecked: unchecked.why }),
    });
  }
  return { findings, outcomes };
}

/** What rules about one person look at beside that person: settings, and what projects are for. */
function surroundings(organization: Organization): string {
  const environments = [...organization.projects()].map(({ id, environment }) => [id, environment]);
  return JSON.stringify([[...organization.settings()].sort(), environments.sort()]);
}

/** An organization as policies see it. */
export function viewOf(organization: Organization, circumstances: Circumstances): View {
  return {
    organization,
    circumstances,
    project: (id) => organization.project(id) ?? { id, name: id },
  };
}

function holderOf(access: EffectiveAccess, circumstances: Circumstances): Holder {
  const { email } = access;
  return {
    email,
    access,
    isServiceAccount: circumstances.isServiceAccount(email),
    collaborator: circumstances.collaborator(email),
  };
}

function objections(
  rule: Rule,
  view: View,
  people: readonly Holder[],
  parameters: PlaybookPolicy["parameters"],
): Objection[] {
  return [
    ...(rule.person === undefined
      ? []
      : people.flatMap((holder) => [...(rule.person?.(holder, view, parameters) ?? [])])),
    ...(rule.organization?.(view, parameters) ?? []),
  ];
}

/** The same for the same rule and subject, whatever else changes. */
export function findingId(rule: string, subject: string): string {
  return createHash("sha256")
    .update(JSON.stringify([rule, subject]))
    .digest("hex")
    .slice(0, 16);
}

/** An objection as a plan carries it. */
export function findingOf(
  { rule, level }: Pick<PolicyFinding, "rule" | "level">,
  objection: Objection,
  wasSo: boolean,
  steps: readonly Step[],
): PolicyFinding {
  const { subject, path, people, reason, fix } = objection;
  return {
    id: findingId(rule, subject),
    rule,
    level,
    isNew: !wasSo,
    path,
    addresses: objection.addresses ?? (wasSo ? [] : addressesOf(objection, steps)),
    people,
    reason,
    fix,
  };
}

/** The declarations whose steps touch what is objected to: its people or groups, on its project where it speaks of one. */
function addressesOf({ people, groups = [], project }: Objection, steps: readonly Step[]): string[] {
  const touching = steps.filter(({ actor, people: whom, values }) => {
    if (actor === "record") return false;
    if (project !== undefined && values["project"] !== undefined && values["project"] !== project)
      return false;
    const group = values["principalType"] === "group" ? values["principal"] : values["group"];
    return (
      (values["setting"] !== undefined && people.length === 0) ||
      whom.some((email) => people.includes(canonicalEmail(email))) ||
      (group !== undefined && groups.includes(group))
    );
  });
  return [...new Set(touching.flatMap(({ addresses }) => addresses))].sort();
}
