import { z } from "zod";
import { DiagnosticError, problem, type Diagnostic } from "../../schema";

const block = z.record(z.string(), z.unknown());
const blocks = z.record(z.string(), z.record(z.string(), block));
const oneOrMore = z
  .union([block, z.array(block)])
  .transform((value) => (Array.isArray(value) ? value : [value]));

/** What of a cdk.tf.json we evaluate. Anything else that could change the meaning is refused, never skipped. */
const fileSchema = z.strictObject({
  "//": z
    .looseObject({ metadata: z.looseObject({ stackName: z.string().optional() }).optional() })
    .optional(),
  terraform: z.unknown().optional(),
  provider: z.record(z.string(), oneOrMore).optional(),
  resource: blocks.optional(),
  data: blocks.optional(),
  locals: block.optional(),
  removed: oneOrMore.optional(),
  // Matching by natural key makes both of these empty for us: a moved address keeps its key, an import is an adoption.
  moved: z.unknown().optional(),
  import: z.unknown().optional(),
  // Outputs leave the organization alone.
  output: z.unknown().optional(),
});

export type SynthesizedFile = z.infer<typeof fileSchema>;

/** Parses the text of a cdk.tf.json. Throws DiagnosticError with the paths that only Terraform could evaluate. */
export function parseSynthesizedFile(text: string, file: string): SynthesizedFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new DiagnosticError([
      problem(
        `${file} is not JSON`,
        `${error instanceof Error ? error.message : String(error)}. Synthesize the stack again.`,
      ),
    ]);
  }
  const parsed = fileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new DiagnosticError(parsed.error.issues.map((issue) => fileProblem(issue, file)));
}

function fileProblem(issue: z.core.$ZodIssue, file: string): Diagnostic {
  if (issue.code === "unrecognized_keys") {
    return problem(
      `${file} has ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}`,
      "Only Terraform can evaluate that. Keep it in a stack of its own, which this command does not read.",
    );
  }
  return problem(
    `${file} is not a synthesized stack`,
    `${issue.path.length === 0 ? "The whole file" : issue.path.join(".")}: ${issue.message}.`,
  );
}
