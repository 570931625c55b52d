import { Token } from "cdktf";
import { string, type ValueType } from "../schema";
import { StackError, type Attempt } from "./stack-error";

/**
 * Text as Terraform must read it to mean it: `${` and `%{` would start a template
 * (https://developer.hashicorp.com/terraform/language/expressions/strings).
 */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

/**
 * The value itself when it is one of its type.
 *
 * @throws StackError when it is not, or when it is a token: only Terraform could evaluate that, and neither ids nor checks could be made of it
 */
export function checked(
  attempt: Attempt,
  field: string,
  value: string,
  type: ValueType<string> = string,
): string {
  if (Token.isUnresolved(value)) {
    throw new StackError(
      attempt,
      `its ${field} is a token`,
      "Write the value as plain text; for values that only Terraform knows, use the l1 classes.",
    );
  }
  const wrong = type.check(value);
  if (wrong !== undefined) throw new StackError(attempt, `its ${field} is wrong: ${wrong}`, "Correct it.");
  return value;
}

/** The same for what may be left out. */
export function checkedIfGiven(
  attempt: Attempt,
  field: string,
  value: string | undefined,
  type?: ValueType<string>,
): string | undefined {
  return value === undefined ? undefined : checked(attempt, field, value, type);
}
