import { exitCodeOf } from "../reconcile";
import { driftText, jsonText, redactedDrift } from "../report";
import { lookForDrift, type DriftLook } from "./drift-look";
import { openSession, type Surroundings } from "./session";

export interface DriftOptions extends DriftLook {
  readonly json?: boolean | undefined;
}

/** `drift`: what differs from code, and who did it. Writes nothing to Amplitude. Exit code 2 when something counts. */
export async function driftCommand(options: DriftOptions, surroundings: Surroundings): Promise<number> {
  const session = await openSession({ ...options, readOnly: true }, surroundings);
  try {
    const found = await lookForDrift(session, options);
    const { terminal, redaction } = surroundings;
    const report = redaction === undefined ? found : redactedDrift(found, redaction);
    terminal.result(options.json === true ? jsonText(report) : driftText(report, terminal));
    return exitCodeOf(report.items.some(({ counts }) => counts) ? ["changes"] : []);
  } finally {
    await session.close();
  }
}
