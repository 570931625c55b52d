import type { PropertyPlace, ReadApi } from "../api";
import { liveOrganization, placeKey, readSnapshot, withProperties, type Snapshot } from "../resources";
import { emptyBase, type Base } from "./base/base";
import { declarationsOf, declaredFacts, type Desired } from "./desired/desired";
import { evaluateStack } from "./desired/evaluate";
import { knownObjects } from "./base/known-objects";

/**
 * The live organization as far as the stacks need it: what every plan needs, and the properties of those projects that a declaration
 * speaks of. An organization has thousands of properties in hundreds of projects, under a limit of their own. Throws NotWhole, ApiFailure.
 */
export async function readOrganization(api: ReadApi, desired: Desired, base?: Base): Promise<Snapshot> {
  const snapshot = await readSnapshot(api);
  return withProperties(
    api,
    snapshot,
    placesOf(desired, snapshot, base ?? emptyBase({ orgId: desired.orgId, host: "" })),
  );
}

/** Where properties are declared, each place once; what is wrong with a declaration is said when it is planned. */
function placesOf(desired: Desired, snapshot: Snapshot, base: Base): PropertyPlace[] {
  const declared = declarationsOf(desired);
  if (!declared.some(({ kind }) => kind.place !== undefined)) return [];
  const live = liveOrganization(snapshot, declaredFacts(desired, base));
  const known = knownObjects(declared, base);
  const families = new Set(snapshot.families);
  const places = new Map<string, PropertyPlace>();
  for (const stack of desired.stacks) {
    if (!stack.declarations.some(({ kind }) => kind.place !== undefined)) continue;
    for (const { declaration, config } of evaluateStack(stack, {
      live,
      known,
      families,
      lookups: base.lookups,
    }).evaluated) {
      const place = declaration.kind.place?.(config);
      if (place !== undefined) places.set(placeKey(place), place);
    }
  }
  return [...places.values()];
}
