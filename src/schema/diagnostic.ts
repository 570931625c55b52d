/** A problem shown to a person: what is wrong, where, and what to do about it. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** One line: what was attempted or what is wrong. */
  readonly summary: string;
  /** What the other side said and what to do. */
  readonly detail: string;
  /** `stack/type.name`, where the problem belongs to one declaration. */
  readonly address?: string;
  /** Construct path, as cdktf wrote it into the file. */
  readonly constructPath?: string;
  /** Attribute name, where it belongs to one. */
  readonly attribute?: string;
}

/** Thrown by whoever cannot continue past problems that a person can fix. */
export class DiagnosticError extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(diagnosticText).join("\n"));
    this.name = "DiagnosticError";
  }
}

/** One problem as a reader sees it. */
export function diagnosticText(diagnostic: Diagnostic): string {
  const attribute = diagnostic.attribute === undefined ? "" : `.${diagnostic.attribute}`;
  const { address, constructPath } = diagnostic;
  const path =
    address === undefined ? (constructPath ?? "") : constructPath === undefined ? "" : ` (${constructPath})`;
  const place = `${address === undefined ? "" : `${address}${attribute}`}${path}`;
  const where = place === "" ? "" : `${place}: `;
  return `${where}${diagnostic.summary}. ${diagnostic.detail}`.trimEnd();
}

/** Shorthand for an error of one declaration. */
export function problem(
  summary: string,
  detail: string,
  where: Omit<Partial<Diagnostic>, "summary" | "detail"> = {},
): Diagnostic {
  return { severity: "error", summary, detail, ...where };
}
