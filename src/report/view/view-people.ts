import { canonicalEmail, type PersonDifference, type ProjectDifference } from "../../access";
import type { Plan, Step } from "../../reconcile";
import { changeKinds, type ChangeKind, type PersonView, type ProjectView, type StepLine } from "./plan-view";

/** Everybody whose access differs: who loses something comes first. */
export function peopleOf(plan: Plan, lines: readonly StepLine[]): PersonView[] {
  const invited = new Set(plan.invitations.map(canonicalEmail));
  const about = stepsByPerson(plan.steps);
  const numbers = new Map(
    lines.flatMap(({ number, steps }) =>
      number === undefined ? [] : steps.map((id) => [id, number] as const),
    ),
  );
  return plan.people
    .map((person) => {
      const steps = about.get(person.email) ?? [];
      return {
        email: person.email,
        change: changeOf(person),
        invited: invited.has(person.email),
        ...(person.organization === undefined ? {} : { organization: copied(person.organization) }),
        projects: person.projects.map(projectOf),
        why: [...new Set(steps.flatMap(reasonsOf))],
        steps: [...new Set(steps.flatMap(({ id }) => numbers.get(id) ?? []))],
      };
    })
    .sort((a, b) => changeKinds.indexOf(a.change) - changeKinds.indexOf(b.change));
}

/** Reasons beside the one that goes without saying: that a line declares it. */
export function reasonsOf({ because }: Pick<Step, "because">): string[] {
  return because.filter((reason) => !reason.startsWith("declared by"));
}

function stepsByPerson(steps: readonly Step[]): ReadonlyMap<string, Step[]> {
  const about = new Map<string, Step[]>();
  for (const step of steps) {
    for (const email of step.people) {
      const known = about.get(email);
      if (known === undefined) about.set(email, [step]);
      else known.push(step);
    }
  }
  return about;
}

function changeOf({
  presentBefore,
  presentAfter,
  equal,
  projects,
  organization,
}: PersonDifference): ChangeKind {
  if (!presentBefore && presentAfter) return "joins";
  if (presentBefore && !presentAfter) return "leaves";
  if (equal) return "equal";
  const changes = [...projects, ...(organization === undefined ? [] : [organization])];
  const [gains, loses] = [
    changes.some(({ gained }) => gained.length > 0),
    changes.some(({ lost }) => lost.length > 0),
  ];
  return gains === loses ? "changes" : gains ? "gains" : "loses";
}

function copied({ before, after, gained, lost }: NonNullable<PersonDifference["organization"]>) {
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    gained: [...gained],
    lost: [...lost],
  };
}

function projectOf(project: ProjectDifference): ProjectView {
  const { projectId, projectName, before, after, gained, lost, equal } = project;
  return {
    id: projectId,
    name: projectName,
    before,
    after,
    wasVia: [...project.pathsBefore],
    via: [...project.pathsAfter],
    gained: [...gained],
    lost: [...lost],
    equal,
  };
}
