import { canonicalEmail, type Organization } from "../../access";
import type { Family } from "../../api";
import {
  attributesOf,
  canonicalConfig,
  idsReferredTo,
  isReadable,
  keyOf,
  type Values,
} from "../../lifecycle";
import { kinds, type Kind } from "../../resources";
import type { Desired } from "../desired/desired";
import type { Instance } from "../instance";
import { declaredElsewhere } from "./declared-elsewhere";
import {
  groupSubject,
  ORGANIZATION,
  personSubject,
  projectSubject,
  throughSubject,
  watchedSubjects,
  type Subject,
} from "./watched";

/** Access that no stack declares, about something that one declares. */
export interface AroundObject {
  readonly kind: Kind;
  readonly state: Values;
  /** Kind and key. */
  readonly id: string;
  /** What Amplitude shows of it beside its key, as text: a role. */
  readonly value: string;
  /** What it is about, as far as that is watched. */
  readonly about: readonly Subject[];
}

/** Whether it is about something declared itself, and not just a group with a role there, which an identity provider may fill. */
export function isDirect({ about }: AroundObject): boolean {
  return about.some((subject) => !subject.startsWith("through "));
}

/** What is looked at. */
export interface AroundInput {
  readonly desired: Desired;
  readonly instances: readonly Instance[];
  readonly live: Organization;
  readonly families: ReadonlySet<Family>;
}

/** What is around declarations, with the subjects that are watched and the kinds that could be read. */
export interface Surroundings {
  readonly subjects: ReadonlySet<Subject>;
  readonly kinds: readonly string[];
  readonly objects: readonly AroundObject[];
}

/** Everything live that is about something declared and that no stack declares. */
export function surroundingsOf(input: AroundInput): Surroundings {
  const { desired, instances, live, families } = input;
  const named = watchedSubjects(desired, instances, live);
  const subjects = new Set([...named, ...groupsWithAccess(live, named)]);
  const declared = new Set(instances.map(({ declaration: { kind }, key }) => `${kind.type} ${key}`));
  const isDeclaredElsewhere = declaredElsewhere(desired, instances, live);
  const readable = kinds.filter((kind) => kind.around !== undefined && isReadable(kind, families));
  const objects = readable.flatMap((kind) =>
    [...(kind.around?.(live) ?? [])].flatMap((found): AroundObject[] => {
      const state = found as Values;
      const about = subjectsOf(kind, state).filter((subject) => subjects.has(subject));
      if (about.length === 0) return [];
      const id = `${kind.type} ${keyOf(kind, state)}`;
      if (declared.has(id) || isDeclaredElsewhere(kind, state)) return [];
      return [{ kind, state, id, value: valueOf(kind, state), about }];
    }),
  );
  return { subjects, kinds: readable.map(({ type }) => type), objects };
}

function subjectsOf(kind: Kind, state: Values): Subject[] {
  const groups = idsReferredTo(kind, state, "group");
  const subjects = [
    ...kind.names(state as never).present.map((email) => personSubject(canonicalEmail(email))),
    ...groups.flatMap((id) => [groupSubject(id), throughSubject(id)]),
    ...idsReferredTo(kind, state, "project").map(projectSubject),
  ];
  return kind.reachesAll?.(state as never) === true ? [...subjects, ORGANIZATION] : subjects;
}

/** Groups that no stack declares and nobody is known to fill, with a role on a declared project: their members reach it. */
function groupsWithAccess(live: Organization, named: ReadonlySet<Subject>): ReadonlySet<Subject> {
  const groups = new Set<Subject>();
  for (const { principal, projectId } of live.grants())
    if (
      principal.type === "group" &&
      named.has(projectSubject(projectId)) &&
      !named.has(groupSubject(principal.id))
    )
      groups.add(throughSubject(principal.id));
  return groups;
}

/** Attributes that Amplitude shows and that are not part of the key. */
function valueOf(kind: Kind, state: Values): string {
  const shown = Object.entries(canonicalConfig(kind, state)).filter(([name]) => {
    const { origin } = attributesOf(kind).find(([known]) => known === name)?.[1] ?? {};
    return origin === "amplitude" && !kind.key.includes(name);
  });
  return shown.map(([name]) => String(state[name])).join(", ");
}
