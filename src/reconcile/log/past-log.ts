import { canonicalEmail, type Email } from "../../access";
import { isOurs } from "./attribution";
import type { LogReading } from "./log-reading";
import { organizationRoleChangeIn, removedIn } from "./log-words";

/** What the audit log tells of the time of which no state is there. */
export interface PastLog {
  /** Since when, RFC 3339. */
  readonly since: string;
  /** Who was removed and has not been invited again; when, RFC 3339. */
  readonly removed: ReadonlyMap<Email, string>;
  /** When this program wrote last, RFC 3339; undefined: no entry names its client. */
  readonly written: string | undefined;
  /** What reading it took. */
  readonly requests: number;
}

export function pastLogOf({
  events,
  from: since,
  proof: { requests },
}: Extract<LogReading, { read: true }>): PastLog {
  const removed = new Map<Email, string>();
  let written: string | undefined;
  for (const event of events) {
    const gone = removedIn(event);
    if (gone !== undefined) removed.set(canonicalEmail(gone), event.at);
    const change = organizationRoleChangeIn(event);
    if (change?.isNew === true && change.person !== undefined) removed.delete(change.person);
    if (isOurs(event)) written = event.at;
  }
  return { since, removed, written, requests };
}
