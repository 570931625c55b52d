import { forecastOf, saidBy, type LivePlan, type Plan } from "../../reconcile";
import { counted, number } from "../count";
import { readLine } from "../read-line";
import { forecastLine } from "./forecast-line";
import {
  changeKinds,
  places,
  type ChangeKind,
  type PersonView,
  type PlanView,
  type StepLine,
  type StepView,
} from "./plan-view";
import { discrepanciesOf } from "./view-discrepancies";
import { guardsOf, policiesOf } from "./view-guards";
import { peopleOf } from "./view-people";
import { premisesOf } from "./view-premises";
import { heldSteps, linesOf, stepsOf } from "./view-steps";

/** Everything that is shown of a plan, built once: renderers only choose words' places. Pure. `command`: what runs exactly this. */
export function viewOf(live: LivePlan, command: string): PlanView {
  const { plan } = live;
  const held = heldSteps(plan);
  const [lines, steps] = [linesOf(plan, held), stepsOf(plan, held)];
  const people = peopleOf(plan, lines);
  const forecast = forecastOf(live);
  return {
    format: "amplitude-access/plan-view",
    version: 1,
    organization: { ...plan.organization },
    stacks: [...plan.stacks],
    digest: plan.digest,
    plannedAt: plan.plannedAt,
    read: readOf(plan),
    totals: totalsOf(plan, people, steps),
    people,
    ...(plan.unknownAccess === undefined ? {} : { unknownAccess: plan.unknownAccess }),
    irreversible: plan.irreversible.map((act) => ({ ...act })),
    gaps: gapsOf(plan, lines),
    lines,
    steps,
    confirmed: plan.confirmed.map(confirmedText),
    notes: [...plan.notes],
    guards: guardsOf(plan),
    policies: policiesOf(plan),
    notChecked: [...plan.notChecked],
    premises: premisesOf(plan),
    forecast: {
      says: forecastLine(forecast),
      ...forecast,
      families: forecast.families.map((family) => ({ ...family })),
      secondLists: { ...forecast.secondLists },
      perMinute: { ...forecast.perMinute },
      invitations: [...forecast.invitations],
    },
    command,
  };
}

/** For display only; nothing accepts it back. */
export function shortDigest(digest: string): string {
  return `${digest.slice(0, 4)}-${digest.slice(4, 8)}`;
}

function readOf(plan: Plan): PlanView["read"] {
  return {
    says: readLine(plan),
    collections: plan.proofs.map(({ family, collection, rows, total, requests, endedAt }) => ({
      family,
      collection,
      rows,
      ...(total === undefined ? {} : { total }),
      requests,
      endedAt,
    })),
    complete:
      plan.failed === undefined && plan.discrepancies.length === 0 && plan.unlistedProjects.length === 0,
    discrepancies: discrepanciesOf(plan),
    identity: { ...plan.fingerprint },
  };
}

function totalsOf(plan: Plan, people: readonly PersonView[], steps: readonly StepView[]): PlanView["totals"] {
  const byChange = tally(changeKinds, people, ({ change }) => change);
  const byPlace = tally(places, steps, ({ place }) => place);
  const administrators = people.filter(becomesAdministrator).map(({ email }) => email);
  const refused = steps.filter((step) => step.refused && step.place !== "record").length;
  const numbers = {
    people: byChange,
    steps: byPlace,
    administrators,
    invitations: plan.invitations.length,
    refused,
  };
  return { says: totalsLine(numbers, plan), ...numbers };
}

function tally<K extends string, T>(
  names: readonly K[],
  things: readonly T[],
  nameOf: (thing: T) => K,
): Record<K, number> {
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;
  for (const thing of things) counts[nameOf(thing)] += 1;
  return counts;
}

const ADMINISTRATORS = new Set(["Owner", "Admin"]);

function becomesAdministrator({ organization }: PersonView): boolean {
  if (organization === undefined) return false;
  const { before = "", after = "" } = organization;
  return ADMINISTRATORS.has(after) && !ADMINISTRATORS.has(before);
}

const verbs: Readonly<Record<Exclude<ChangeKind, "equal">, readonly [one: string, many: string]>> = {
  leaves: ["leaves", "leave"],
  loses: ["loses access", "lose access"],
  changes: ["changes", "change"],
  joins: ["joins", "join"],
  gains: ["gains access", "gain access"],
};

/** `1 person joins · 1 leaves · 1 moves with equal access       6 writes · 2 at the identity provider · 1 e-mail` */
function totalsLine(
  { people, steps, administrators, invitations, refused }: Omit<PlanView["totals"], "says">,
  plan: Plan,
): string {
  if (plan.steps.length === 0) return unchanged(plan);
  const some = (count: number, one: string, many = one): string[] =>
    count === 0 ? [] : [`${number(count)} ${count === 1 ? one : many}`];
  const order = ["joins", "leaves", "loses", "gains", "changes"] as const;
  const who = [
    ...order.flatMap((kind) => some(people[kind], ...verbs[kind])),
    ...some(people.equal, "moves with equal access", "move with equal access"),
    ...some(administrators.length, "becomes an administrator", "become administrators"),
  ];
  const what = [
    counted(steps.write, "write"),
    ...some(steps.IdP, "at the identity provider"),
    ...some(steps.invitee, "invitation to be accepted", "invitations to be accepted"),
    ...some(steps["by hand"], "by hand"),
    ...some(steps.later, "later"),
    ...some(steps.record, "record", "records"),
    ...some(refused, "refused"),
    counted(invitations, "e-mail"),
  ];
  // Verbs agree with their number; the first one says of whom.
  const [first = "", ...others] = who;
  const named = first.replace(/^(\S+)/, (count) => `${count} ${count === "1" ? "person" : "people"}`);
  const nobody =
    plan.unknownAccess === undefined ? "Nobody's access changes" : "Not known whose access changes";
  return `${who.length === 0 ? nobody : [named, ...others].join(" · ")}       ${what.join(" · ")}`;
}

/** What is not as declared, and no step is for, is not called equal. */
function unchanged({ refusals, notes }: Plan): string {
  if (refusals.length > 0) return "Nothing can be changed: something declared is refused, see below.";
  return notes.length > 0
    ? "No changes from here. What is not as the stack says is told below."
    : "No changes. The organization is as the stack says.";
}

function gapsOf({ gaps }: Plan, lines: readonly StepLine[]): PlanView["gaps"] {
  const numberOf = (id: string): string => {
    const number = lines.find(({ steps }) => steps.includes(id))?.number;
    return number === undefined ? "a step that is not shown" : `step ${number}`;
  };
  return gaps.map((gap) => ({
    ...gap,
    says: `${gap.email} is without ${gap.loses} from ${numberOf(gap.from)} to ${numberOf(gap.until)}`,
  }));
}

function confirmedText(word: Plan["confirmed"][number]): string {
  const { step, until } = word;
  // That of a state can be given again before it ends.
  return `${step.text}: confirmed by ${saidBy(word)}${until === undefined ? "" : `   [confirm ${step.id}]`}`;
}
