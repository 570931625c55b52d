import { NotWhole, type ReadApi } from "../api";
import { identify, isMissing, isReadable } from "../lifecycle";
import { collectionNamed, kindOf, liveOrganization, type Snapshot } from "../resources";
import type { Base } from "./base/base";
import { declaredFacts, type Desired } from "./desired/desired";

/**
 * A list that ends by a cursor says of no total: what code brought into effect and a list lacks is looked up singly, so that a page
 * that came short is not taken for a removal.
 *
 * @throws NotWhole when something is there that its list lacked
 */
export async function proveMissing(
  api: ReadApi,
  base: Base,
  snapshot: Snapshot,
  desired: Desired,
): Promise<void> {
  if (Object.keys(base.entries).length === 0) return;
  const live = liveOrganization(snapshot, declaredFacts(desired, base));
  const families = new Set(snapshot.families);
  for (const { kind: type, id, config, label } of Object.values(base.entries)) {
    const kind = kindOf(type);
    if (kind?.isThere === undefined || id === undefined || !isReadable(kind, families)) continue;
    if (!isMissing(identify(kind, config, { live, known: { id, config } })) || !(await kind.isThere(api, id)))
      continue;
    const [collection = "people"] = kind.reads;
    throw new NotWhole(
      collectionNamed(collection).family,
      collection,
      `${label} (id ${id}) is there, and the list lacks it`,
    );
  }
}
