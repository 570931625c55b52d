import { join, resolve } from "node:path";
import { confirmationOf, confirmationText, type LiveStep } from "../reconcile";
import { DiagnosticError, email, instant, instantOf, problem } from "../schema";
import { writeReviewed } from "./private-file";
import { checkedOption } from "./option-value";
import { CONFIRMATIONS } from "./reviewed-files";
import { openSession, planNow, type SessionOptions, type Surroundings } from "./session";

export interface ConfirmOptions extends SessionOptions {
  /** Id of a step by hand, as plan prints it. */
  readonly step: string;
  readonly by: string;
  readonly until?: string | undefined;
  readonly evidence?: string | undefined;
}

const DAY = 24 * 60 * 60 * 1000;
/** How long somebody's word on a state counts when they do not say. */
const DAYS = 30;

/** `confirm`: writes the file that says that a step by hand was done. It counts once it is reviewed with the stack. */
export async function confirmCommand(options: ConfirmOptions, surroundings: Surroundings): Promise<number> {
  const session = await openSession({ ...options, readOnly: true }, surroundings);
  try {
    const { live } = await planNow(session);
    // A word on a state can be given again before it ends; an act was done when it was done.
    const renewable = live.done.filter(({ operation }) => operation.confirms !== "act");
    const found = [...live.steps, ...renewable].find(({ step }) => step.id === options.step);
    if (found?.step.actor !== "hand") throw notByHand(options.step, [...live.steps, ...renewable]);
    const now = Date.parse(live.plan.plannedAt);
    const until = found.operation.confirms === "act" ? undefined : endOf(options.until, now);
    const said = {
      by: checkedOption("--by", options.by, email),
      on: new Date(now).toISOString(),
      ...(until === undefined ? {} : { until }),
      ...(options.evidence === undefined ? {} : { evidence: options.evidence }),
    };
    const folder = options.confirmations ?? CONFIRMATIONS;
    const file = join(folder, `${found.step.operation}-${found.step.id}.json`);
    await writeReviewed(
      resolve(surroundings.directory, file),
      confirmationText(confirmationOf(found.step, session.desired.orgId, said)),
    );
    const end = until === undefined ? "" : `, until ${until}`;
    surroundings.terminal.result(
      `${found.step.text}: done, says ${said.by}${end}.\nWritten to ${file}. Commit it, and have it reviewed with the stack.\n`,
    );
    return 0;
  } finally {
    await session.close();
  }
}

function endOf(until: string | undefined, now: number): string {
  if (until === undefined) return new Date(now + DAYS * DAY).toISOString();
  return new Date(instantOf(checkedOption("--until", until, instant)) ?? now).toISOString();
}

function notByHand(id: string, steps: readonly LiveStep[]): DiagnosticError {
  const byHand = steps.flatMap(({ step: { actor, id: known, text } }) =>
    actor === "hand" ? [`${known} (${text})`] : [],
  );
  const listed = byHand.length === 0 ? "The plan has none." : `The plan has ${byHand.join(", ")}.`;
  return new DiagnosticError([
    problem(`No step by hand has the id ${id}`, `${listed} Only what cannot be read back is confirmed.`),
  ]);
}
