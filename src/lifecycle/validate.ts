import type { Kind, Lookup } from "../resources";
import { problem, type Attributes, type Diagnostic } from "../schema";
import type { Values } from "./compare";
import { hasUnknown } from "./plan-instance";

/** Checks a configuration against its kind's attributes and rules. Values may be Unknown where they are references. */
export function validate(kind: Kind, config: Values): Diagnostic[] {
  const problems = validateAttributes(kind.type, kind.attributes, config);
  // A kind's own rules know of ids that are still to come, and of nothing else.
  const open = Object.entries(config).some(
    ([name, value]) => kind.attributes[name]?.type.refersTo === undefined && hasUnknown(value),
  );
  return problems.length > 0 || open ? problems : [...(kind.validate?.(config) ?? [])];
}

/** The part of the check that needs a schema only: lookups and the provider block use it too. */
export function validateAttributes(what: string, attributes: Attributes, config: Values): Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const name of Object.keys(config)) {
    const attribute = attributes[name];
    if (attribute === undefined) {
      problems.push(
        problem(
          `${what} has no attribute ${JSON.stringify(name)}`,
          `It has ${Object.keys(attributes).join(", ")}.`,
          { attribute: name },
        ),
      );
    } else if (attribute.presence === "computed") {
      problems.push(
        problem(`${name} is computed`, "Amplitude answers it; remove the line.", { attribute: name }),
      );
    }
  }
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = config[name];
    if (value === undefined || value === null) {
      if (attribute.presence === "required")
        problems.push(problem(`${name} is missing`, attribute.description, { attribute: name }));
      continue;
    }
    if (attribute.presence === "computed" || hasUnknown(value)) continue;
    const wrong = attribute.type.check(value);
    if (wrong !== undefined)
      problems.push(
        problem(`${name}: ${wrong}`, attribute.description, {
          attribute: name,
        }),
      );
  }
  return problems;
}

/** Checks a lookup: only the attribute that it looks by may be written. */
export function validateLookup(lookup: Lookup, config: Values): Diagnostic[] {
  return validateAttributes(`data.${lookup.type}`, lookup.attributes, config);
}
