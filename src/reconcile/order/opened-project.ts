import {
  grantsReach,
  isRefusal,
  organizationPlace,
  organizationRoleNamed,
  projectIdOf,
  type Effect,
  type Email,
  type Model,
} from "../../access";
import type { LiveStep } from "../step";
import type { Bounds } from "./bounds";

/**
 * Who leaves and is granted something on a project that a step opens, now or by the next sync. That No Access in the organization lets no grant
 * through is assumed, and a mapping that no stack declares sets the role back: so it alone opens no project to somebody who leaves. The
 * model has the step's effects.
 */
export function leaverOn(
  model: Model,
  bounds: Bounds,
  { effects }: LiveStep,
  people: ReadonlySet<Email>,
): { readonly email: Email; readonly project: string } | undefined {
  const opened = effects.flatMap((effect) => openedBy(effect, model));
  if (opened.length === 0) return undefined;
  const leaving = [...people].filter(
    (email) => isShutOut(model, email) && !bounds.whole(email).has(organizationPlace),
  );
  if (leaving.length === 0) return undefined;
  const mark = model.mark();
  const provided = leaving.filter((email) => model.isProvided(email));
  if (provided.length > 0) model.sync(provided);
  const { organization: live } = model;
  const granted = (email: Email, id: string): boolean =>
    [{ type: "user" as const, id: email }, ...live.groupsOf(email).map(groupPrincipal)].some(
      (principal) => live.grant(principal, id) !== undefined,
    );
  const found = leaving.flatMap((email) =>
    opened.filter((id) => granted(email, id)).map((id) => ({ email, project: live.project(id)?.name ?? id })),
  );
  model.rollback(mark);
  return found[0];
}

const groupPrincipal = ({ id }: { readonly id: string }) => ({ type: "group" as const, id });

function openedBy(effect: Effect, { organization: live }: Model): string[] {
  if (effect.type === "create_project") return live.projectsNamed(effect.name).map(({ id }) => id);
  if (effect.type !== "restore_project") return [];
  const project = projectIdOf(live, effect.projectId);
  return isRefusal(project) ? [] : [project.id];
}

function isShutOut({ organization: live }: Model, email: Email): boolean {
  const role = live.person(email)?.organizationRole;
  return role !== undefined && !grantsReach(organizationRoleNamed(role));
}
