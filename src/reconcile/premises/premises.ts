import { administrationFacts } from "./administration-facts";
import { keyFacts } from "./key-facts";
import { grouped, type Premise } from "./premise";
import type { PremiseInput } from "./premise-input";
import { providerFacts } from "./provider-facts";
import { settingFacts } from "./setting-facts";

/**
 * The facts that the order and the guards of a plan rest on beside the live lists, each with its source. Only what some step depends on is
 * among them: nobody needs to hear of a mapping that no step meets.
 */
export function premisesOf(input: PremiseInput): Premise[] {
  const effects = input.steps.flatMap(({ effects: each }) => each);
  return grouped([
    ...providerFacts(input, effects),
    ...administrationFacts(input, effects),
    ...settingFacts(input, effects),
    ...keyFacts(input, effects),
  ]);
}
