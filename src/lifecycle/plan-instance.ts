import type { Kind } from "../resources";
import { Unknown, type Attribute } from "../schema";
import { attributesOf, sameValue, type Values } from "./compare";
import { afterOverdue, canEnd, TERM } from "./term";

/** What is to become of one instance, for a host that keeps state of its own. */
export interface InstancePlan {
  /** Every attribute as it will be; Unknown where only the apply can tell. */
  readonly planned: Values;
  /** Attributes whose new value makes it another object. */
  readonly replaces: readonly string[];
  readonly changed: boolean;
}

/**
 * Plans one instance from what was declared and what is declared. Pure, and without a clock: whoever plans again with the same
 * values, or with more of them known, gets the same answer. An absent value is undefined; one that is not known yet is Unknown.
 *
 * @param prior what is in effect; undefined to create
 * @param isSupported whether the credentials given reach it
 */
export function planInstance(
  kind: Kind,
  prior: Values | undefined,
  config: Values,
  isSupported: boolean,
): InstancePlan {
  const planned: Record<string, unknown> = {};
  const replaces: string[] = [];
  let changed = prior === undefined;
  let ends = false;
  for (const [name, attribute] of attributesOf(kind)) {
    if (attribute.presence === "computed") continue;
    const before = prior?.[name];
    const after = config[name];
    const same = !hasUnknown(after) && sameValue(attribute, before, after);
    // An equal value stays as it was spelled, or it would be planned for ever.
    planned[name] = same ? before : after;
    if (same) continue;
    changed = true;
    ends ||= attribute.type.name === "instant";
    if (prior !== undefined && attribute.requiresReplace) replaces.push(name);
  }
  const overdue = canEnd(kind) && prior?.[TERM] === "overdue";
  const outside = outsideChanges(kind, prior, config);
  changed ||= overdue || outside.size > 0;
  for (const [name, attribute] of attributesOf(kind)) {
    if (attribute.presence !== "computed") continue;
    planned[name] = plannedComputed(name, { prior, changed, outside });
    if (name === TERM && canEnd(kind) && prior !== undefined) {
      if (ends) planned[name] = unknownOf(name);
      else if (overdue) planned[name] = afterOverdue(kind);
    }
    if (name === VERIFIED && changed && !isSupported) planned[name] = false;
  }
  return { planned, replaces, changed };
}

/** Says whether Amplitude answered for it; a computed attribute of every kind. */
export const VERIFIED = "verified";

interface Computing {
  readonly prior: Values | undefined;
  readonly changed: boolean;
  readonly outside: ReadonlySet<string>;
}

/** An absent value is a legitimate one: it becomes unknown only where something changes. */
function plannedComputed(name: string, { prior, changed, outside }: Computing): unknown {
  if (prior === undefined || outside.has(name)) return unknownOf(name);
  const before = prior[name];
  return changed && before === undefined ? unknownOf(name) : before;
}

/** Computed values that an apply would bring about and that are not so: what somebody must be, and is not. */
function outsideChanges(kind: Kind, prior: Values | undefined, config: Values): ReadonlySet<string> {
  if (prior === undefined || kind.predict === undefined || hasUnknown(config)) return new Set();
  const predicted = kind.predict(config) as Values;
  return new Set(
    Object.keys(predicted).filter((name) => {
      const attribute: Attribute<never> | undefined = kind.attributes[name];
      const before = prior[name];
      return (
        attribute !== undefined && before !== undefined && !sameValue(attribute, before, predicted[name])
      );
    }),
  );
}

function unknownOf(name: string): Unknown {
  return new Unknown(name, "known after apply");
}

/** Whether some part of a value is known only after an apply. */
export function hasUnknown(value: unknown): boolean {
  if (value instanceof Unknown) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasUnknown);
}
