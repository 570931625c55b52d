import type { Organization } from "../access";
import { DiagnosticError, type Diagnostic } from "../schema";
import type { Base } from "./base/base";
import { knownIds } from "./base/memory";
import { declarationsOf, type Desired } from "./desired/desired";
import { engagementProblems, withinEngagement } from "./desired/engagement-rules";
import { evaluateStack } from "./desired/evaluate";
import { instanceOf, modelProblems, type Instance } from "./instance";

/** Every declaration of the model, references followed, checked as a whole. Throws DiagnosticError with every problem of it. */
export function instancesOf(desired: Desired, live: Organization, base: Base, now: number): Instance[] {
  const problems: Diagnostic[] = [];
  const knownId = knownIds(declarationsOf(desired), base);
  const instances = desired.stacks.flatMap((stack) => {
    const result = evaluateStack(stack, { live, knownId });
    problems.push(...result.problems);
    return result.evaluated.map((declaration) =>
      instanceOf(withinEngagement(declaration, desired.engagements), live, now),
    );
  });
  problems.push(...engagementProblems(instances, desired.engagements));
  problems.push(...modelProblems(instances, live, desired));
  if (problems.length > 0) throw new DiagnosticError(problems);
  return instances;
}
