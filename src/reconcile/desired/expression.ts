import { composed, DiagnosticError, problem } from "../../schema";

/** A string that is wholly one reference: `${amplitude_group.eng.id}`, also inside `tolist(...)` or `toset(...)`. */
export interface Reference {
  /** `amplitude_group.eng` or `data.amplitude_project.production` */
  readonly target: string;
  readonly attribute: string;
}

const NAME = "[A-Za-z_][A-Za-z0-9_-]*";
const WHOLE = new RegExp(`^\\$\\{(?:to(?:list|set)\\()?((?:data\\.)?${NAME}\\.${NAME})\\.(${NAME})\\)?\\}$`);

/** The reference that a string is, undefined when it is plain text; throws when only Terraform could evaluate it. */
export function referenceIn(text: string): Reference | undefined {
  if (!text.includes("{")) return undefined;
  const [, target, attribute] = WHOLE.exec(text) ?? [];
  if (target !== undefined && attribute !== undefined && balanced(text)) return { target, attribute };
  if (/(?<!\$)\$\{|(?<!%)%\{/.test(text)) {
    throw new DiagnosticError([
      problem(
        `Only Terraform can evaluate ${JSON.stringify(text)}`,
        "Write the value, or one reference alone, in its place.",
      ),
    ]);
  }
  return undefined;
}

function balanced(text: string): boolean {
  return text.includes("(") === text.includes(")");
}

/** Plain text as it is meant, in Unicode's composed form: `$${` stands for `${`. */
export function literalText(text: string): string {
  const meant = text.includes("{") ? text.replaceAll("$${", "${").replaceAll("%%{", "%{") : text;
  return composed(meant);
}
