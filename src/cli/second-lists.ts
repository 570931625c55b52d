import {
  declaredSubjects,
  ourRequestsPerMinute,
  secondLists,
  takenFrom,
  unavailableTexts,
  writtenNow,
  type LivePlan,
  type Opening,
  type Subject,
} from "../reconcile";
import { cleanText } from "../report";
import type { Witness } from "../resources";
import { DiagnosticError, problem } from "../schema";
import type { Planned, Session } from "./session";

/**
 * The plan that a run goes by: before it takes something from a group or a project, the role API is asked for that one alone. Steps of which
 * the two lists disagree are refused in it. Nothing is asked where nothing is taken.
 *
 * @param approved ids of the steps that may run
 */
export async function heldAgainstSecondLists(
  session: Session,
  planned: Planned,
  live: LivePlan,
  { openings, approved }: { readonly openings: readonly Opening[]; readonly approved: ReadonlySet<string> },
): Promise<LivePlan> {
  const runs = writtenNow(live).filter(({ step }) => approved.has(step.id));
  const witnesses = await asked(session, live, takenFrom(runs, live));
  if (witnesses.length === 0) return live;
  const again = await planned.again({ openings, witnesses });
  const known = new Set(live.plan.discrepancies.map(({ name }) => name));
  for (const { name, says } of again.plan.discrepancies)
    if (!known.has(name))
      session.terminal.note(cleanText(`Two lists disagree: ${says}. What rests on it is not done.`));
  return again;
}

/** `plan --verify`: a second list of everything that is declared. Its price is said first. */
export async function verified(session: Session, planned: Planned): Promise<LivePlan> {
  if (session.options.live !== undefined)
    throw new DiagnosticError([
      problem(
        "There is nobody to ask with --live",
        "Leave out --live, or --verify: a snapshot is one reading.",
      ),
    ]);
  const subjects = declaredSubjects(planned.live);
  const requests = subjects.reduce((sum, subject) => sum + subject.requests, 0);
  const seconds = Math.floor(Math.max(0, requests - 1) / ourRequestsPerMinute) * 60;
  session.terminal.note(
    `Verifying ${subjects.length} declared groups and projects by a second list: ${requests} ${requests === 1 ? "request" : "requests"}, ${seconds === 0 ? "no wait" : `about ${seconds} seconds of waiting`} for the limit.`,
  );
  const witnesses = await asked(session, planned.live, subjects);
  return witnesses.length === 0 ? planned.live : await planned.again({ witnesses });
}

async function asked(
  session: Session,
  { plan }: LivePlan,
  subjects: readonly Subject[],
): Promise<readonly Witness[]> {
  if (subjects.length === 0 || !plan.families.includes("user-management")) return [];
  const progress = session.terminal.progress("Asking for second lists", subjects.length);
  try {
    const witnesses = await secondLists(session.api(), subjects, (count) => progress.step(count));
    for (const text of unavailableTexts(witnesses)) session.terminal.note(cleanText(text));
    return witnesses;
  } finally {
    progress.end();
  }
}
