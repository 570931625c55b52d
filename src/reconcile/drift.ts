import { canonicalEmail, type Organization } from "../access";
import type { AuditEvent } from "../api";
import { keyOf } from "../lifecycle";
import { kinds } from "../resources";
import { caselessName } from "../schema";
import type { IdentityFinding } from "./identity-finding";
import type { Instance } from "./instance";
import type { Base } from "./base/base";
import type { Decision } from "./decision";
import { declaredPeople } from "./desired/declared-people";
import type { Desired } from "./desired/desired";
import type { LivePlan } from "./live-plan";
import type { Step } from "./step";

/** Somebody's act in the audit log. */
export interface Attribution {
  readonly actor: string;
  /** RFC 3339. */
  readonly at: string;
  /** The client, where the log tells it. */
  readonly through?: string;
}

/** One difference, and the step that would undo or do it. */
export interface Finding {
  readonly address: string;
  readonly label: string;
  /** What is to be done about it, in words. */
  readonly step: Step;
  readonly by?: Attribution;
}

/** How the organization differs from what code says, by cause. */
export interface Drift {
  /** In effect before, and different now: somebody changed it by other means. */
  readonly outside: readonly Finding[];
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
      .map(({ step }) => ({ decision, step })),
  );
  const toFinding = ({ decision, step }: { decision: Decision; step: Step }): Finding => {
    const by = attributionOf(step, live.live, events);
    return { address: decision.address, label: decision.label, step, ...(by === undefined ? {} : { by }) };
  };
  const idp = findings.filter(({ step }) => step.actor === "idp");
  const ours = findings.filter(({ step }) => step.actor !== "idp");
  const isOutside = ({ decision }: { decision: Decision }): boolean =>
    decision.inEffect || !live.lines.has(decision.address);
  const vanished = new Set(
    live.decisions
      .filter(({ steps }) => steps.some(({ step }) => step.values["what"] === "forget"))
      .map(({ address }) => address),
  );
  const outside = ours.filter((finding) => isOutside(finding) && !vanished.has(finding.decision.address));
  const taken = new Set(outside);
  return {
    outside: unique(outside.map(toFinding)),
    notApplied: unique(
      ours
        .filter((finding) => !taken.has(finding))
        .map(({ decision: { address, label }, step }) => ({ address, label, step })),
    ),
    identities: identitiesOf(live, new Set(ours.map(({ decision }) => decision.address)), events),
    identityProvider: unique(idp.map(toFinding)),
    arrived: arrivedSince(live, desired, base, events),
    unmanaged: unmanagedOf(live, desired),
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

/** Nothing is known of who was there before the first apply. */
function arrivedSince(
  { live, instances }: LivePlan,
  desired: Desired,
  base: Base | undefined,
  events: readonly AuditEvent[],
): Drift["arrived"] {
  if (base === undefined || base.present.length === 0) return [];
  const known = new Set([...base.present, ...declaredPeople(desired, instances)]);
  return [...live.people()]
    .filter(({ email }) => !known.has(canonicalEmail(email)))
    .map(({ email }) => {
      const by = latestAbout([[email]], events);
      return { email, ...(by === undefined ? {} : { by }) };
    });
}

function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [finding.step.id, finding])).values()];
}

/**
 * The latest event that speaks of everything the step speaks of; one of somebody else before one of ours. The log's shape is
 * not documented, so its words are compared.
 */
export function attributionOf(
  step: Step,
  live: Organization,
  events: readonly AuditEvent[],
): Attribution | undefined {
  return latestAbout(subjectsOf(step, live), events);
}

function latestAbout(
  subjects: readonly (readonly string[])[],
  events: readonly AuditEvent[],
): Attribution | undefined {
  if (subjects.length === 0) return undefined;
  const about = events.filter((event) => {
    const words = caselessName(
      `${event.target}\n${event.projectId ?? ""}\n${JSON.stringify(event.properties)}`,
    );
    return subjects.every((names) => names.some((name) => mentions(words, name)));
  });
  const event = about.filter((entry) => !isOurs(entry)).at(-1) ?? about.at(-1);
  if (event === undefined) return undefined;
  return {
    actor: event.actor,
    at: event.at,
    ...(event.userAgent === undefined ? {} : { through: event.userAgent }),
  };
}

/** How this program names itself in the audit log. */
const OURS = "amplitude-access/";

/** Whether this program did it, as far as the log tells the client. */
export function isOurs({ userAgent }: AuditEvent): boolean {
  return userAgent?.startsWith(OURS) === true;
}

/** A whole word: `jo@x.com` is not in `anjo@x.com`, nor `63` in `632`. */
function mentions(words: string, name: string): boolean {
  const needle = caselessName(name);
  for (let at = words.indexOf(needle); at >= 0; at = words.indexOf(needle, at + 1)) {
    const outside = /[\p{L}\p{N}@._+-]/u;
    const [before, after] = [words[at - 1] ?? "", words[at + needle.length] ?? ""];
    if (!outside.test(before) && !(outside.test(after) && after !== ".")) return true;
  }
  return false;
}

/** What a step is about, each under every name that it can have in the log. */
function subjectsOf({ values, facts }: Step, live: Organization): string[][] {
  // The name may be another one by now, the id is the same.
  const known = (id: unknown): string[] => (typeof id === "string" ? [id] : []);
  const groupNames = (name: string): string[] => [
    name,
    ...live.groupsNamed(name).map(({ id }) => id),
    ...known(facts["groupId"]),
  ];
  const subjects: string[][] = [];
  const { group, email, principalType, principal, project, property, setting, label } = values;
  if (group !== undefined) subjects.push(groupNames(group));
  if (email !== undefined) subjects.push([email]);
  if (principal !== undefined) subjects.push(principalType === "group" ? groupNames(principal) : [principal]);
  if (project !== undefined)
    subjects.push([
      project,
      ...live.projectsNamed(project).map(({ id }) => id),
      ...known(facts["projectId"]),
    ]);
  // Amplitude may put its prefix before the name of a property.
  if (property !== undefined) subjects.push([property, `gp:${property}`, `grp:${property}`]);
  if (label !== undefined) subjects.push([label]);
  // The log names a setting, or the page that it is on.
  if (setting !== undefined) subjects.push([setting, setting.split("_")[0] ?? setting]);
  return subjects;
}

function unmanagedOf({ live, instances, decisions }: LivePlan, desired: Desired): Drift["unmanaged"] {
  const named = declaredPeople(desired, instances);
  const explained = (email: string): boolean =>
    named.has(canonicalEmail(email)) || live.groupsOf(email).some(({ writer }) => writer === "idp");
  const groups = [...live.groups()].filter(({ writer }) => writer === "unknown").map(({ name }) => name);
  return {
    people: [...live.people()]
      .filter(({ email }) => !explained(email))
      .map(({ email }) => email)
      .sort(),
    groups: groups.sort(),
    grants: undeclaredGrants(live, instances, decisions),
  };
}

/** Access that nobody wrote down, and that no step takes away. */
function undeclaredGrants(
  live: Organization,
  instances: readonly Instance[],
  decisions: readonly Decision[],
): string[] {
  const told = new Set([
    ...instances.map(({ declaration: { kind }, key }) => `${kind.type} ${key}`),
    ...decisions.flatMap(({ revokes }) => revokes ?? []),
  ]);
  return kinds
    .filter((kind) => kind.isGrant === true)
    .flatMap((kind) =>
      [...kind.list(live)]
        .filter((state) => !told.has(`${kind.type} ${keyOf(kind, state)}`))
        .map((state) => {
          const { role } = state as { readonly role?: string };
          return kind.label(state, live) + (role === undefined ? "" : `: ${role}`);
        }),
    )
    .sort();
}
