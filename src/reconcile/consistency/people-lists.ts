import { canonicalEmail, isAddress, type Email } from "../../access";
import type { Snapshot } from "../../collections";
import { countOf, discrepancy, exampleText, type Discrepancy } from "./discrepancy";

/** Is every member of a group a person by an address? */
export function memberDiscrepancies({ people = [], groups = [] }: Snapshot): Discrepancy[] {
  const strange: string[] = [];
  const unread = new Set<string>();
  for (const { id, name, members } of groups)
    for (const member of members) {
      if (isAddress(member)) continue;
      strange.push(`${member} in ${name}`);
      unread.add(id);
    }
  const untold = groups.filter(({ membersUntold }) => membersUntold === true);
  const names = untold.map(({ name }) => name);
  return [
    ...discrepancy("members that no answer tells", names, {
      says: `SCIM tells of none of ${countOf(names.length, "group")} who is in it: ${exampleText(names)}`,
      advice:
        "It is not known whether they are empty, so nobody is added to them or taken out. Amplitude documents `members` there: ask its support",
      doubt: { membersOf: new Set(untold.map(({ id }) => id)) },
    }),
    ...discrepancy("members", strange, {
      says:
        `SCIM lists ${countOf(strange.length, "member")} of ${countOf(unread.size, "group")} by something that is no e-mail address ` +
        `and belongs to none of the ${people.length} people: ${exampleText(strange)}`,
      advice:
        "It is not known who is in these groups, so nobody is added to them or taken out. Amplitude documents e-mail addresses there: ask its support",
      doubt: { membersOf: unread },
    }),
  ];
}

/** Is everybody whom another list names in SCIM's list of people? */
export function peopleDiscrepancies({
  families,
  people = [],
  groups = [],
  assignments = [],
  modules = [],
  members = [],
}: Snapshot): Discrepancy[] {
  if (!families.includes("scim")) return [];
  const known = new Set(people.map(({ email }) => canonicalEmail(email)));
  const missing = new Map<Email, string>();
  const look = (address: string, where: () => string): void => {
    if (!isAddress(address)) return;
    const email = canonicalEmail(address);
    if (!known.has(email) && !missing.has(email)) missing.set(email, `${address} ${where()}`);
  };
  for (const group of groups) for (const member of group.members) look(member, () => `in ${group.name}`);
  for (const { principalType, principal, projectId } of [...assignments, ...modules])
    if (principalType === "user") look(principal, () => `on project ${projectId}`);
  for (const { email } of members) look(email, () => "among the organization's members");
  const shown = [...missing.values()];
  return discrepancy("people", shown, {
    says: `SCIM's list of people lacks ${countOf(shown.length, "address", "addresses")} that other lists name: ${exampleText(shown)}`,
    advice:
      "Their rows are left over from people who were removed, or the list is not whole. They are not invited before that is known: look at them in Amplitude's pages",
    doubt: { people: new Set(missing.keys()) },
  });
}
