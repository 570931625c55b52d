import { isAddress } from "../../access";
import type { Snapshot } from "../../collections";
import { countOf, discrepancy, exampleText, type Discrepancy } from "./discrepancy";

/** Is every holder of a role or a module a person by an address, or a group that a list has? */
export function principalDiscrepancies({
  families,
  people = [],
  groups = [],
  assignments = [],
  modules = [],
  userManagementGroups = [],
}: Snapshot): Discrepancy[] {
  if (!families.includes("scim")) return [];
  // The role API may number groups in its own way: then they are in its own list.
  const groupIds = new Set([...userManagementGroups, ...groups].map(({ id }) => id));
  const opaque = new Map<string, string>();
  const places = new Set<string>();
  const unlisted = new Map<string, string>();
  for (const { principalType, principal, projectId } of [...assignments, ...modules]) {
    if (principalType === "group") {
      if (!groupIds.has(principal)) unlisted.set(principal, `group ${principal} on project ${projectId}`);
    } else if (!isAddress(principal)) {
      opaque.set(principal, `${principal} on project ${projectId}`);
      places.add(projectId);
    }
  }
  const [holders, strangers] = [[...opaque.values()], [...unlisted.values()]];
  const more = holders.length > people.length ? ", fewer than that" : "";
  return [
    ...discrepancy("principals", holders, {
      says:
        `The role API names ${countOf(holders.length, "person", "people")} by something that is no e-mail address: ${exampleText(holders)}. ` +
        `SCIM lists ${countOf(people.length, "person", "people")}${more}`,
      advice:
        "It is not known who holds these roles. Roles of people on these projects are neither given nor taken: look at them in Amplitude's pages",
      doubt: { rolesOfPeopleOn: places },
    }),
    ...discrepancy("groups with roles", strangers, {
      says: `${countOf(strangers.length, "group")} with a role ${strangers.length === 1 ? "is" : "are"} in no list of groups: ${exampleText(strangers)}`,
      advice:
        "The group was deleted and its roles are left over, or the lists of groups are not whole: look at it in Amplitude's pages",
      doubt: { groups: new Set(unlisted.keys()) },
    }),
  ];
}
