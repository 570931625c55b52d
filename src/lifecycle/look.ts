import type { WriteApi } from "../api";
import { Unexpected, type Created, type Entry, type Operation, type Seen } from "../resources";

/**
 * What is there right before a write, where that can be another value than the one that was planned on. An answer that is not as planned may
 * be older than our own last write: it is looked at once more.
 *
 * @throws what the API threw: what could not be looked at is not written
 */
export async function seenBefore(
  operation: Operation,
  { values, facts }: Entry,
  { api, created }: { readonly api: WriteApi; readonly created: Created },
): Promise<Seen> {
  const look = operation.look?.(values, facts);
  if (look === undefined) return "as planned";
  const first = await look(api, created);
  return first instanceof Unexpected ? await look(api, created) : first;
}
