import { addressIn } from "./address";
import { auditPage } from "./audit-event";
import type { Clock } from "./clock";
import { rfc3339 } from "./pages";
import type { AuditEvent } from "./records";
import type { Transport } from "./transport";
import { arrived, segment } from "./wire";

/** The documented example of a filter: https://amplitude.com/docs/apis/audit-logs. */
const LOGIN = { domain: "auth", feature: "auth", action: "login" };

/** Entries asked for at once; the largest allowed is undocumented (assumed). */
const PAGE = 100;

/** What is read at most: whoever is not among these logins may have logged in all the same. */
const PAGES = 20;

/** Longest range of one request. */
const RANGE = 30 * 24 * 60 * 60_000;

export interface LoginRead {
  /**
   * Who of these people has logged in, and when, RFC 3339, as far as a bounded reading of the audit log shows it: of 30 days and 2,000 logins
   * at most, and no more once everybody was seen. Source: https://amplitude.com/docs/apis/audit-logs.
   *
   * @param since from when on a login counts (RFC 3339), by canonical e-mail
   */
  logins(since: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>>;
}

export function loginsOf(transport: Transport, clock: Clock, orgId: string): LoginRead {
  return {
    async logins(since) {
      const seen = new Map<string, string>();
      const now = clock.now();
      const from = Math.max(now - RANGE, Math.min(...[...since.values()].map((time) => Date.parse(time))));
      let cursor: string | undefined;
      for (let page = 0; page < PAGES && seen.size < since.size; page += 1) {
        const answer = await transport.send({
          family: "audit-log",
          method: "POST",
          path: `/api/2/audit-logs/${segment(orgId)}`,
          body: {
            start_date: rfc3339(from),
            end_date: rfc3339(now),
            filters: LOGIN,
            pagination: { limit: PAGE, cursor },
          },
        });
        const { rows, next } = arrived(auditPage, answer);
        for (const { event } of rows) {
          // What a filter leaves in that it does not know is not documented.
          if (event.error !== undefined || event.action.toLowerCase() !== LOGIN.action) continue;
          const who = whoseLogin(event);
          const start = who === undefined ? undefined : since.get(who);
          if (who !== undefined && start !== undefined && Date.parse(event.at) >= Date.parse(start))
            seen.set(who, event.at);
        }
        if (typeof next !== "string") break;
        cursor = next;
      }
      return seen;
    },
  };
}

/** Who logged in: the actor, or the target where the actor is no address. Somebody who logs in as somebody else is nobody's login. */
function whoseLogin({ actor, target }: AuditEvent): string | undefined {
  const [by, about] = [addressIn(actor), addressIn(target)];
  return by === undefined || about === undefined || by === about ? (by ?? about) : undefined;
}
