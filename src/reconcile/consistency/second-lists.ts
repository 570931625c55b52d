import { canonicalEmail, isAddress, principalKey, type Principal } from "../../access";
import { holderOf } from "../../collections";
import type { Snapshot, Witness } from "../../resources";
import { countOf, discrepancy, exampleText, type Discrepancy, type Doubt } from "./discrepancy";

/** Does what the role API answers of one group or project alone agree with the lists? Only what was asked is compared. */
export function secondListDiscrepancies(snapshot: Snapshot): Discrepancy[] {
  return (snapshot.witnesses ?? []).flatMap((witness) =>
    witness.of === "group" ? groupDisagreement(witness, snapshot) : projectDisagreement(witness, snapshot),
  );
}

/** What a membership is called in a doubt. */
export function membershipKey(groupId: string, email: string): string {
  return `${groupId} ${canonicalEmail(email)}`;
}

/** What a role on a project is called in a doubt. */
export function holdingKey(principal: Principal, projectId: string): string {
  return `${principalKey(principal)} ${projectId}`;
}

const advice = "Look at it in Amplitude's pages, then run again: the two lists must say the same";

function groupDisagreement({ id, name, members }: Witness, { groups = [] }: Snapshot): Discrepancy[] {
  const group = groups.find((listed) => listed.id === id);
  if (members === undefined || group === undefined) return [];
  const title = `second list of group ${name}`;
  const [known, told] = [group.members.filter(isAddress), members.filter(isAddress)];
  const [scim, roleApi] = [known, told].map((list) => new Map(list.map((one) => [canonicalEmail(one), one])));
  const onlyScim = [...(scim ?? [])].filter(([email]) => roleApi?.has(email) !== true);
  const onlyRoleApi = [...(roleApi ?? [])].filter(([email]) => scim?.has(email) !== true);
  const opaque = members.length - told.length;
  if (opaque > 0) {
    // An id is never taken for a person: numbers are compared.
    if (group.members.length === members.length && onlyRoleApi.length === 0) return [];
    return discrepancy(title, [`${group.members.length} and ${members.length}`], {
      says: `SCIM lists ${countOf(group.members.length, "member")} of ${name}, and the role API, asked for this group, ${members.length}, by ids of its own`,
      advice,
      doubt: { membersOf: new Set([id]) },
    });
  }
  const wrong = [...onlyScim, ...onlyRoleApi];
  const side = (list: string, other: string, all: readonly (readonly [string, string])[]): string[] =>
    all.length === 0
      ? []
      : [`${list} lists ${exampleText(all.map(([, one]) => one))} in ${name}, and ${other} does not`];
  return discrepancy(
    title,
    wrong.map(([, one]) => one),
    {
      says: [
        ...side("SCIM", "the role API, asked for this group,", onlyScim),
        ...side("the role API, asked for this group,", "SCIM", onlyRoleApi),
      ].join("; "),
      advice,
      doubt: { memberships: new Set(wrong.map(([email]) => membershipKey(id, email))) },
    },
  );
}

/** Only what the list of assignments holds is looked for: who else reaches a project, and how, is not documented. */
function projectDisagreement({ id, name, access }: Witness, snapshot: Snapshot): Discrepancy[] {
  if (access === undefined) return [];
  const expected = (snapshot.assignments ?? []).filter(({ projectId }) => projectId === id);
  const title = `second list of project ${name}`;
  const people = access.filter(({ principalType }) => principalType === "user");
  if (people.some(({ principal }) => !isAddress(principal)))
    return opaqueDisagreement(title, name, { id, people, expected }, snapshot);
  const told = new Set(
    access.map(({ roleId, ...row }) => `${principalKey(holderOf(row))} ${roleId.toLowerCase()}`),
  );
  const roles = new Map(snapshot.roles?.map((role) => [role.id, role.name]));
  const groups = new Map(snapshot.groups?.map((group) => [group.id, group.name]));
  const lacking = expected.filter(
    (row) =>
      isUnderstood(row.principalType, row.principal) &&
      !told.has(`${principalKey(holderOf(row))} ${row.roleId.toLowerCase()}`),
  );
  const texts = lacking.map(({ principalType, principal, roleId }) => {
    const whose = principalType === "group" ? (groups.get(principal) ?? `group ${principal}`) : principal;
    return `${roles.get(roleId) ?? roleId} of ${whose}`;
  });
  return discrepancy(title, texts, {
    says: `the list of role assignments has ${exampleText(texts)} on ${name}, and the role API, asked for this project's access, does not`,
    advice,
    doubt: { holdings: new Set(lacking.map((row) => holdingKey(holderOf(row), id))) },
  });
}

const isUnderstood = (type: Principal["type"], principal: string): boolean =>
  type === "group" || isAddress(principal);

function opaqueDisagreement(
  title: string,
  name: string,
  {
    id,
    people,
    expected,
  }: {
    readonly id: string;
    readonly people: NonNullable<Witness["access"]>;
    readonly expected: NonNullable<Snapshot["assignments"]>;
  },
  { groups = [] }: Snapshot,
): Discrepancy[] {
  const members = new Map(groups.map((group) => [group.id, group.members]));
  const listed = new Set(
    expected.flatMap(({ principalType, principal }) =>
      principalType === "user"
        ? [canonicalEmail(principal)]
        : (members.get(principal) ?? []).map(canonicalEmail),
    ),
  ).size;
  const told = new Set(people.map(({ principal }) => principal)).size;
  if (told >= listed) return [];
  const doubt: Doubt = { rolesOfPeopleOn: new Set([id]) };
  return discrepancy(title, [`${listed} and ${told}`], {
    says: `the lists give ${countOf(listed, "person", "people")} a role on ${name}, and the role API, asked for this project's access, names ${told}, by ids of its own`,
    advice,
    doubt,
  });
}
