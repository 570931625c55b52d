import { canonicalEmail } from "../../access";
import type { Base } from "./base";

/** Canonical e-mails of everybody whom the state has ever seen. */
export function knownPeople({
  present,
  removed,
  removedOutside,
  invited = {},
  changedEmails = {},
  memberIds = {},
}: Base): Set<string> {
  const known = [present, removed, removedOutside, Object.keys(invited), Object.keys(memberIds)].flat();
  return new Set([...known, ...Object.entries(changedEmails).flat()].map(canonicalEmail));
}
