import { ApiFailure } from "./failure";

/**
 * Sends a write that may be repeated. Where an answer was lost and the repetition is refused, the first one may have taken effect: then
 * what is there decides, and not the refusal.
 *
 * @param done whether what the write was to bring about is there
 * @returns what the write answered; undefined where a look had to decide
 * @throws what the write threw
 */
export async function unlessDone<T>(
  write: () => Promise<T>,
  done: () => Promise<boolean>,
): Promise<T | undefined> {
  try {
    return await write();
  } catch (error) {
    // A look-up that fails too leaves the doubt as it was.
    if (!isRefusedInDoubt(error) || !(await done().catch(() => false))) throw error;
    return undefined;
  }
}

/** A refusal of a write of which an earlier sending may have taken effect. */
export function isRefusedInDoubt(error: unknown): boolean {
  return (
    error instanceof ApiFailure &&
    error.happened === "maybe" &&
    error.status !== undefined &&
    error.status >= 400 &&
    error.status < 500
  );
}
