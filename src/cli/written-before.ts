import { resolve } from "node:path";
import { auditLogKeptMs } from "../api";
import { pastLogOf, readLog } from "../reconcile";
import { receiptsOf } from "./evidence";
import type { ApplyOptions } from "./apply-options";
import type { Planned, Session } from "./session";

/**
 * Why an apply without a state must not run: this client has written to the organization before, so the state is lost, and what the stack no
 * longer declares would stay in silence. undefined: it may run. Receipts tell it, and the audit log where it names this client.
 */
export async function writtenBefore(
  session: Session,
  { evidence, first }: Pick<ApplyOptions, "evidence" | "first">,
  { live: { plan, past } }: Planned,
): Promise<string | undefined> {
  if (session.base.isKnown || first === true) return undefined;
  const { orgId, host } = plan.organization;
  const seen = await byReceipt(evidence === undefined ? undefined : resolve(session.directory, evidence), {
    orgId,
    host,
  });
  if (seen !== undefined) return lost(orgId, seen);
  let written = past?.written;
  if (past === undefined && plan.families.includes("audit-log")) {
    const now = session.api().now();
    const log = await readLog(session.api(), now - auditLogKeptMs, now);
    written = log.read ? pastLogOf(log).written : undefined;
  }
  return written === undefined ? undefined : lost(orgId, `the audit log has a write of it on ${written}`);
}

async function byReceipt(
  folder: string | undefined,
  organization: { readonly orgId: string; readonly host: string },
): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  const { receipts } = await receiptsOf(folder, organization).catch(() => ({ receipts: [] }));
  const wrote = receipts.filter(({ steps }) =>
    steps.some(({ outcome, requests }) => outcome === "done" && requests.length > 0),
  );
  const last = wrote.at(-1);
  return last === undefined ? undefined : `a receipt of ${last.head.startedAt} says so`;
}

function lost(orgId: string, how: string): string {
  return (
    `Nothing was written. There is no state file, and this program has written to organization ${orgId} before: ${how}. ` +
    "Without the state, nobody sees which lines were deleted from the stack, or whom somebody removed. " +
    "Restore the state file. If its loss is known, look at the plan and run again with --first."
  );
}
