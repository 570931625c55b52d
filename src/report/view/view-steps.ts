import { notBeforeOf, type Plan, type Step } from "../../reconcile";
import type { Place, StepLine, StepView } from "./plan-view";
import { reasonsOf } from "./view-people";

/** More members than this in one line become a count; every one of them is a step of its own. */
const SHOWN_MEMBERS = 20;

/** Steps that some refusal holds back. */
export function heldSteps({ refusals, steps }: Pick<Plan, "refusals" | "steps">): ReadonlySet<string> {
  const everything = refusals.some(({ steps: ids }) => ids === undefined);
  return new Set(everything ? steps.map(({ id }) => id) : refusals.flatMap(({ steps: ids }) => ids ?? []));
}

/** Every step as it is shown. */
export function stepsOf(plan: Plan, held: ReadonlySet<string>): StepView[] {
  return plan.steps.map((step) => {
    const { id, operation, family, text, people, values, facts, addresses, because, how, notBefore, place } =
      step;
    return {
      id,
      place: placeOf(step, plan),
      operation,
      ...(family === undefined ? {} : { family }),
      text,
      people: [...people],
      values: Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
      facts: { ...facts },
      addresses: [...addresses],
      because: [...because],
      ...(how === undefined ? {} : { how }),
      ...(notBefore === undefined ? {} : { notBefore }),
      ...(place === undefined ? {} : { order: orderOf(place) }),
      refused: held.has(id),
    };
  });
}

function orderOf({ notBefore, ...place }: NonNullable<Step["place"]>): NonNullable<StepView["order"]> {
  return { ...place, ...(notBefore === undefined ? {} : { notBefore: [...notBefore] }) };
}

/** The steps as they are read: neighbours that do the same to one group are one line. Records that only complete other steps are left out. */
export function linesOf(plan: Plan, held: ReadonlySet<string>): StepLine[] {
  const acts = plan.steps.filter(({ actor }) => actor !== "record");
  const numbered = together(acts, held).map((run, index) => lineOf(run, plan, held, index + 1));
  const written = new Set(acts.flatMap(({ addresses }) => addresses));
  const records = plan.steps.filter(
    ({ actor, addresses, facts }) =>
      actor === "record" && (facts["changes"] !== "" || !addresses.some((address) => written.has(address))),
  );
  const decisive = [...records.filter(decides), ...records.filter((step) => !decides(step))];
  return [...numbered, ...decisive.map((step) => lineOf([step], plan, held))];
}

/** Policy and facts decide over everything else. */
function decides({ actor, values: { what } }: Step): boolean {
  return actor === "record" && (what === "policy" || what === "fact");
}

function together(steps: readonly Step[], held: ReadonlySet<string>): [Step, ...Step[]][] {
  const runs: [Step, ...Step[]][] = [];
  for (const step of steps) {
    const run = runs.at(-1);
    if (run !== undefined && sameLine(run[0], step, held)) run.push(step);
    else runs.push([step]);
  }
  return runs;
}

function sameLine(a: Step, b: Step, held: ReadonlySet<string>): boolean {
  const { group, email } = b.values;
  return (
    group !== undefined &&
    email !== undefined &&
    a.operation === b.operation &&
    a.values["group"] === group &&
    a.because.join() === b.because.join() &&
    a.notBefore === b.notBefore &&
    a.place?.after === b.place?.after &&
    notBeforeOf(a).join() === notBeforeOf(b).join() &&
    held.has(a.id) === held.has(b.id)
  );
}

function lineOf(
  run: readonly [Step, ...Step[]],
  plan: Plan,
  held: ReadonlySet<string>,
  number?: number,
): StepLine {
  const [first, ...others] = run;
  return {
    ...(number === undefined ? {} : { number }),
    place: placeOf(first, plan),
    text: lineText(first, others),
    notes: notesOf(first, plan),
    refused: held.has(first.id),
    decides: decides(first),
    steps: run.map(({ id }) => id),
  };
}

function lineText(first: Step, others: readonly Step[]): string {
  const shown = others
    .slice(0, SHOWN_MEMBERS - 1)
    .map(({ text, values }) => text.slice(text.lastIndexOf(values["email"] ?? "")));
  const more = others.length - shown.length;
  return [first.text, ...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

const placeByActor: Readonly<Record<Step["actor"], Place>> = {
  write: "write",
  idp: "IdP",
  invitee: "invitee",
  hand: "by hand",
  record: "record",
};

function placeOf(step: Step, plan: Pick<Plan, "plannedAt">): Place {
  return step.actor === "write" && waits(step, plan) ? "later" : placeByActor[step.actor];
}

/** Until a date, or until another step is confirmed. */
function waits({ notBefore, unless }: Step, { plannedAt }: Pick<Plan, "plannedAt">): boolean {
  return notBefore === undefined ? unless !== undefined : Date.parse(notBefore) > Date.parse(plannedAt);
}

function waitText({ notBefore, unless }: Step, { steps }: Pick<Plan, "steps">): string {
  if (notBefore !== undefined) return `not before ${notBefore}`;
  const other = steps.find(({ id }) => id === unless);
  const word = other?.actor === "write" ? "done" : "confirmed";
  return `once this is ${word}: ${other?.text ?? unless ?? ""}`;
}

function notesOf(step: Step, plan: Plan): string[] {
  const waiting = waits(step, plan) ? [waitText(step, plan)] : [];
  const how = step.actor === "hand" ? [step.how ?? "", `[confirm ${step.id}]`] : [];
  return [...waiting, ...orderNotes(step, plan), ...reasonsOf(step), ...how].filter((note) => note !== "");
}

/** Why a step stands later than people would expect, and what others must not do early. */
function orderNotes({ place, actor }: Step, { steps }: Pick<Plan, "steps">): string[] {
  if (place === undefined) return [];
  const first = new Set(notBeforeOf({ actor, place }));
  // Nearly no step has one, and every step is asked.
  const early = first.size === 0 ? [] : steps.flatMap(({ id, text }) => (first.has(id) ? [text] : []));
  return [
    ...(early.length === 0 ? [] : [`NOT BEFORE this is done: ${early.join("; ")}`]),
    ...(place.reason.startsWith("later than preferred") ? [place.reason] : []),
  ];
}
