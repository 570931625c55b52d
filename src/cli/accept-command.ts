import { resolve } from "node:path";
import { baselineText, parseBaseline, type Acceptance, type DriftReport, type ReportedItem } from "../drift";
import { cleanText } from "../report";
import { DiagnosticError, email, instant, instantOf, problem, type ValueType } from "../schema";
import { BASELINE, lookForDrift, type DriftLook } from "./drift-look";
import { readIfThere, writeReviewed } from "./private-file";
import { openSession, type Surroundings } from "./session";

export interface AcceptOptions extends DriftLook {
  /** Id of a finding, as drift prints it. */
  readonly finding: string;
  readonly until: string;
  readonly owner: string;
  readonly because: string;
}

/** `accept`: writes into the baseline that a finding is let be until a day. It counts once it is reviewed. */
export async function acceptCommand(options: AcceptOptions, surroundings: Surroundings): Promise<number> {
  const session = await openSession({ ...options, readOnly: true }, surroundings);
  try {
    const owner = checked("--owner", options.owner, email);
    const until = checked("--until", options.until, instant);
    const reason = options.because.trim();
    if (reason === "") throw refused("--because says nothing", "Say why it is let be.");
    const file = options.baseline ?? BASELINE;
    const path = resolve(surroundings.directory, file);
    const report = await lookForDrift(session, { ...options, baseline: undefined });
    const { what } = findingOf(report, options.finding);
    if ((instantOf(until) ?? 0) <= Date.parse(report.at))
      throw refused(`--until ${until} has passed`, "Give a day to come.");
    const text = await readIfThere(path);
    const { orgId } = session.desired;
    const others = (text === undefined ? [] : parseBaseline(text, path, orgId)).filter(
      ({ finding }) => finding !== options.finding,
    );
    const entry: Acceptance = { finding: options.finding, what: cleanText(what), reason, owner, until };
    await writeReviewed(path, baselineText(orgId, [...others, entry]));
    surroundings.terminal.result(
      `${cleanText(what)}: accepted by ${owner} until ${until}.\nWritten to ${file}. Commit it, and have it reviewed with the stack.\n`,
    );
    return 0;
  } finally {
    await session.close();
  }
}

function findingOf({ items, looked }: DriftReport, id: string): ReportedItem {
  const found = items.find((item) => item.id === id);
  if (found !== undefined) return found;
  const where = looked === "events" ? " in the audit log" : "";
  const known = items.map((item) => `${item.id} ${cleanText(item.what)}`).slice(0, 10);
  throw refused(
    `There is no finding ${id}${where}`,
    known.length === 0 ? "Drift finds nothing." : `Drift finds: ${known.join("; ")}.`,
  );
}

function checked(option: string, value: string, type: ValueType<string>): string {
  const wrong = type.check(value);
  if (wrong === undefined) return value;
  throw refused(`${option}: ${wrong}`, "Correct the option.");
}

function refused(summary: string, advice: string): DiagnosticError {
  return new DiagnosticError([problem(summary, advice)]);
}
