import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { guardApprovalOf, guardApprovalText, openable, type Guard } from "../reconcile";
import { DiagnosticError, email, instant, instantOf, problem } from "../schema";
import { checkedOption } from "./option-value";
import { writeReviewed } from "./private-file";
import { APPROVALS } from "./reviewed-files";
import { openSession, planNow, type SessionOptions, type Surroundings } from "./session";

export interface ApproveOptions extends SessionOptions {
  /** Name of a guard that holds steps back, as plan prints it. */
  readonly guard: string;
  /** The group or project, where a guard holds back the steps of several. */
  readonly subject?: string | undefined;
  readonly by: string;
  readonly reason: string;
  readonly until?: string | undefined;
}

const DAY = 24 * 60 * 60 * 1000;
/** How long an approval counts when nothing else is said. */
const DAYS = 14;

/** `approve`: drafts the file that lets pass what a guard holds back. It counts once it is reviewed, and `--approved-by` names it. */
export async function approveCommand(options: ApproveOptions, surroundings: Surroundings): Promise<number> {
  const session = await openSession({ ...options, readOnly: true }, surroundings);
  try {
    const { live } = await planNow(session);
    const { plan } = live;
    const guard = found(options, openable(plan.guards));
    const now = Date.parse(plan.plannedAt);
    const until =
      options.until === undefined
        ? now + DAYS * DAY
        : (instantOf(checkedOption("--until", options.until, instant)) ?? now);
    const approval = guardApprovalOf(
      guard,
      session.desired.orgId,
      plan.steps.map(({ id, text }) => ({ id, text })),
      {
        reason: options.reason,
        by: checkedOption("--by", options.by, email),
        on: new Date(now).toISOString(),
        until: new Date(until).toISOString(),
      },
    );
    const text = guardApprovalText(approval);
    const id = createHash("sha256").update(text).digest("hex").slice(0, 12);
    const file = join(options.approvals ?? APPROVALS, `${guard.guard}-${id}.json`);
    await writeReviewed(resolve(surroundings.directory, file), text);
    surroundings.terminal.result(
      `${guard.guard}: ${guard.text}.\nIt lets pass at most ${approval.count}, these people (${approval.people.length}) and these steps (${approval.steps.length}), until ${approval.until}.\n` +
        `Written to ${file}. Commit it, and have it reviewed with the stack: only a review makes it count.\n`,
    );
    return 0;
  } finally {
    await session.close();
  }
}

function found({ guard: name, subject }: ApproveOptions, guards: readonly Guard[]): Guard {
  const named = guards.filter(
    (guard) => guard.guard === name && (subject === undefined || guard.subject === subject),
  );
  const [only, ...others] = named;
  if (only !== undefined && others.length === 0) return only;
  const listed = (of: readonly Guard[]): string =>
    of
      .map(
        (guard) =>
          `${guard.guard}${guard.subject === undefined ? "" : ` --subject ${JSON.stringify(guard.subject)}`}`,
      )
      .join(", ");
  throw new DiagnosticError([
    only === undefined
      ? problem(
          `No guard ${name}${subject === undefined ? "" : ` of ${subject}`} holds back what an approval could let pass`,
          guards.length === 0 ? "None does in this plan." : `In this plan these do: ${listed(guards)}.`,
        )
      : problem(`The guard ${name} holds back several`, `Say which: ${listed(named)}.`),
  ]);
}
