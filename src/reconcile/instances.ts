import type { Snapshot } from "../collections";
import type { Organization } from "../access";
import type { Family } from "../api";
import { DiagnosticError, type Diagnostic } from "../schema";
import type { Base } from "./base/base";
import { knownObjects } from "./base/known-objects";
import { declarationsOf, type Desired } from "./desired/desired";
import { engagementProblems, withinEngagement } from "./desired/engagement-rules";
import { evaluateStack, type EvaluatedLookup } from "./desired/evaluate";
import { instanceOf, modelProblems, type Instance } from "./instance";

/** What instances are made from, beside the stacks and what is live. */
export interface InstancesInput {
  readonly base: Base;
  readonly families: ReadonlySet<Family>;
  readonly unread?: Snapshot["unread"];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Every declaration of the model, references followed, checked as a whole. Throws DiagnosticError with every problem of it. */
export function instancesOf(
  desired: Desired,
  live: Organization,
  { base, now, families, unread }: InstancesInput,
): { readonly instances: readonly Instance[]; readonly lookups: readonly EvaluatedLookup[] } {
  const problems: Diagnostic[] = [];
  const lookups: EvaluatedLookup[] = [];
  const known = knownObjects(declarationsOf(desired), base);
  const instances = desired.stacks.flatMap((stack) => {
    const result = evaluateStack(stack, { live, known, families, unread, lookups: base.lookups });
    lookups.push(...result.lookups);
    problems.push(...result.problems);
    return result.evaluated.flatMap((found) => {
      const evaluated = withinEngagement(found, desired.engagements);
      const { address, kind, constructPath } = evaluated.declaration;
      const entry = known(address);
      const ours = entry?.kind === kind.type ? entry : undefined;
      try {
        return [instanceOf(evaluated, { live, known: ours, families, now })];
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        const at = { address, ...(constructPath === undefined ? {} : { constructPath }) };
        problems.push(...error.diagnostics.map((diagnostic) => ({ ...at, ...diagnostic })));
        return [];
      }
    });
  });
  problems.push(...engagementProblems(instances, desired.engagements));
  problems.push(...modelProblems(instances, live, desired));
  if (problems.length > 0) throw new DiagnosticError(problems);
  return { instances, lookups };
}
