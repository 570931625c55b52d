import type { PageData, PagePerson } from "../page/page-data";

/** What a reader has asked for; undefined: all. */
export interface Wanted {
  readonly person: string;
  readonly project: number | undefined;
  readonly group: number | undefined;
  readonly changes: ReadonlySet<string>;
}

/** People who are wanted, in the page's order. */
export function selected(
  { people, groups }: PageData,
  { person, project, group, changes }: Wanted,
): PagePerson[] {
  const text = person.trim().toLowerCase();
  const through = new Set(
    project === undefined
      ? []
      : groups.flatMap(({ grants }, index) => (grants.some(([to]) => to === project) ? [index] : [])),
  );
  return people.filter(
    (candidate) =>
      changes.has(candidate.change) &&
      (text === "" || candidate.email.includes(text)) &&
      (group === undefined || candidate.groups.some(([to]) => to === group)) &&
      (project === undefined ||
        candidate.cells.some(([on]) => on === project) ||
        candidate.groups.some(([to]) => through.has(to))),
  );
}

/** People who hold the same in the same ways, as one node of the graph. */
export interface Bundle {
  readonly people: readonly PagePerson[];
  readonly first: PagePerson;
}

export function bundles(people: readonly PagePerson[]): Bundle[] {
  const found = new Map<string, PagePerson[]>();
  for (const person of people) {
    const key = JSON.stringify([[...person.groups].sort(), [...person.direct].sort()]);
    const known = found.get(key);
    if (known === undefined) found.set(key, [person]);
    else known.push(person);
  }
  return [...found.values()].flatMap((same) =>
    same[0] === undefined ? [] : [{ people: same, first: same[0] }],
  );
}
