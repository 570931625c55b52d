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
 * When people logged in, of those for whose acceptance a plan waits: since we invited them, or else since the last run, which did not find
 * them. Asked only where somebody is waited for and the audit log can be read; by canonical e-mail, RFC 3339.
 */
export async function loginsFor(
  { api: connected, options, terminal }: Asking,
  live: LivePlan,
  { invited = {}, at }: Base,
): Promise<ReadonlyMap<string, string>> {
  const people = awaited(live);
  if (people.length === 0 || options.live !== undefined) return new Map();
  const api = connected();
  // The list of members knows better who has joined.
  if (!api.families.has("audit-log") || api.families.has("management")) return new Map();
  const ever = new Date(0).toISOString();
  try {
    return await api.logins(new Map(people.map((email) => [email, invited[email] ?? at ?? ever])));
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    terminal.note(
      `Who has logged in is not known, and who was invited is waited for. ${cleanText(error.message)}`,
    );
    return new Map();
  }
}
