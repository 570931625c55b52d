import { accessDifference, Model, type PersonDifference } from "../../access";
import type { LivePlan } from "../live-plan";
import { touchedPeople } from "../step";
import type { Approval, ApprovedSteps, Lapsed } from "./approval";

/**
 * What those who approved were shown of people's access; undefined where that is not known, or where several plans were approved, none of
 * which shows what they come to together.
 */
export function shownTo(approved: ApprovedSteps): readonly PersonDifference[] | undefined {
  const all = new Set([...approved.values()].flat().map(({ shown }) => shown));
  const [only] = all;
  return all.size === 1 ? only : undefined;
}

/**
 * An approval without the steps by which somebody would gain or lose now what nobody was shown: the facts of a step say what it writes, and
 * not what has become of the group or the person that it is about.
 */
export function asShown(approval: Approval, approved: ApprovedSteps, now: LivePlan): Approval {
  const { plan, steps, before, way } = now;
  const shown = shownTo(approved);
  if (shown === undefined || shown === plan.people) return approval;
  const seen = new Set(shown.flatMap(consequences));
  const others = new Set(plan.people.flatMap(consequences).filter((text) => !seen.has(text)));
  if (others.size === 0) return approval;
  const refused = new Set(plan.refusals.flatMap(({ steps: ids }) => ids ?? []));
  let runs = steps.filter(
    ({ step: { id, actor } }) => actor !== "record" && approval.holds.has(id) && !refused.has(id),
  );
  const lapsed: Lapsed[] = [];
  for (;;) {
    const after = new Model(before, way.unread);
    for (const { effects } of runs) after.apply(effects);
    const touched = touchedPeople(runs, before);
    after.sync(touched);
    const found = new Map<string, string>();
    for (const person of accessDifference(before, after.organization, touched)) {
      const text = consequences(person).find((each) => others.has(each));
      if (text !== undefined) found.set(person.email, text);
    }
    const out = runs.flatMap((live): Lapsed[] => {
      const whose = [...touchedPeople([live], before)].find((email) => found.has(email));
      const text = whose === undefined ? undefined : found.get(whose);
      return text === undefined
        ? []
        : [{ step: live.step, why: `${text} now, which nobody was shown`, moved: true }];
    });
    if (out.length === 0) break;
    lapsed.push(...out);
    const gone = new Set(out.map(({ step }) => step.id));
    runs = runs.filter(({ step }) => !gone.has(step.id));
  }
  const gone = new Set(lapsed.map(({ step }) => step.id));
  return {
    holds: new Set([...approval.holds].filter((id) => !gone.has(id))),
    lapsed: [...approval.lapsed, ...lapsed],
  };
}

/** `jo@nova.agency would gain Edit charts on Web`. Projects by name: one that was to be made has an id now. */
function consequences({
  email,
  organization,
  projects,
  presentBefore,
  presentAfter,
}: PersonDifference): string[] {
  const of = (
    { gained, lost }: { readonly gained: readonly string[]; readonly lost: readonly string[] },
    where: string,
  ): string[] => [
    ...gained.map((what) => `${email} would gain "${what}" ${where}`),
    ...lost.map((what) => `${email} would lose "${what}" ${where}`),
  ];
  return [
    ...(presentBefore === presentAfter
      ? []
      : [`${email} would ${presentAfter ? "come into" : "leave"} the organization`]),
    ...(organization === undefined ? [] : of(organization, "in the organization")),
    ...projects.flatMap((project) => of(project, `on ${project.projectName}`)),
  ];
}
