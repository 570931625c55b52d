import { moduleName, pathText, type AccessPath, type ProjectAccess } from "../access";
import type { Holder, Objection, View } from "./rule";

/** `Admin via group agency-nova`. */
export function pathWords({ via, role, module }: AccessPath): string {
  const held = role?.name ?? (module === undefined ? undefined : moduleName(module));
  return held === undefined ? pathText(via) : `${held} ${pathText(via)}`;
}

/** Names of the groups that these paths lead through. */
export function groupsOf(paths: readonly AccessPath[]): string[] {
  return paths.flatMap(({ via }) => (via.type === "group" ? [via.name] : []));
}

/** An objection to what somebody holds on a project. */
export function onProject(
  { email }: Holder,
  view: View,
  access: ProjectAccess,
  {
    paths = access.paths,
    ...said
  }: Pick<Objection, "reason" | "fix"> & {
    /** What tells it from others of the same rule, person and project. */
    readonly detail?: string;
    readonly paths?: readonly AccessPath[];
  },
): Objection {
  const { id, name } = view.project(access.projectId);
  const { detail, reason, fix } = said;
  return {
    subject: JSON.stringify([email, id, ...(detail === undefined ? [] : [detail])]),
    path: `${email} on ${name}: ${paths.map(pathWords).join(", ")}`,
    people: [email],
    project: name,
    groups: groupsOf(paths),
    reason,
    fix,
  };
}
