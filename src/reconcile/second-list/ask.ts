import { ApiFailure, NotWhole, type ReadApi } from "../../api";
import type { Witness } from "../../resources";
import type { Subject } from "./subject";

/**
 * Asks the role API for each group's members and each project's access, one after the other. Where it does not answer, that is an answer, too:
 * it blocks nothing. Documented: https://amplitude.com/docs/apis/user-management/groups/list-group-members,
 * https://amplitude.com/docs/apis/user-management/effective-access/get-project-effective-access.
 *
 * @param asked called with how many have been asked
 */
export async function secondLists(
  api: ReadApi,
  subjects: readonly Subject[],
  asked: (count: number) => void = () => undefined,
): Promise<Witness[]> {
  const witnesses: Witness[] = [];
  for (const subject of subjects) {
    witnesses.push(await secondList(api, subject));
    asked(witnesses.length);
  }
  return witnesses;
}

async function secondList(api: ReadApi, { of, id, name }: Subject): Promise<Witness> {
  try {
    return of === "group"
      ? { of, id, name, members: [...(await api.groupMembers(id)).items] }
      : { of, id, name, access: [...(await api.effectiveAccess(id)).items] };
  } catch (error) {
    if (error instanceof NotWhole) return { of, id, name, unavailable: error.reason };
    if (error instanceof ApiFailure) return { of, id, name, unavailable: error.said };
    throw error;
  }
}

/** What is said of takings where the role API is not there to be asked. */
export function notHeldAgainst(subjects: readonly Subject[]): string[] {
  if (subjects.length === 0) return [];
  return [
    `a second list of ${named(subjects)}, from which something is taken (the role API cannot be asked)`,
  ];
}

const SHOWN = 3;

/** `group nova, project Web and 2 more` */
function named(all: readonly Pick<Subject, "of" | "name">[]): string {
  const shown = all.slice(0, SHOWN).map(({ of, name }) => `${of} ${name}`);
  return `${shown.join(", ")}${all.length > SHOWN ? ` and ${all.length - SHOWN} more` : ""}`;
}

/** Why a second list could not be had: one sentence for all of the same reason. */
export function unavailableTexts(witnesses: readonly Witness[]): string[] {
  const byReason = new Map<string, Witness[]>();
  for (const witness of witnesses) {
    const { unavailable: reason } = witness;
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), witness]);
  }
  return [...byReason].map(
    ([reason, whose]) =>
      `The role API gave no second list of ${named(whose)}: ${reason.replace(/\.$/, "")}. What is taken there rests on one list.`,
  );
}
