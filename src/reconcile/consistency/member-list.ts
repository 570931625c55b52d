import { canonicalEmail } from "../../access";
import type { Snapshot } from "../../collections";
import { countOf, discrepancy, exampleText, type Discrepancy } from "./discrepancy";

/** What the discrepancy is called. */
export const ORGANIZATION_MEMBERS = "organization members";

/** Is everybody whom SCIM lists among the organization's members, who have its roles? Whom the members lack has a role that is not known. */
export function memberListDiscrepancies({ people, members }: Snapshot): Discrepancy[] {
  if (people === undefined || members === undefined) return [];
  const known = new Set(members.map(({ email }) => canonicalEmail(email)));
  const missing = people.map(({ email }) => email).filter((email) => !known.has(canonicalEmail(email)));
  return discrepancy(ORGANIZATION_MEMBERS, missing, {
    says: `the list of the organization's members lacks ${missing.length} of the ${countOf(people.length, "person", "people")} whom SCIM lists: ${exampleText(missing)}`,
    advice:
      "Their role in the organization is not known, so it is neither given nor taken: look at it in Amplitude's pages, and read again",
    doubt: { organizationRolesOf: new Set(missing.map(canonicalEmail)) },
  });
}
