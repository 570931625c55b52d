import type { Values } from "../lifecycle";
import type { Kind } from "../resources";
import { problem, type Diagnostic } from "../schema";

/** The attribute by which a kind's instances are kept from being deleted; without it they never are. */
const PROTECTION = "deletion_protection";

/** On unless the state itself says otherwise, so that it outlives the block. */
export function isProtected(kind: Kind, prior: Values): boolean {
  return kind.attributes[PROTECTION] !== undefined && prior[PROTECTION] !== false;
}

/** Why something may not be deleted or replaced. */
export function protection(kind: Kind, prior: Values | undefined, what: "delete" | "replace"): Diagnostic[] {
  if (prior === undefined || !isProtected(kind, prior)) return [];
  const name = nameOf(kind, prior);
  return [
    problem(
      `${kind.type} ${name} is protected from being ${what}d`,
      `Set ${PROTECTION} = false and apply that first. To let it go without deleting it, use a removed block with destroy = false; ` +
        "if it is tainted, use terraform untaint.",
    ),
  ];
}

/** How the protected thing is called: what its key begins with. */
export function nameOf(kind: Kind, prior: Values): string {
  const [first] = kind.key;
  const name = first === undefined ? undefined : prior[first];
  return typeof name === "string" ? name : "this one";
}
