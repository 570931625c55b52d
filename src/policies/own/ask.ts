import type { OwnPolicy } from "../policy";
import type { Subject, SubjectPerson } from "../subject";
import type { AskedPerson, AskedProject } from "./asked-person";

/** Something that a policy of one's own objects to. */
export interface Hit {
  /** What tells it from the policy's other ones. */
  readonly subject: string;
  readonly path: string;
  readonly email: string;
  readonly project: string;
  readonly group?: string;
  readonly wasSo: boolean;
}

/** How one of them came out; `thrown`: it could not answer, and why. */
export interface Answer {
  readonly name: string;
  readonly level: OwnPolicy["level"];
  readonly because: string;
  readonly fix: string;
  readonly before: number;
  readonly hits: readonly Hit[];
  readonly thrown?: string;
}

/** Asks a policy about everybody. Whatever it throws is part of the answer. */
export function ask({ name, level, because, fix, when }: OwnPolicy, people: readonly AskedPerson[]): Answer {
  const said = { name, level, because, fix };
  const hits: Hit[] = [];
  let before = 0;
  for (const { person, before: was, after } of people) {
    const known = new Set<string>();
    for (const subject of subjectsOf(person, was, was)) {
      const objects = answered(when, subject);
      if (typeof objects === "string") return { ...said, before, hits, thrown: objects };
      if (objects) known.add(keyOf(subject));
    }
    before += known.size;
    const later =
      after === undefined ? subjectsOf(person, was, was) : subjectsOf(after.person, was, after.projects);
    for (const subject of later) {
      const key = keyOf(subject);
      const objects = after === undefined ? known.has(key) : answered(when, subject);
      if (typeof objects === "string") return { ...said, before, hits, thrown: objects };
      if (objects) hits.push(hitOf(subject, known.has(key)));
    }
  }
  return { ...said, before, hits };
}

/** The answer, or why there is none. */
function answered(when: OwnPolicy["when"], subject: Subject): boolean | string {
  const about = `${subject.person.email} on ${subject.project.name}`;
  try {
    const answer: unknown = when(subject);
    if (typeof answer === "boolean") return answer;
    const got = answer instanceof Promise ? "a promise" : JSON.stringify(answer);
    return `it answered ${got} about ${about}, and must answer true or false`;
  } catch (error) {
    return `it threw about ${about}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Every way that a person has after, and those that they had where they reach the project no more. */
function subjectsOf(
  person: SubjectPerson,
  before: readonly AskedProject[],
  after: readonly AskedProject[],
): Subject[] {
  const was = new Map(before.map((held) => [held.project.id, held]));
  const reached = new Set(after.map(({ project }) => project.id));
  const lost = before.filter(({ project }) => !reached.has(project.id));
  return [
    ...after.flatMap(({ project, role, capabilities, ways }) =>
      ways.map((way) => ({
        person,
        project,
        before: was.get(project.id)?.role,
        after: role,
        capabilities,
        ...way,
      })),
    ),
    ...lost.flatMap(({ project, role, ways }) =>
      ways.map((way) => ({ person, project, before: role, after: undefined, capabilities: [], ...way })),
    ),
  ];
}

function keyOf({ person, project, via, group, role, module }: Subject): string {
  return JSON.stringify([person.email, project.id, via, group, role, module]);
}

function hitOf(subject: Subject, wasSo: boolean): Hit {
  const { person, project, via, group, role, module, after } = subject;
  const held = role ?? module;
  const way =
    via === "group"
      ? `via group ${group ?? ""}`
      : via === "direct"
        ? "direct"
        : `as organization ${person.organizationRole ?? ""}`;
  const words =
    after === undefined && via !== "organization"
      ? "no access any more"
      : [held, way].filter(Boolean).join(" ");
  return {
    subject: keyOf(subject),
    path: `${person.email} on ${project.name}: ${words}`,
    email: person.email,
    project: project.name,
    ...(group === undefined ? {} : { group }),
    wasSo,
  };
}
