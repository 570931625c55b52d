import { canonicalEmail, type Effect } from "../../access";
import { collectionNamed, type Snapshot } from "../../collections";
import { canonicalName } from "../../schema";
import { countOf, discrepancy, exampleText, type Discrepancy, type UnknownRowDoubt } from "./discrepancy";

/** Is every row understood? What one that is not says of a person, a group or a project is not known. */
export function unknownRowDiscrepancies(snapshot: Snapshot): Discrepancy[] {
  const { unknownRows = [] } = snapshot;
  const known = knownObjects(snapshot);
  return [...new Set(unknownRows.map(({ collection }) => collection))].flatMap((name) => {
    const { title, changedBy } = collectionNamed(name);
    const rows = unknownRows.filter(({ collection }) => collection === name);
    const mentioned = rows.map(({ mentions }) => mentions.map(mentionKey));
    const texts = rows.map(({ says, why }) => `${says} (${why})`);
    return discrepancy(`unknown ${title}`, texts, {
      says: `${countOf(rows.length, "row")} of the list of ${title} ${rows.length === 1 ? "is" : "are"} not understood: ${exampleText(texts)}`,
      advice:
        "Amplitude's API says more than is documented. What could rest on such a row is not taken away: look at it in Amplitude's pages, and update this program",
      doubt: {
        unknownRows: {
          effects: new Set(changedBy),
          mentions: new Set(mentioned.flat()),
          mayBeAnything: mentioned.some((keys) => !keys.some((key) => known.has(key))),
        },
      },
    });
  });
}

/** Whether an effect takes away what such a row could be about. */
export function couldRestOn(effect: Effect, { effects, mentions, mayBeAnything }: UnknownRowDoubt): boolean {
  const taken = takenBy(effect);
  if (taken.length === 0) return false;
  return (mayBeAnything && effects.has(effect.type)) || taken.some((one) => mentions.has(mentionKey(one)));
}

/** Whom and where an effect takes something: ids and addresses. */
function takenBy(effect: Effect): string[] {
  const { type } = effect;
  if (type === "revoke" || type === "revoke_module") {
    const { principal, projectId } = effect;
    return [principal.type === "user" ? principal.email : (principal.group.id ?? ""), projectId];
  }
  if (type === "delete_group") return [effect.group.id ?? ""];
  if (type === "remove_person") return [effect.email];
  if (type === "archive_project") return [effect.projectId];
  return type === "delete_key" ? [effect.projectId ?? effect.label] : [];
}

/** One form for ids, names and addresses. */
function mentionKey(text: string): string {
  return text.includes("@") ? canonicalEmail(text) : canonicalName(text);
}

/** People, groups and projects that other lists name. */
function knownObjects(snapshot: Snapshot): ReadonlySet<string> {
  const { people = [], groups = [], userManagementGroups = [] } = snapshot;
  const { projects = [], managedProjects = [], assignments = [] } = snapshot;
  return new Set(
    [
      ...people.map(({ email }) => email),
      ...[...groups, ...userManagementGroups, ...projects, ...managedProjects].map(({ id }) => id),
      ...assignments.map(({ projectId }) => projectId),
    ].map(mentionKey),
  );
}
