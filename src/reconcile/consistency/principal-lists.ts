import { isAddress } from "../../access";
import { holderOf, type Snapshot } from "../../collections";
import { countOf, discrepancy, exampleText, type Discrepancy } from "./discrepancy";
import { holdingKey } from "./second-lists";

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
  const twice = twiceAssigned(assignments);
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
    ...discrepancy(
      "principals with two roles",
      twice.map(({ text }) => text),
      {
        says: `${countOf(twice.length, "person or group", "people or groups")} ${twice.length === 1 ? "has" : "have"} more than one role assignment on one project, of which Amplitude documents one: ${exampleText(twice.map(({ text }) => text))}`,
        advice: "It is not known which of them holds: leave one of them in Amplitude's pages",
        doubt: { holdings: new Set(twice.map(({ key }) => key)) },
      },
    ),
    ...discrepancy("groups with roles", strangers, {
      says: `${countOf(strangers.length, "group")} with a role ${strangers.length === 1 ? "is" : "are"} in no list of groups: ${exampleText(strangers)}`,
      advice:
        "The group was deleted and its roles are left over, or the lists of groups are not whole: look at it in Amplitude's pages",
      doubt: { groups: new Set(unlisted.keys()) },
    }),
  ];
}

/** Amplitude documents one explicit role of a principal on a project (https://amplitude.com/docs/apis/user-management, 409 on create). */
function twiceAssigned(
  assignments: NonNullable<Snapshot["assignments"]>,
): { readonly key: string; readonly text: string }[] {
  const seen = new Set<string>();
  const twice = new Map<string, string>();
  for (const { projectId, ...row } of assignments) {
    const key = holdingKey(holderOf(row), projectId);
    if (seen.has(key)) twice.set(key, `${row.principal} on project ${projectId}`);
    seen.add(key);
  }
  return [...twice].map(([key, text]) => ({ key, text }));
}
