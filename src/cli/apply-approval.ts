import { resolve } from "node:path";
import type { AuditEvent } from "../api";
import {
  approvalOf,
  approvedIn,
  asShown,
  approvedInReceipt,
  attributionOf,
  openable,
  parsePlan,
  united,
  type ApprovedBy,
  type ApprovedSteps,
  type Approval,
  type Guard,
  type LivePlan,
  type Opening,
  type Plan,
  type RunOutcome,
  type Step,
} from "../reconcile";
import { cleanText } from "../report";
import { DiagnosticError, problem } from "../schema";
import type { ApplyOptions } from "./apply-options";
import { latestReceipt } from "./evidence";
import { readNeeded } from "./private-file";
import type { Session } from "./session";
import type { Terminal } from "./terminal";

/** What may run, or why nothing does. */
export type Granted =
  | { readonly approved: ApprovedSteps; readonly plans: readonly string[]; readonly approval: Approval }
  | { readonly outcome: RunOutcome; readonly why: string };

/** What was given as approved before anybody is asked: saved plans, whole digests, the receipt of a run to resume. */
export async function givenApproval(
  options: ApplyOptions,
  session: Session,
  plan: Plan,
): Promise<{ approved: ApprovedSteps; plans: readonly string[] } | Granted | undefined> {
  const { files = [], expect = [], resume = false, evidence } = options;
  for (const digest of expect) mustBeWhole(digest);
  if (resume) {
    if (evidence === undefined)
      throw new DiagnosticError([
        problem(
          "--resume without --evidence",
          "Give the folder of the receipt: apply --resume --evidence DIR.",
        ),
      ]);
    const { head } = await latestReceipt(resolve(session.directory, evidence), plan.organization);
    const { plan: digest, approvedPlans } = head;
    const plans = approvedPlans.length > 0 ? approvedPlans : [digest];
    const unexpected = expect.length > 0 && plans.some((known) => !expect.includes(known));
    if (unexpected)
      return {
        outcome: "refused",
        why: `The run to resume is of plan ${plans.join(", ")}, which --expect does not name.`,
      };
    return { approved: approvedInReceipt(head), plans };
  }
  if (files.length > 0) {
    const plans = await Promise.all(
      files.map(async (file) => {
        const path = resolve(session.directory, file);
        return parsePlan(await readNeeded(path, "plan file"), path, plan);
      }),
    );
    const strange = plans.findIndex(({ digest }) => expect.length > 0 && !expect.includes(digest));
    if (strange >= 0)
      return {
        outcome: "refused",
        why: `${files[strange] ?? ""} is plan ${plans[strange]?.digest ?? ""}, which --expect does not name.`,
      };
    return { approved: united(plans.map(approvedIn)), plans: plans.map(({ digest }) => digest) };
  }
  if (expect.length === 0) return undefined;
  if (expect.includes(plan.digest)) return { approved: approvedIn(plan), plans: [plan.digest] };
  return {
    outcome: "moved facts",
    why:
      `The plan is now ${plan.digest}, and ${expect.join(", ")} was approved: the stack, the policy or the organization has changed since. ` +
      "Give the saved plan to run what of it still holds, or have this one approved.",
  };
}

function mustBeWhole(digest: string): void {
  if (/^[0-9a-f]{64}$/.test(digest)) return;
  throw new DiagnosticError([
    problem(
      `--expect ${digest} is not a whole digest`,
      "Short forms are for display. Give all 64 digits, as plan --json prints them.",
    ),
  ]);
}

/** Narrows what was given, or what somebody says yes to, to what trusted code found approved. */
export function granted(
  { approved, plans }: { readonly approved: ApprovedSteps; readonly plans: readonly string[] },
  approvedBy: ApprovedBy | undefined,
  current: LivePlan,
): Granted {
  const approvalIn = (given: ApprovedSteps): Approval =>
    asShown(approvalOf(given, current.plan), given, current);
  if (approvedBy === undefined) return { approved, plans, approval: approvalIn(approved) };
  const unreviewed = plans.filter(
    (digest) => approvedBy.plans.length > 0 && !approvedBy.plans.includes(digest),
  );
  if (unreviewed.length > 0)
    return { outcome: "refused", why: `--approved-by does not name the plan ${unreviewed.join(", ")}.` };
  const named = new Set(approvedBy.steps);
  const narrowed = new Map([...approved].filter(([id]) => named.has(id)));
  return { approved: narrowed, plans, approval: approvalIn(narrowed) };
}

/** Asks somebody at the terminal for the number that each closed guard names. */
export async function askedOpenings(guards: readonly Guard[], terminal: Terminal): Promise<Opening[]> {
  const openings: Opening[] = [];
  for (const { guard, subject, found, text, people, steps } of openable(guards)) {
    const question = `${guard}: ${cleanText(text)}. Type ${found} to let it pass, anything else holds it back: `;
    if ((await terminal.ask(question)).trim() !== String(found)) continue;
    openings.push({
      guard,
      subject,
      people,
      count: found,
      steps,
      by: "somebody at the terminal",
      reason: `typed ${found}`,
    });
  }
  return openings;
}

/** Why steps of an approval lapsed, and who moved the fact, where the audit log tells. */
export async function lapsedReasons(
  { lapsed }: Approval,
  { plan, live }: LivePlan,
  session: Session,
): Promise<ReadonlyMap<string, string>> {
  const moved = lapsed.some((entry) => entry.moved);
  const events = moved ? await eventsBefore(session, Date.parse(plan.plannedAt)) : [];
  return new Map(
    lapsed.map(({ step, why, moved: isMoved }) => {
      const by = isMoved ? attributionOf(step, live, events) : undefined;
      return [step.id, by === undefined ? why : `${why}; ${by.actor} at ${by.at}`];
    }),
  );
}

/** Why steps that are left may not run after a time of waiting, by id: what they rest on, and what they come to, is read again. */
export async function lapsedMeanwhile(
  left: readonly Step[],
  approved: ApprovedSteps,
  fresh: LivePlan,
  session: Session,
): Promise<ReadonlyMap<string, string>> {
  const { plan } = fresh;
  const approval = asShown(approvalOf(approved, plan), approved, fresh);
  const reasons = new Map(await lapsedReasons(approval, fresh, session));
  // What a guard lets pass may have changed with it.
  for (const { summary, steps } of plan.refusals)
    for (const id of steps ?? left.map((step) => step.id)) reasons.set(id, `it is refused now: ${summary}`);
  const gone = left.filter(({ id }) => !approval.holds.has(id) && !reasons.has(id));
  return new Map([
    ...gone.map(
      ({ id }) => [id, "the organization has changed, and a plan made now does not hold it"] as const,
    ),
    ...left.flatMap(({ id }) => {
      const why = reasons.get(id);
      return why === undefined ? [] : [[id, why] as const];
    }),
  ]);
}

const DAY = 24 * 60 * 60 * 1000;
/** An approval is seldom older. */
const DAYS = 30;

async function eventsBefore(session: Session, now: number): Promise<readonly AuditEvent[]> {
  const api = session.api();
  if (!api.families.has("audit-log")) return [];
  try {
    const { items } = await api.events(new Date(now - DAYS * DAY).toISOString(), new Date(now).toISOString());
    return items;
  } catch {
    // Who it was is worth a line, not the run.
    return [];
  }
}
