/** What is kept beside a resource's state and shown to nobody. */
export interface PrivateState {
  /** It came by an import, and has not been read since. */
  readonly imported?: true;
  /** It was protected when it was planned to be replaced: core plans the new object as if there had never been one. */
  readonly protectedFor?: string;
  /** Groups that an identity provider writes, as far as the plan had heard of them. */
  readonly idpGroups?: readonly string[];
}

export function readPrivate(bytes: Uint8Array): PrivateState {
  if (bytes.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    // Another provider's, after a move.
    return {};
  }
}

export function writePrivate(state: PrivateState): Uint8Array {
  return Object.keys(state).length === 0 ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(state));
}
