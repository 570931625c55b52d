import type { ListedGroup } from "../../api";
import type { Snapshot } from "../../collections";
import { countOf, discrepancy, exampleText, type Discrepancy } from "./discrepancy";

/** Group ids of SCIM and of the role API held against each other. */
export interface GroupLists {
  /** `602 agency-lumen`: what SCIM does not list, and the role API does. */
  readonly onlyRoleApi: readonly ListedGroup[];
  readonly onlyScim: readonly ListedGroup[];
  /** How many both list. */
  readonly both: number;
}

/** undefined where one of the two APIs does not answer. */
export function groupLists({
  families,
  groups = [],
  userManagementGroups: listed,
}: Pick<Snapshot, "families" | "groups" | "userManagementGroups">): GroupLists | undefined {
  if (listed === undefined || !families.includes("scim")) return undefined;
  const scim = new Set(groups.map(({ id }) => id));
  const roleApi = new Set(listed.map(({ id }) => id));
  const onlyRoleApi = listed.filter(({ id }) => !scim.has(id));
  const onlyScim = groups.filter(({ id }) => !roleApi.has(id)).map(({ id, name }) => ({ id, name }));
  return { onlyRoleApi, onlyScim, both: scim.size - onlyScim.length };
}

/** `602 (agency-lumen)` */
export function groupText({ id, name }: ListedGroup): string {
  return name === undefined ? id : `${id} (${name})`;
}

/** Whether the two APIs may number groups each in its own way: no id is in both lists. */
export function hasOtherIds({ both, onlyRoleApi, onlyScim }: GroupLists): boolean {
  return both === 0 && onlyRoleApi.length > 0 && onlyScim.length > 0;
}

/** In which groups the two lists differ: `SCIM does not list group 602 (agency-lumen), which the role API lists`. */
export function groupListsText({ onlyRoleApi, onlyScim, both }: GroupLists): string {
  if (hasOtherIds({ both, onlyRoleApi, onlyScim }))
    return (
      `SCIM lists ${countOf(onlyScim.length, "group")} and the role API ${onlyRoleApi.length}, and no id is in both lists, so that roles of groups cannot be told whose they are: ` +
      `SCIM has ${exampleText(onlyScim.map(groupText))}, the role API ${exampleText(onlyRoleApi.map(groupText))}`
    );
  const lacks = (list: string, other: string, groups: readonly ListedGroup[]): string[] => {
    if (groups.length === 0) return [];
    const which = groups.length === 1 ? "group" : `${groups.length} groups, among them`;
    return [`${list} does not list ${which} ${exampleText(groups.map(groupText))}, which ${other} lists`];
  };
  return [...lacks("SCIM", "the role API", onlyRoleApi), ...lacks("the role API", "SCIM", onlyScim)].join(
    "; ",
  );
}

/** Are SCIM's groups and those of the role API the same? */
export function groupDiscrepancies(snapshot: Snapshot): Discrepancy[] {
  const lists = groupLists(snapshot);
  if (lists === undefined) return [];
  const { onlyRoleApi, onlyScim } = lists;
  const all = [...onlyRoleApi, ...onlyScim];
  const names = onlyRoleApi.flatMap(({ name }) => name ?? []);
  const others = hasOtherIds(lists);
  return discrepancy("groups", all.map(groupText), {
    says: groupListsText(lists),
    advice: others
      ? "The role API may number groups in its own way. Roles of groups are given in Amplitude's pages then"
      : "Read again. If it stays, look at the group in Amplitude's pages: Settings > Organization Settings > Groups",
    doubt: others
      ? { groupIds: true }
      : {
          groups: new Set(all.map(({ id }) => id)),
          ...(onlyRoleApi.length === 0
            ? {}
            : { newGroups: names.length < onlyRoleApi.length ? "any" : new Set(names) }),
        },
  });
}
