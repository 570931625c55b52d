import type { Organization } from "../access";
import type { Kind } from "../resources";
import { problem, type Diagnostic } from "../schema";
import type { Values } from "./compare";
import { identify } from "./identity";

/** What a host that keeps state of its own is to say of an instance that it has read: nothing that it plans says it. */
export function identityWarnings(kind: Kind, state: Values, live: Organization): Diagnostic[] {
  const known = { id: kind.id(state as never), config: state };
  const identity = identify(kind, state, { live, known });
  if (identity.answer !== "renamed" || kind.nature === "made") return [];
  const now = kind.label(identity.shown, live);
  return [
    problem(
      `${kind.label(state, live)} is called ${now} by now (id ${known.id ?? ""})`,
      `Somebody renamed it. Write ${now} in the configuration: nothing else changes.`,
      { severity: "warning" },
    ),
  ];
}
