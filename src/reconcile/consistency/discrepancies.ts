import type { Snapshot } from "../../collections";
import type { Discrepancy } from "./discrepancy";
import { groupDiscrepancies } from "./group-lists";
import { memberDiscrepancies, peopleDiscrepancies } from "./people-lists";
import { memberListDiscrepancies } from "./member-list";
import { projectDiscrepancies } from "./project-lists";
import { principalDiscrepancies } from "./principal-lists";
import { roleDiscrepancies } from "./role-list";
import { unknownRowDiscrepancies } from "./unknown-rows";
import { secondListDiscrepancies } from "./second-lists";

/**
 * Every list held against every other one that speaks of the same. Pure. Empty: all fit. A family that does not answer has no list to compare.
 *
 * @param roleIds what the provider block says of roles, name to id
 */
export function discrepanciesOf(
  snapshot: Snapshot,
  roleIds: Readonly<Record<string, string>>,
): Discrepancy[] {
  // What Terraform's state shows is no list that somebody read.
  if (snapshot.proofs.length === 0) return [];
  return [
    ...groupDiscrepancies(snapshot),
    ...memberDiscrepancies(snapshot),
    ...peopleDiscrepancies(snapshot),
    ...memberListDiscrepancies(snapshot),
    ...projectDiscrepancies(snapshot),
    ...principalDiscrepancies(snapshot),
    ...roleDiscrepancies(snapshot, roleIds),
    ...unknownRowDiscrepancies(snapshot),
    ...secondListDiscrepancies(snapshot),
  ];
}
