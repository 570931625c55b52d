import type { ReadApi } from "../api";
import type { Entry, Operation, Unexpected } from "../resources";

/**
 * What a write would meet that it was not planned on, where that can be. An answer that is not as planned may be older than our own last
 * write: it is looked at once more.
 *
 * @throws what the API threw: what could not be looked at is not written
 */
export async function unexpectedBefore(
  operation: Operation,
  { values, facts }: Entry,
  api: ReadApi,
): Promise<Unexpected | undefined> {
  const look = operation.look?.(values, facts);
  return (await look?.(api)) && (await look?.(api));
}
