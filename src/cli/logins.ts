import { ApiFailure, type ReadApi } from "../api";
import { awaited, type Base, type LivePlan } from "../reconcile";
import { cleanText } from "../report";
import type { Terminal } from "./terminal";

/** The part of a session that is asked here. */
interface Asking {
  readonly api: () => ReadApi;
  readonly options: { readonly live?: unknown };
  readonly terminal: Terminal;
}

/**
 * When people logged in since we invited them, of those for whose acceptance a plan waits. Of whom somebody else invited nobody knows when
 * that was, so a login may be of an earlier time: it proves nothing. Asked only where somebody is waited for and the audit log can be read; by
 * canonical e-mail, RFC 3339.
 */
export async function loginsFor(
  { api: connected, options, terminal }: Asking,
  live: LivePlan,
  { invited = {} }: Base,
): Promise<ReadonlyMap<string, string>> {
  const since = new Map(
    awaited(live).flatMap((email) =>
      invited[email] === undefined ? [] : [[email, invited[email]] as const],
    ),
  );
  if (since.size === 0 || options.live !== undefined) return new Map();
  const api = connected();
  // The list of members knows better who has joined.
  if (!api.families.has("audit-log") || api.families.has("management")) return new Map();
  try {
    return await api.logins(since);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    terminal.note(
      `Who has logged in is not known, and who was invited is waited for. ${cleanText(error.message)}`,
    );
    return new Map();
  }
}
