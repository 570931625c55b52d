import { ApiFailure, CredentialsRefused, FamilyUnavailable, NotWhole, ReadOnly } from "../api";
import { DiagnosticError, type Diagnostic } from "../schema";
import type { Diagnostic as WireDiagnostic } from "./plugin/messages";
import type { Encodable } from "./plugin/protobuf";

const severities = { error: 1, warning: 2 } as const;

/** Problems as core shows them, each at its attribute. */
export function wireDiagnostics(diagnostics: readonly Diagnostic[]): Encodable<typeof WireDiagnostic>[] {
  return diagnostics.map(({ severity, summary, detail, attribute }) => ({
    severity: severities[severity],
    summary,
    detail,
    ...(attribute === undefined ? {} : { attribute: { steps: [{ attribute_name: attribute }] } }),
  }));
}

/** What was thrown, as something that a person can act on; anything else is a fault of ours and is thrown on. */
export function diagnosticsOf(what: string, error: unknown): readonly Diagnostic[] {
  if (error instanceof DiagnosticError) return error.diagnostics;
  if (error instanceof CredentialsRefused)
    return error.problems.map((detail) => ({
      severity: "error",
      summary: `${what}: no way to Amplitude`,
      detail,
    }));
  const isExpected =
    error instanceof ApiFailure ||
    error instanceof NotWhole ||
    error instanceof FamilyUnavailable ||
    error instanceof ReadOnly;
  if (!isExpected) throw error;
  return [{ severity: "error", summary: `${what} failed`, detail: error.message }];
}
