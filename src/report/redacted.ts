import { everybody } from "../access";
import type { DriftReport, ReportedItem } from "../drift";
import type { LivePlan } from "../reconcile";
import type { PageData } from "./page/page-data";
import { renames, type Redaction } from "./redaction";
import type { PlanView } from "./view/plan-view";

/** Lets a redaction know everybody of a plan, before anything of it is shown. */
export function knowPlan(
  redaction: Redaction,
  { before, after, plan, emailChanges, lookAlikes }: LivePlan,
): void {
  redaction.know({
    people: [
      ...everybody(before),
      ...everybody(after),
      ...plan.people.map(({ email }) => email),
      ...emailChanges.map(({ from }) => from),
      ...lookAlikes.map(({ gone }) => gone),
    ],
    steps: plan.steps,
    seed: plan.digest,
  });
}

/** The people of a view in an order that says nothing of the alphabet; the kinds of change stay together. */
export function shuffled(view: PlanView, redaction: Redaction): PlanView {
  const people = [...view.people];
  const kinds = [...new Set(people.map(({ change }) => change))];
  people.sort(
    (a, b) =>
      kinds.indexOf(a.change) - kinds.indexOf(b.change) ||
      redaction.number(a.email) - redaction.number(b.email),
  );
  return { ...view, people };
}

/** A view for everybody. Ids and digests stay. */
export function redactedView(view: PlanView, redaction: Redaction): PlanView {
  const steps = view.steps.map((step) =>
    renames(step) ? { ...step, facts: { ...step.facts, from: "(name)" } } : step,
  );
  return redaction.deep({ ...view, steps });
}

/** What a page's script is given, for everybody. */
export function redactedPicture(picture: PageData, redaction: Redaction): PageData {
  const changed = picture.people.filter(({ card }) => card >= 0);
  const others = picture.people.filter(({ card }) => card < 0);
  others.sort((a, b) => redaction.number(a.email) - redaction.number(b.email));
  return redaction.deep({ ...picture, people: [...changed, ...others] });
}

/** A drift report for everybody. The lines that would adopt something are left out: their variables are made of names. */
export function redactedDrift(report: DriftReport, redaction: Redaction): DriftReport {
  const { items, ...rest } = report;
  const unlisted = (item: ReportedItem): ReportedItem => {
    const { what, by, sort } = item;
    const { actor = "" } = by ?? {};
    const told = actor === "" ? what : what.replaceAll(actor, redaction.actor(actor));
    const words = sort === "event" ? redaction.logged(told) : what;
    return {
      ...redaction.deep({ ...item, what: words }),
      adopt: [],
      ...(by === undefined
        ? {}
        : {
            by: {
              ...by,
              actor: redaction.actor(by.actor),
              ...(by.through === undefined ? {} : { through: redaction.logged(by.through) }),
            },
          }),
    };
  };
  return { ...redaction.deep(rest), items: items.map(unlisted) };
}
