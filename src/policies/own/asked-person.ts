import { effectiveAccess, everyonesAccess, type EffectiveAccess, type ProjectAccess } from "../../access";
import type { Desired, LivePlan } from "../../reconcile";
import { circumstancesOf, type Circumstances } from "../circumstances";
import { viewOf } from "../judge";
import type { View } from "../rule";
import type { Subject, SubjectPerson, SubjectProject } from "../subject";

/** One way to a project, as a policies file is asked about it. */
type Way = Pick<Subject, "via" | "group" | "role" | "module">;

/** What somebody has on a project, as plain data. */
export interface AskedProject {
  readonly project: SubjectProject;
  readonly role?: string;
  readonly capabilities: readonly string[];
  readonly ways: readonly Way[];
}

/** Somebody before and after a plan, as plain data: it goes to another process. */
export interface AskedPerson {
  readonly person: SubjectPerson;
  readonly before: readonly AskedProject[];
  /** Left out where the plan leaves them alone. */
  readonly after?: { readonly person: SubjectPerson; readonly projects: readonly AskedProject[] };
}

/** Everybody who has or will have anything. */
export function askedPeople(
  live: Pick<LivePlan, "plan" | "instances" | "before" | "after" | "keys">,
  desired: Desired,
): AskedPerson[] {
  const { plan, before, after } = live;
  const circumstances = circumstancesOf(live, desired);
  const [was, becomes] = [viewOf(before, circumstances), viewOf(after, circumstances)];
  const touched = new Set(plan.people.map(({ email }) => email));
  const everybody = new Map(everyonesAccess(before).map((access) => [access.email, access]));
  for (const email of touched)
    if (!everybody.has(email)) everybody.set(email, effectiveAccess(before, email));
  return [...everybody.values()].map((access) => {
    const side = { person: personOf(access, circumstances), before: projectsOf(access, was) };
    if (!touched.has(access.email)) return side;
    const later = effectiveAccess(after, access.email);
    return {
      ...side,
      after: { person: personOf(later, circumstances), projects: projectsOf(later, becomes) },
    };
  });
}

function personOf({ email, organizationRole }: EffectiveAccess, circumstances: Circumstances): SubjectPerson {
  const collaborator = circumstances.collaborator(email);
  return {
    email,
    kind: circumstances.isServiceAccount(email) ? "service" : "person",
    collaborator: collaborator !== undefined,
    ...(collaborator?.engagement === undefined ? {} : { engagement: collaborator.engagement }),
    ...(organizationRole === undefined ? {} : { organizationRole }),
  };
}

function projectsOf(access: EffectiveAccess, view: View): AskedProject[] {
  return [...access.projects.values()].map((held) => {
    const { id, name } = view.project(held.projectId);
    const environment = view.circumstances.environmentOf(view.project(held.projectId));
    const role = held.role ?? held.customRoles[0]?.name;
    return {
      project: { id, name, ...(environment === undefined ? {} : { environment }) },
      ...(role === undefined ? {} : { role }),
      capabilities: [...held.capabilities],
      ways: held.paths.map(wayOf),
    };
  });
}

function wayOf({ via, role, module }: ProjectAccess["paths"][number]): Way {
  return {
    via: via.type,
    ...(via.type === "group" ? { group: via.name } : {}),
    ...(role === undefined ? {} : { role: role.name }),
    ...(module === undefined ? {} : { module }),
  };
}
