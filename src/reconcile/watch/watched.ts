import type { Organization } from "../../access";
import { idsReferredTo, liveId } from "../../lifecycle";
import { kindOf } from "../../resources";
import { declaredPeople } from "../desired/declared-people";
import type { Desired } from "../desired/desired";
import type { Instance } from "../instance";

/** Somebody or something that a declaration speaks of: `person ana@nova.agency`, `group 632`, `project 288501`, `organization`. */
export type Subject = string;

export const personSubject = (email: string): Subject => `person ${email}`;
export const groupSubject = (id: string): Subject => `group ${id}`;
export const projectSubject = (id: string): Subject => `project ${id}`;
/** Whoever is in a group that no stack declares, and that has a role on a declared project. */
export const throughSubject = (groupId: string): Subject => `through ${groupId}`;
/** Whatever reaches every project is about all that is declared. */
export const ORGANIZATION: Subject = "organization";

/**
 * What is watched: whom declarations name, the groups whose members they state, and the projects that they make, name or grant on. Watching is
 * not owning: it says what drift tells, and nothing of what an apply takes away.
 */
export function watchedSubjects(
  desired: Desired,
  instances: readonly Instance[],
  live: Organization,
): ReadonlySet<Subject> {
  const subjects = new Set<Subject>([ORGANIZATION]);
  for (const email of declaredPeople(desired, instances)) subjects.add(personSubject(email));
  for (const instance of instances) {
    const { current, identity } = instance;
    const { kind } = instance.declaration;
    if (current === undefined) continue;
    for (const id of groupsStatedBy(instance, live)) subjects.add(groupSubject(id));
    for (const id of idsReferredTo(kind, current, "project")) subjects.add(projectSubject(id));
    const made = kind.referent === "project" ? liveId(kind, identity) : undefined;
    if (made !== undefined) subjects.add(projectSubject(made));
    for (const project of kind.provides?.(current)?.mapping.projectRoles.keys() ?? [])
      addNamed(subjects, project, live);
  }
  for (const project of desired.environments.keys()) addNamed(subjects, project, live);
  for (const { lookup, raw } of desired.stacks.flatMap(({ lookups }) => lookups))
    if (kindOf(lookup.type)?.referent === "project") addNamed(subjects, raw[lookup.by], live);
  return subjects;
}

function addNamed(subjects: Set<Subject>, name: unknown, live: Organization): void {
  if (typeof name !== "string") return;
  for (const { id } of live.projectsNamed(name)) subjects.add(projectSubject(id));
}

/** Ids of the groups whose members a declaration states: of the object that it is about, whatever it is called by now. */
export function groupsStatedBy(
  { declaration: { kind }, config, identity }: Instance,
  live: Organization,
): readonly string[] {
  const group = kind.group?.(config, live);
  if (group === undefined) return [];
  const referred = idsReferredTo(kind, config, "group");
  const own = liveId(kind, identity);
  if (referred.length > 0) return referred;
  return own === undefined ? live.groupsNamed(group.name).map(({ id }) => id) : [own];
}
