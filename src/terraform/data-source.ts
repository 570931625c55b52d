import { identifyReference, listedNames, liveState, type Values } from "../lifecycle";
import { collectionNamed, type Lookup } from "../resources";
import { problem, type Diagnostic } from "../schema";
import type { Configured } from "./connection";

/** Looks something up by what is written. Throws ApiFailure, NotWhole, DiagnosticError. */
export async function readData(
  lookup: Lookup,
  config: Values,
  configured: Configured,
): Promise<{ readonly state: Values | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  if (configured === "not known yet") return refused(UNCONFIGURED);
  const value = String(config[lookup.by]);
  const live = await configured.reads.whole(lookup.reads);
  const state = liveState(identifyReference(lookup, config, { live }));
  if (state !== undefined) return { state, diagnostics: [] };
  const listed =
    listedNames(lookup, value, live) ??
    (lookup.reads.some((collection) => !configured.api.families.has(collectionNamed(collection).family))
      ? "No credential given lists any"
      : "Amplitude lists none of that name");
  const what = lookup.type.replace(/^amplitude_/, "");
  return refused(
    problem(`There is no ${what} ${JSON.stringify(value)}`, `${listed}. Correct the name, or give its id.`, {
      attribute: lookup.by,
    }),
  );
}

export const UNCONFIGURED = problem(
  "The provider block is not known yet",
  "Something in it comes from a resource that is still to be made. Make that one first (-target), or write the values.",
);

function refused(diagnostic: Diagnostic): { state: undefined; diagnostics: readonly Diagnostic[] } {
  return { state: undefined, diagnostics: [diagnostic] };
}
