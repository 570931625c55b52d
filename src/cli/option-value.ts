import { DiagnosticError, problem, type ValueType } from "../schema";

/** The value of an option, checked. Throws DiagnosticError. */
export function checkedOption(option: string, value: string, type: ValueType<string>): string {
  const wrong = type.check(value);
  if (wrong === undefined) return value;
  throw new DiagnosticError([problem(`${option}: ${wrong}`, "Correct the option.")]);
}
