import { parseStack } from "../desired/stack";
import type { Stack } from "../desired/declaration";
import { DiagnosticError, problem } from "../../schema";
import type { TerraformPlan } from "./plan-json";

/** What the provider block says, as an empty stack: literals and variables, which are all that a plan tells of it. Throws DiagnosticError. */
export function providerStack(
  { configuration, variables = {} }: TerraformPlan,
  name: string,
  file: string,
): Stack {
  const blocks = Object.values(configuration?.provider_config ?? {}).filter(
    (block) => block.name === "amplitude",
  );
  const [block, ...others] = blocks;
  if (block === undefined || others.length > 0)
    throw new DiagnosticError([
      problem(
        `Cannot review ${file}`,
        `It has ${blocks.length} provider blocks of amplitude, and one plan is reviewed for one organization. Nothing was judged. Give the plan of a configuration with one.`,
      ),
    ]);
  const known = Object.entries(block.expressions ?? {}).flatMap(([attribute, expression]) => {
    const value = valueOf(expression, variables);
    return value == null ? [] : [[attribute, value] as const];
  });
  return parseStack(
    JSON.stringify({
      "//": { metadata: { stackName: name } },
      provider: { amplitude: [Object.fromEntries(known)] },
    }),
    file,
  );
}

function valueOf(expression: unknown, variables: NonNullable<TerraformPlan["variables"]>): unknown {
  if (typeof expression !== "object" || expression === null) return undefined;
  if ("constant_value" in expression) return expression.constant_value;
  const references = "references" in expression ? (expression.references as readonly string[]) : [];
  const [first = ""] = references;
  return first.startsWith("var.") ? variables[first.slice("var.".length)]?.value : undefined;
}
