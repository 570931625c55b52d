import { isAddress } from "../access";
import type { GroupRecord, PersonRecord } from "../api";

/**
 * Groups whose members are listed by SCIM's ids (RFC 7643, section 4.2) with the addresses of those people. Amplitude documents addresses there
 * (https://amplitude.com/docs/apis/analytics/scim). An id that none of the people has stays as it is: it is never guessed whose it is.
 */
export function withAddresses(
  groups: readonly GroupRecord[],
  people: readonly PersonRecord[],
): readonly GroupRecord[] {
  const addresses = new Map<string, string>();
  for (const { email, memberId } of people) if (memberId !== undefined) addresses.set(memberId, email);
  if (addresses.size === 0) return groups;
  return groups.map((group) =>
    group.members.every(isAddress)
      ? group
      : { ...group, members: group.members.map((member) => addresses.get(member) ?? member) },
  );
}
