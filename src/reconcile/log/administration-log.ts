import { type Email } from "../../access";
import { auditLogKeptMs, type AuditEvent, type ReadApi } from "../../api";
import type { AdministrationLog, Snapshot } from "../../resources";
import { administratorsWord } from "../administrators";
import type { LivePlan, PlanInput } from "../live-plan";
import { makePlan } from "../plan";
import { administers, mayTakeAdministration } from "../unread";
import { mustBeRead, readLog } from "./log-reading";
import { organizationRoleChangeIn, removedIn } from "./log-words";
import { pastLogOf } from "./past-log";

/**
 * Who was made an administrator, and who was demoted. Events oldest first; the last one about somebody decides. An invitation, also our own, may
 * promote and never demotes: whoever comes has lost nothing. Somebody's removal ends what was said of them.
 */
export function administrationLogOf(events: readonly AuditEvent[], since: string): AdministrationLog {
  const last = new Map<Email, { readonly promoted: boolean; readonly at: string }>();
  const unnamed: { promoted?: string; demoted?: string } = {};
  for (const event of events) {
    const removed = removedIn(event);
    if (removed !== undefined) last.delete(removed);
    const change = organizationRoleChangeIn(event);
    if (change === undefined) continue;
    const { person, isNew, from, to } = change;
    // One that does not say which way may be either: then somebody might be one.
    const promoted = to === undefined || administers(to);
    if (isNew && !promoted) continue;
    if (person !== undefined) last.set(person, { promoted, at: event.at });
    else if (promoted) unnamed.promoted = event.at;
    else if (from === undefined || administers(from)) unnamed.demoted = event.at;
  }
  const of = (wanted: boolean): AdministrationLog["promoted"] =>
    [...last]
      .filter(([, { promoted }]) => promoted === wanted)
      .map(([email, { at }]) => ({ email, at }))
      .sort((a, b) => (a.email < b.email ? -1 : 1));
  return { since, promoted: of(true), demoted: of(false), unnamed };
}

/**
 * The plan; where no API shows who administers and one of its steps may take that from somebody, the audit log is read first, since the
 * administrators were last confirmed. It has every act of everybody, so it is not asked for plans that need none of it. Where it cannot be
 * read the plan is as without a credential for it, and says so.
 *
 * @param strict throws AuditLogUnread instead
 */
export async function plannedWithLog(
  api: ReadApi,
  input: PlanInput,
  strict = false,
): Promise<{ readonly input: PlanInput; readonly live: LivePlan }> {
  const live = makePlan(input);
  if (!needsLog(live, input.snapshot)) return await withPast(api, input, live, strict);
  const confirmed = administratorsWord(live.plan.confirmed)?.on;
  const from = Math.max(input.now - auditLogKeptMs, confirmed === undefined ? 0 : Date.parse(confirmed));
  const log = await readLog(api, from, input.now);
  if (strict) mustBeRead(log);
  const again = log.read
    ? {
        ...input,
        snapshot: {
          ...input.snapshot,
          administration: administrationLogOf(log.events, log.from),
          proofs: [...input.snapshot.proofs, log.proof],
        },
        ...(input.baseKnown ? {} : { past: pastLogOf(log) }),
      }
    : {
        ...input,
        unreadLog: `who was made an administrator from ${log.from} to ${log.to} (${log.why})`,
      };
  return { input: again, live: makePlan(again) };
}

/** Where no state says who was there before, the log is looked into for whoever is to be invited. */
async function withPast(
  api: ReadApi,
  input: PlanInput,
  live: LivePlan,
  strict: boolean,
): Promise<{ readonly input: PlanInput; readonly live: LivePlan }> {
  const { plan } = live;
  if (input.baseKnown || plan.invitations.length === 0 || !plan.families.includes("audit-log"))
    return { input, live };
  const log = await readLog(api, input.now - auditLogKeptMs, input.now);
  if (strict) mustBeRead(log);
  if (!log.read) return { input, live };
  const again = { ...input, past: pastLogOf(log) };
  return { input: again, live: makePlan(again) };
}

function needsLog({ plan, steps, leavers }: LivePlan, { members, administration }: Snapshot): boolean {
  const { policy, families } = plan;
  if (members !== undefined || administration !== undefined || !families.includes("audit-log")) return false;
  return policy.admins.length > 0 && steps.some((step) => mayTakeAdministration(step, leavers));
}
