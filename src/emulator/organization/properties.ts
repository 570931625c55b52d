import type { PropertyState } from "../seed/schema";
import { record, Refusal, type Act } from "./act";
import { propertyKey } from "./organization";

/** Hides or shows a property of a project, or classifies it; throws Refusal where there is none of that name. */
export function changeProperty(
  act: Act,
  which: Pick<PropertyState, "project" | "type" | "name">,
  change: Partial<Pick<PropertyState, "hidden" | "classifications">>,
): PropertyState {
  const before = act.organization.properties.get(propertyKey(which));
  if (before === undefined) {
    throw new Refusal("not-found", `Project ${which.project} has no ${which.type} property ${which.name}.`);
  }
  const after = { ...before, ...change };
  const shown = ({ hidden, classifications }: PropertyState): object => ({
    hidden,
    classifications: [...classifications].sort(),
  });
  if (JSON.stringify(shown(before)) === JSON.stringify(shown(after))) return before;
  act.organization.properties.set(after);
  record(act, {
    domain: "project",
    feature: "property",
    action: "update",
    documented: false,
    target: after.name,
    projectId: after.project,
    properties: { property_type: after.type, from: shown(before), to: shown(after) },
  });
  return after;
}
