import type { Organization } from "../../access";
import type { Snapshot } from "../../resources";
import type { ConfirmedStep } from "../approval/confirmation";
import type { Policy } from "../desired/declaration";
import type { Administration } from "../order/safety";
import type { LiveStep } from "../step";
import type { Told } from "../unread";
import { administrationFacts } from "./administration-facts";
import { keyFacts } from "./key-facts";
import { grouped, type Premise } from "./premise";
import { providerFacts } from "./provider-facts";
import { settingFacts } from "./setting-facts";

/** What a plan's facts are found from. */
export interface PremiseInput {
  readonly steps: readonly LiveStep[];
  /** The organization now, with what is confirmed by hand. */
  readonly before: Organization;
  readonly told: Told;
  readonly policy: Policy;
  readonly administration: Administration;
  readonly snapshot: Pick<Snapshot, "management" | "administration">;
  readonly confirmed: readonly ConfirmedStep[];
}

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
