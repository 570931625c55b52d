import type { PersonView, ProjectView } from "./plan-view";

/** Projects of one person where the same happens in the same way. */
export interface PersonRow {
  readonly projects: readonly string[];
  /** `no access → Member`, or `Member` where the role stays. */
  readonly change: string;
  /** `via group a`, `was direct`, `was direct, now via group a`. */
  readonly ways: string;
  /** What an existing access gains, and what a remaining one loses: where all comes or all goes, the role says it. */
  readonly gains: readonly string[];
  readonly loses: readonly string[];
  readonly project: ProjectView;
}

const NONE = "no access";

/** A person's projects, those together that read the same. */
export function rowsOf({ projects }: Pick<PersonView, "projects">): PersonRow[] {
  const rows = new Map<string, { project: ProjectView; names: string[] }>();
  for (const project of projects) {
    const { before, after, wasVia, via, gained, lost } = project;
    const key = JSON.stringify([before, after, wasVia, via, gained, lost]);
    const row = rows.get(key);
    if (row === undefined) rows.set(key, { project, names: [project.name] });
    else row.names.push(project.name);
  }
  return [...rows.values()].map(({ project, names }) => ({
    projects: names,
    change: changeText(project),
    ways: waysText(project),
    gains: project.before === NONE ? [] : project.gained,
    loses: project.after === NONE ? [] : project.lost,
    project,
  }));
}

/** What changes in the organization as a whole: `organization role Member → Admin`. */
export function organizationText({ organization, change }: PersonView): string | undefined {
  if (organization === undefined) return undefined;
  const { before = change === "joins" ? "none" : "not readable" } = organization;
  const { after = change === "leaves" ? "none" : "not readable" } = organization;
  return `organization role ${before} → ${after}`;
}

function changeText({ before, after }: ProjectView): string {
  return before === after ? after : `${before} → ${after}`;
}

function waysText({ before, after, wasVia, via }: ProjectView): string {
  const [was, is] = [waysOf(wasVia), waysOf(via)];
  if (after === NONE) return `was ${was}`;
  return before === NONE || was === is ? is : `was ${was}, now ${is}`;
}

/** One way without its role, which is said already; several with theirs. */
function waysOf(paths: readonly string[]): string {
  return paths.length === 1 ? wayOf(paths[0] ?? "") : paths.join(" + ");
}

/** `via group eng` of `Member via group eng`. */
export function wayOf(path: string): string {
  return path.replace(/^.*? (?=via group |direct$|as organization )/s, "");
}
