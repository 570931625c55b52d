import { isRefusal, type Effect } from "./effect";
import type { KeyIdentity, Organization } from "./organization";
import { projectIdOf } from "./reference";

/** What an API key is called for, whatever its generation: who uses it uses one after the other. */
export type KeyName = Omit<KeyIdentity, "generation">;

const PREFIX = "key ";

/** One text per name of a key, among the e-mails of those who hold access. */
export function keyHolder({ keyType, projectId, label }: KeyName): string {
  return PREFIX + JSON.stringify([keyType, projectId ?? null, label]);
}

/** Whether a holder is a key, not a person. */
export function isKeyHolder(holder: string): boolean {
  return holder.startsWith(PREFIX);
}

/** The name behind the text of a key. */
export function keyOfHolder(holder: string): KeyName {
  const [keyType, projectId, label] = JSON.parse(holder.slice(PREFIX.length)) as [
    string,
    string | null,
    string,
  ];
  return { keyType, label, ...(projectId === null ? {} : { projectId }) };
}

/** A key with its project by the id that it is known by now; one that a plan has yet to make, by what the plan calls it. */
export function keyNow(
  live: Organization,
  { keyType, label, projectId, generation }: KeyIdentity,
): KeyIdentity {
  return {
    keyType,
    label,
    generation,
    ...(projectId === undefined ? {} : { projectId: idNow(live, projectId) }),
  };
}

/** The keys, as holders, whose access an effect may change: the one that it names, and those of a project that goes or returns. */
export function* affectedKeys(live: Organization, effect: Effect): Iterable<string> {
  const { type } = effect;
  if (type === "create_key" || type === "hand_over_key" || type === "delete_key")
    yield keyHolder(keyNow(live, effect));
  if (type !== "archive_project" && type !== "restore_project") return;
  const projectId = idNow(live, effect.projectId);
  for (const key of live.keys()) if (key.projectId === projectId) yield keyHolder(key);
}

function idNow(live: Organization, projectId: string): string {
  const found = projectIdOf(live, projectId);
  return isRefusal(found) ? projectId : found.id;
}
