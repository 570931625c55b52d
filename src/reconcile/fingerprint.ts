import { canonicalEmail } from "../access";
import type { Snapshot } from "../resources";
import type { Base } from "./base/base";
import { groupLists, groupListsText } from "./consistency";

/** Whether the organization that answered is the one that the stack names. */
export interface Fingerprint {
  readonly proved: boolean;
  /** How it was proved, or what speaks against it; a clause for people. */
  readonly how: string;
}

/** Share of known group ids that must be there again: groups come and go, organizations do not exchange them. */
const SHARE = 0.5;

/**
 * The SCIM key alone selects the organization, and nothing in an address says which. Proof is, in this order: the group
 * ids that user-management lists for the org id are SCIM's; the group ids at the last run are still there.
 */
export function fingerprintOf(snapshot: Snapshot, base: Base): Fingerprint {
  if (!snapshot.families.includes("scim"))
    return { proved: true, how: "no SCIM key: the organization id decides" };
  const ids = new Set((snapshot.groups ?? []).map(({ id }) => id));
  const lists = groupLists(snapshot);
  const differ = lists !== undefined && lists.onlyRoleApi.length + lists.onlyScim.length > 0;
  if (lists !== undefined && !differ && lists.both > 0) {
    return {
      proved: true,
      how:
        ids.size === 1
          ? "the one group id that user-management lists is SCIM's"
          : `the ${ids.size} group ids that user-management lists are SCIM's`,
    };
  }
  const against =
    lists === undefined
      ? "the role API tells no groups to compare"
      : differ
        ? groupListsText(lists)
        : "neither API lists a group";
  if (base.groupIds.length === 0 && ids.size === 0 && !differ && base.present.length > 0)
    return samePeople(snapshot, base, against);
  if (base.groupIds.length === 0)
    return { proved: false, how: `${against}, and no earlier run knows its groups` };
  const found = base.groupIds.filter((id) => ids.has(id)).length;
  const how = `${found} of ${base.groupIds.length} group ids of the last run are there`;
  const proved = found >= base.groupIds.length * SHARE;
  return { proved, how: proved || !differ ? how : `${how}, and ${against}` };
}

/**
 * An organization without groups is known by its people, once a run has been let through by somebody who looked: two organizations of one
 * company may share some of them, so most of both lists must be in the other one.
 */
function samePeople({ people = [] }: Snapshot, { present }: Base, against: string): Fingerprint {
  const now = new Set(people.map(({ email }) => canonicalEmail(email)));
  const found = present.filter((email) => now.has(canonicalEmail(email))).length;
  return {
    proved: found > present.length * SHARE && found > now.size * SHARE,
    how: `${against}; ${found} of ${present.length} people of the last run are among the ${now.size} of now`,
  };
}
