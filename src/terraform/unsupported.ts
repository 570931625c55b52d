import { compare, hasUnknown, type InstanceChange, type Values } from "../lifecycle";
import type { Kind } from "../resources";
import { problem, type Diagnostic } from "../schema";
import type { Connection } from "./connection";
import { settled } from "./value";

/** What is said where no API reaches an instance under the credentials given, with the way by hand as far as its values are known. */

/** Taking it away: an error, because Terraform would forget it. */
export function notDeletable(kind: Kind, prior: Values, configured: Connection): Diagnostic {
  const detail =
    `${lacks(kind, prior, configured)} ${byHand(kind, { prior, planned: undefined }, configured)} Then say so with ` +
    `removed { from = ${kind.type}.NAME  lifecycle { destroy = false } }`;
  return problem(`${kind.type} cannot be deleted from here`, detail);
}

/** Writing it: an error, or, where the block keeps it as a task, a warning. */
export function notWritable(
  kind: Kind,
  prior: Values | undefined,
  planned: Values,
  configured: Connection,
): Diagnostic {
  const way = byHand(kind, { prior, planned }, configured);
  const missing = lacks(kind, planned, configured);
  if (configured.byHand)
    return problem(`${kind.type} is to be done by hand`, `${missing} ${way}`, { severity: "warning" });
  const advice =
    'Set what is missing, or write unsupported = "by-hand" into the provider block to keep it as a task.';
  return problem(`${kind.type} cannot be written`, `${missing} ${advice} ${way}`);
}

export function notReachable(
  kind: Kind,
  values: Values,
  configured: Connection,
  what: "read" | "import",
): Diagnostic {
  const kept = what === "read" ? ', or write unsupported = "by-hand"' : "";
  return problem(
    `${kind.type}: nothing to ${what} it with`,
    `${lacks(kind, values, configured)} Set what is missing${kept}.`,
  );
}

function lacks(kind: Kind, values: Values, configured: Connection): string {
  return `It needs ${configured.missingFor(kind, values).join(" and ")}, not set in the environment.`;
}

/** How a person does it, in names as far as they are known. */
function byHand(kind: Kind, { prior, planned }: InstanceChange, { reads }: Connection): string {
  if (hasUnknown(Object.fromEntries(kind.key.map((key) => [key, (planned ?? prior)?.[key]])))) return "";
  const change = compare(kind, prior, planned && settled(planned));
  const context = { live: reads.named, now: 0 };
  const steps = change.action === "no-op" ? [] : kind.steps(change, context);
  return steps.length === 0
    ? ""
    : `By hand: ${steps.map(({ operation, values, facts }) => operation.how(values, facts)).join("; ")}.`;
}
