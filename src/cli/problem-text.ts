import { ApiFailure, CredentialsRefused, NotWhole } from "../api";
import { AuditLogUnread, exitCodeOf } from "../reconcile";
import { cleanText } from "../report";
import { DiagnosticError, diagnosticText } from "../schema";
import { OtherRun } from "./other-run";

/** What an app printed keeps its lines. */
const cleanLines = (text: string): string => text.split("\n").map(cleanText).join("\n");

/** What went wrong, for stderr, and the exit code it stands for. */
export function problemText(error: unknown): { text: string; exitCode: number } {
  if (error instanceof NotWhole || error instanceof AuditLogUnread)
    return { text: `error: ${cleanText(error.message)}`, exitCode: exitCodeOf(["incomplete read"]) };
  if (error instanceof DiagnosticError) {
    return {
      text: error.diagnostics
        .map((diagnostic) => `error: ${cleanLines(diagnosticText(diagnostic))}`)
        .join("\n"),
      exitCode: exitCodeOf([error instanceof OtherRun ? "moved facts" : "error"]),
    };
  }
  if (error instanceof CredentialsRefused) {
    return {
      text: error.problems.map((reason) => `error: ${reason}`).join("\n"),
      exitCode: exitCodeOf(["error"]),
    };
  }
  if (error instanceof ApiFailure)
    return { text: `error: ${cleanText(error.message)}`, exitCode: exitCodeOf(["error"]) };
  const known = error instanceof Error && error.constructor !== TypeError && error.constructor !== RangeError;
  const text =
    error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  return { text: `error: ${text}`, exitCode: exitCodeOf(["error"]) };
}
